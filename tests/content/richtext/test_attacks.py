import pytest

from tests.content.richtext.audit import breaches
from tests.content.richtext.payloads import ALL
from wielkopolskaes.content.richtext import clean, prepare, render_links


def test_the_collection_has_more_than_two_hundred_different_attacks():
    assert len(set(ALL)) == len(ALL) >= 200


@pytest.mark.parametrize("payload", ALL)
def test_an_attack_leaves_nothing_behind(payload):
    stored = clean(payload)
    assert breaches(stored) == []
    assert clean(stored) == stored


@pytest.mark.parametrize("payload", ALL)
def test_an_attack_inside_other_content_leaves_nothing_behind(payload):
    stored = clean(f"<h2>Cele</h2><ul><li>{payload}</li></ul><table><tr><td>{payload}<td>x</table>")
    assert breaches(stored) == []


def test_typography_and_links_open_no_new_hole():
    for payload in ALL:
        stored = clean(payload)
        shown = render_links(prepare(stored, "pl").html, {})
        allowed = ("h2[id]", "h3[id]", "div", "caption[id]")
        assert [b for b in breaches(shown) if not b.startswith(allowed) and b != "<div>"] == []


@pytest.mark.parametrize(
    "href",
    [
        "javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "ftp://x",
        "//",
        "http://",
        "x",
    ],
)
def test_a_link_to_a_forbidden_address_becomes_its_text(href):
    assert clean(f'<p><a href="{href}">tekst</a></p>') == "<p>tekst</p>"
