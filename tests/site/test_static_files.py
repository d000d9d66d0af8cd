"""Static files are packed for those who take it, kept for long, and renamed by every change."""

import gzip

import pytest
from pyramid.config import Configurator
from webtest import TestApp

from tests.security.portals import call, settings
from wielkopolskaes.site.static_files import release_of

CSS = "body { color: black }\n" * 50


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site.css").write_text(CSS)
    (tmp_path / "letters.woff2").write_bytes(b"wOF2" * 50)
    return tmp_path


@pytest.fixture
def browser(folder):
    config = Configurator()
    config.registry.portal = settings(static_dir=folder)
    config.include("wielkopolskaes.site.static_files")
    return TestApp(config.make_wsgi_app())


def test_text_comes_packed_to_a_browser_that_takes_gzip(browser):
    # WebTest unpacks what it gets; here the bytes themselves matter.
    _, headers, body = call(browser.app, "/static/1/site.css", HTTP_ACCEPT_ENCODING="gzip, br")
    assert gzip.decompress(body).decode() == CSS
    assert ("Content-Encoding", "gzip") in headers
    assert ("Vary", "Accept-Encoding") in headers


def test_text_comes_plain_to_the_others(browser):
    answer = browser.get("/static/1/site.css")
    assert answer.text == CSS
    assert answer.content_encoding is None
    assert answer.vary == ("Accept-Encoding",)


def test_what_is_packed_already_stays_as_it_is(browser):
    answer = browser.get("/static/1/letters.woff2", headers={"Accept-Encoding": "gzip"})
    assert answer.body == b"wOF2" * 50
    assert answer.content_encoding is None


def test_files_are_kept_for_a_year(browser):
    assert "max-age=31536000" in browser.get("/static/1/site.css").headers["Cache-Control"]


def test_a_file_that_is_not_there_is_not_found(browser):
    browser.get("/static/1/other.css", status=404)


def test_the_release_changes_with_any_file(folder):
    before = release_of(folder)
    (folder / "letters.woff2").write_bytes(b"other")
    assert release_of(folder) != before
