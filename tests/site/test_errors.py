import re
import sqlite3
from errno import ENOSPC

import pytest
import webtest
from psycopg.errors import DiskFull
from pyramid.httpexceptions import HTTPSeeOther, exception_response
from sqlalchemy.exc import OperationalError

from tests.security.portals import call, edged, settings
from wielkopolskaes import configure
from wielkopolskaes.security.edge import Edge
from wielkopolskaes.security.incidents import plain_page
from wielkopolskaes.site.errors import VOICES

NUMBER = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
CODES = sorted(VOICES)


def refused(error):
    """The portal's answer to a request at which a view raises."""

    def view(request):
        raise error

    def add(config):
        config.add_route("raise", "/raise")
        config.add_view(view, route_name="raise")

    return call(edged(settings(), add), "/raise")


@pytest.fixture
def failing(application, registry, browser, db):
    """Ask the whole portal for its page of an error."""

    def failing(error):
        def pages(environ, start_response):
            return application(environ | {"wielkopolskaes.refusal": error}, start_response)

        extra = browser.extra_environ
        status, headers, body = call(Edge(pages, pages, registry.portal), "/", **extra)
        return status, dict(headers), body.decode()

    return failing


@pytest.mark.parametrize("code", CODES)
def test_every_error_has_its_page_in_the_frame_of_the_portal(failing, root, code):
    status, headers, page = failing(exception_response(code))

    assert status == code
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert 'class="site-header' in page
    assert '<meta name="robots" content="noindex">' in page
    assert page.count("<h1") == 1
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(("code", "asked"), [(414, 400), (418, 400), (505, 500), (501, 500)])
def test_an_error_without_words_of_its_own_speaks_like_its_neighbours(failing, root, code, asked):
    status, _headers, page = failing(exception_response(code) if code != 418 else teapot())
    _status, _headers, neighbour = failing(exception_response(asked))

    assert status == code
    assert heading(page) == heading(neighbour)


def teapot():
    from pyramid.httpexceptions import HTTPClientError

    error = HTTPClientError()
    error.status_int = error.code = 418
    return error


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page)[1]


def test_what_broke_here_has_a_number_and_no_trace(failing, root, caplog):
    status, _headers, page = failing(RuntimeError("canary"))

    number = NUMBER.search(page)[0]
    assert status == 500
    assert "canary" not in page
    assert "Traceback" not in page
    assert [r.incident for r in caplog.records if r.name.endswith("site.errors")] == [number]


def test_a_database_that_does_not_answer_is_a_matter_of_minutes(failing, root):
    status, headers, page = failing(OperationalError("SELECT 'canary'", {}, Exception("canary")))

    assert status == 503
    assert headers["Retry-After"] == "10"
    assert "canary" not in page
    assert NUMBER.search(page)


def full(kind):
    """The error of a disk without room, as it reaches the views."""
    if kind == "file":
        return OSError(ENOSPC, "canary")
    told = sqlite3.OperationalError("canary") if kind == "sqlite" else DiskFull("canary")
    if kind == "sqlite":
        told.sqlite_errorcode = sqlite3.SQLITE_FULL
    return OperationalError("INSERT 'canary'", {}, told)


@pytest.mark.parametrize("kind", ["file", "sqlite", "postgresql"])
def test_a_full_disk_is_told_from_other_faults(failing, root, kind):
    status, _headers, page = failing(full(kind))

    assert status == 507
    assert "canary" not in page
    assert NUMBER.search(page)


@pytest.mark.parametrize("kind", ["file", "sqlite", "postgresql"])
def test_a_commit_that_finds_no_room_has_the_same_answer(kind):
    def commit(environ, start_response):
        raise full(kind)

    status, _headers, body = call(Edge(commit, commit, settings()))

    assert status == 507
    assert "miejsca" in body.decode()


@pytest.mark.parametrize("code", [429, 503])
def test_whoever_shall_come_again_is_told_when(failing, root, code):
    assert failing(exception_response(code))[1]["Retry-After"] == "10"
    assert failing(exception_response(code, headers=[("Retry-After", "60")]))[1]["Retry-After"] == (
        "60"
    )


def test_a_redirect_that_a_view_raises_is_no_error():
    status, headers, _body = refused(HTTPSeeOther("/hello"))

    assert status == 303
    assert dict(headers)["Location"] == "http://localhost/hello"


@pytest.mark.parametrize("code", [400, 404, 500, 503])
def test_without_templates_there_is_still_a_page(code):
    # The small portal of these tests has no renderer at all.
    status, headers, body = refused(exception_response(code))

    assert status == code
    assert dict(headers)["Content-Type"] == "text/html; charset=utf-8"
    assert body == plain_page(code)


def test_without_templates_the_number_is_still_shown():
    status, _headers, body = refused(RuntimeError())

    assert status == 500
    assert NUMBER.search(body.decode())


def test_the_page_that_cannot_fail_finds_its_style_sheet(browser, root):
    (sheet,) = re.findall(r'href="(/static/[^"]+\.css)"', plain_page(500).decode())

    assert browser.get(sheet).content_type == "text/css"


def test_a_commit_that_fails_for_want_of_a_database_is_a_503():
    def commit(environ, start_response):
        raise OperationalError("COMMIT", {}, Exception())

    status, headers, _body = call(Edge(commit, commit, settings()))

    assert status == 503
    assert dict(headers)["Retry-After"] == "10"


@pytest.fixture(
    params=["postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////no/such/folder"]
)
def without_database(request, tmp_path):
    """The whole portal while its database is away."""
    config = configure(
        **{
            "wielkopolskaes.var": str(tmp_path),
            "wielkopolskaes.database_url": request.param,
            "wielkopolskaes.worker_in_process": "false",
        }
    )
    app = config.make_wsgi_app()
    yield webtest.TestApp(Edge(app, app, config.registry.portal))
    if listener := getattr(config.registry, "cache_listener", None):
        listener.stop()
    config.registry.engine.dispose()


@pytest.mark.parametrize("path", ["/", "/projekty/wces", "/mapa-serwisu", "/sitemap.xml"])
def test_without_its_database_the_portal_asks_for_patience(without_database, path):
    answer = without_database.get(path, status=503)

    assert answer.headers["Retry-After"] == "10"
    assert "Content-Security-Policy" in answer.headers
    assert NUMBER.search(answer.text)
    assert "127.0.0.1" not in answer.text


def test_without_its_database_the_portal_still_refuses_what_is_malformed(without_database):
    without_database.get("/?q=%ff", status=400)
    assert without_database.get("/healthz").json == {"status": "ok"}
    without_database.get("/readyz", status=503)
