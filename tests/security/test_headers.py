import pytest
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response

from tests.security.portals import browser, call, edged, settings
from wielkopolskaes.security.headers import headers_of


def add_views(config):
    def own_policy(request):
        response = Response("a file")
        response.headerlist.append(("content-security-policy", "sandbox"))
        response.headerlist.append(("X-Frame-Options", "SAMEORIGIN"))
        return response

    def leave(request):
        raise HTTPSeeOther("/hello")

    def fail(request):
        raise RuntimeError

    for view in (own_policy, leave, fail):
        config.add_route(view.__name__, f"/{view.__name__}")
        config.add_view(view, route_name=view.__name__)


@pytest.mark.parametrize("path", ["/hello", "/leave", "/fail", "/nothing", "/\xff"])
def test_every_answer_carries_every_header_once(path):
    portal = settings()

    _status, headers, _body = call(edged(portal, add_views), path)

    names = [name.lower() for name, _value in headers]
    assert sorted(set(names)) == sorted(names)
    assert dict(headers_of(portal)).items() <= dict(headers).items()


def test_the_content_policy_allows_this_origin_and_nothing_unsafe():
    policy = dict(headers_of(settings()))["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http:" not in policy


def test_headers_that_a_view_has_set_stay():
    answer = browser(add_views=add_views).get("/own_policy")

    assert answer.headers.getall("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.getall("X-Frame-Options") == ["SAMEORIGIN"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_only_a_portal_on_https_asks_browsers_to_stay_on_https():
    secure = dict(headers_of(settings(base_url="https://www.example.pl")))

    assert secure["Strict-Transport-Security"] == "max-age=63072000"
    assert secure["Content-Security-Policy"].endswith("; upgrade-insecure-requests")
    assert "Strict-Transport-Security" not in dict(headers_of(settings()))
