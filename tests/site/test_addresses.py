"""No way back that a request asks for leads to another site."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wielkopolskaes.site.addresses import safe_next

HERE = "http://localhost/wyglad"
# Alphabet of attacks: what browsers drop, take for a slash, or take for the end of a scheme.
PIECES = st.sampled_from(
    ["/", "\\", ":", "//", "https:", "http:", "javascript:", "evil.example", "@", "#", "?", "%2f",
     "%5c", "%0d%0a", "\t", "\n", "\r", " ", "\0", "\u2028", "\u3002", "\uff0f", "..", ".", "a"]
)  # fmt: skip


def where_a_browser_goes(address):
    """Resolve as browsers do (WHATWG): drop controls at the ends, tabs and lines; \\ is /."""
    address = address.strip("".join(map(chr, range(33))))
    for dropped in "\t\n\r":
        address = address.replace(dropped, "")
    return urlsplit(urljoin(HERE, address.replace("\\", "/")))


@given(st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=40)))
@example(" //evil.example")
@example("https:evil.example")
@example("/\\evil.example")
@example("//evil.example")
@example("/\t/evil.example")
@example("\x01//evil.example")
@example("/.//evil.example")
@example("///evil.example")
def test_the_way_back_stays_on_this_portal(wanted):
    target = where_a_browser_goes(safe_next(wanted))

    assert (target.scheme, target.netloc) == ("http", "localhost")


@given(st.text(max_size=60))
def test_the_way_back_fits_into_a_header(wanted):
    back = safe_next(wanted)

    assert back.isascii()
    assert back.isprintable()
    assert " " not in back


@pytest.mark.parametrize(
    "path", ["/", "/en", "/aktualnosci?strona=2", "/szukaj?q=a%20b&lang=en", "/a#czesc"]
)
def test_a_path_of_the_portal_is_kept(path):
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "wanted",
    ["", "a", " /a", "//a", "/\\a", "https:a", "https://a/", "/a\nb", "/a b", "/" + "a" * 2001],
)
def test_everything_else_leads_to_the_default(wanted):
    assert safe_next(wanted, "/en") == "/en"


def test_polish_letters_are_written_as_addresses_write_them():
    assert safe_next("/żółw") == "/%C5%BC%C3%B3%C5%82w"
