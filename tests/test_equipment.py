"""The portal's map of routes and its class of requests do what Pyramid's own do."""

import pytest
from pyramid.interfaces import IRequestFactory, IRoutesMapper
from pyramid.request import Request
from pyramid.urldispatch import RoutesMapper

TAKEN = [
    "/konto", "/redakcja", "/redakcja/tresci/7/edycja", "/sitemap.xml", "/sitemap-2.xml",
    f"/obrazy/{'a' * 64}/drzewo.jpg", "/static/0123/css/site.css", "/zaproszenie/abc",
    "/.well-known/security.txt",
]  # fmt: skip
LEFT = ["", "/", "/projekty/wces", "/en", "/kontoo", "/konto/", "//konto", "/sitemap-x", "/a/konto"]


def asked(routes, path):
    request = Request.blank("/", environ={"PATH_INFO": path})
    # The one answer is the portal's, the other that of Pyramid on the same routes.
    return routes(request), RoutesMapper.__call__(routes, request)


@pytest.mark.parametrize("path", [*TAKEN, *LEFT])
def test_an_address_takes_the_route_that_pyramid_would_choose(registry, path):
    found, expected = asked(registry.getUtility(IRoutesMapper), path)

    assert found == expected
    assert (found["route"] is not None) == (path in TAKEN)


def test_a_request_has_what_the_parts_add_without_being_equipped(registry):
    request = registry.getUtility(IRequestFactory).blank("/")
    request.registry = registry

    assert request.portal is registry.portal
    assert request.now is request.now
    assert request.memo(("test", "equipment"), ["tree"], lambda: 1) == 1
