"""Which route takes an address: the one that Pyramid's own mapper would find."""

import pytest
from pyramid.request import Request
from pyramid.urldispatch import RoutesMapper

from wielkopolskaes.routes import Routes

PATTERNS = {
    "home": "/", "desk": "/redakcja", "any": "/{lang:pl|en}/feed.{kind}", "item": "/redakcja/{id}",
    "bare": "konto", "later": "/redakcja/7", "rest": "/static/*subpath", "last": "/{word}",
    "accent": "/żółw",
}  # fmt: skip
PATHS = ("/", "", "//", "//redakcja", "/redakcja", "/redakcja/", "/redakcja/7", "/pl/feed.atom",
         "/en/feed.json", "/konto", "/static/a/b", "/static", "/inne", "/inne/dalej", "redakcja",
         "/żółw", "/REDAKCJA", "/{word}", "/redakcja//7")  # fmt: skip


def filled(mapper):
    for name, pattern in PATTERNS.items():
        mapper.connect(name, pattern)
    return mapper


@pytest.mark.parametrize("path", PATHS)
def test_the_same_route_is_found_as_by_trying_all(path):
    environ = {"PATH_INFO": path.encode().decode("latin-1"), "SCRIPT_NAME": ""}
    ours, theirs = (filled(made())(Request(dict(environ))) for made in (Routes, RoutesMapper))
    assert (ours["match"], getattr(ours["route"], "name", None)) == (
        theirs["match"], getattr(theirs["route"], "name", None),
    )  # fmt: skip


def test_a_route_that_is_added_later_is_found():
    mapper = filled(Routes())
    environ = {"PATH_INFO": "/nowe/x", "SCRIPT_NAME": ""}
    assert mapper(Request(dict(environ)))["route"] is None
    mapper.connect("new", "/nowe/{x}")
    assert mapper(Request(dict(environ)))["match"] == {"x": "x"}
