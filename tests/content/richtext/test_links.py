import pytest

from wielkopolskaes.content.richtext import (
    Target,
    clean,
    image_ids,
    internalise,
    link_ids,
    prepare,
    render_links,
)

HOSTS = ["WielkopolskaES.pl", "localhost"]
TREE = {"/": 1, "/projekty/wces": 12, "/zasoby/tkanina": 5, "/projekty/łąka": 13}


def stored(html):
    return internalise(html, TREE.get, HOSTS)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/projekty/wces", "node:12"),
        ("/projekty/wces#cele", "node:12#cele"),
        ("/projekty/wces?strona=2#cele", "node:12?strona=2#cele"),
        ("https://wielkopolskaes.pl/projekty/wces#cele", "node:12#cele"),
        ("HTTP://WIELKOPOLSKAES.PL/projekty/wces", "node:12"),
        ("http://localhost:6543/projekty/wces", "node:12"),
        ("https://wielkopolskaes.pl", "node:1"),
        ("/projekty/%C5%82%C4%85ka", "node:13"),
        ("node:12#cele", "node:12#cele"),
        ("/szukaj?q=a", "/szukaj?q=a"),
        ("https://wielkopolskaes.pl/szukaj?q=a", "/szukaj?q=a"),
        ("https://example.org/projekty/wces", "https://example.org/projekty/wces"),
        ("https://wielkopolskaes.pl.example.org/", "https://wielkopolskaes.pl.example.org/"),
        ("https://wielkopolskaes.pl@example.org/", "https://wielkopolskaes.pl@example.org/"),
        ("#cele", "#cele"),
    ],
)
def test_an_address_of_the_portal_is_stored_by_number(href, expected):
    assert stored(f'<p><a href="{href}">a</a></p>') == f'<p><a href="{expected}">a</a></p>'


def test_the_tree_is_asked_once_for_each_address():
    asked = []
    internalise('<a href="/a">x</a> <a href="/a#b">y <b>z</b></a>' * 3, asked.append, HOSTS)
    assert asked == ["/a"]


def test_an_address_with_unprintable_characters_is_never_looked_up():
    asked = []
    internalise('<a href="/a%00b">x</a><a href="/%ff">y</a>', asked.append, HOSTS)
    assert asked == ["/\ufffd"]


def test_a_picture_of_the_portal_is_stored_by_number_and_no_other_is_stored():
    html = '<p><img src="/zasoby/tkanina" alt="Tkanina"></p><p><img src="/nie-ma" alt="x"></p>'
    assert stored(html) == '<figure><img src="node:5" alt="Tkanina"></figure>'


def test_storing_again_changes_nothing():
    html = '<p><a href="/projekty/wces">a</a> <img src="/zasoby/tkanina"></p>'
    assert stored(stored(html)) == stored(html)
    assert clean(stored(html)) == stored(html)


def test_each_used_node_is_listed_once_in_order():
    html = '<a href="node:3">a</a><a href="node:2#x">b</a><a href="node:3">c</a><a href="/x">d</a>'
    html = clean(html + '<img src="node:9"><img src="node:9" alt="x">')
    assert link_ids(html) == [3, 2]
    assert image_ids(html) == [9]


def test_words_that_look_like_a_reference_are_not_one():
    html = clean('<p>node:7 &lt;a href="node:8"&gt; <a href="/x" title="node:9">x</a></p>')
    assert link_ids(html) == []
    assert render_links(html, {}) == html


def test_a_link_leads_where_its_target_is_now():
    html = '<p><a href="node:12?a=b&amp;c#cele" title="T">tekst <em>w</em></a></p>'
    shown = render_links(html, {12: Target("/nowe/miejsce")})
    assert shown == '<p><a href="/nowe/miejsce?a=b&amp;c#cele" title="T">tekst <em>w</em></a></p>'


def test_a_link_to_what_is_not_public_is_plain_text():
    html = '<p>a <a href="node:12">tekst <em>w</em></a> b <a href="node:13">c</a></p>'
    shown = render_links(html, {13: Target("/c")})
    assert shown == '<p>a tekst <em>w</em> b <a href="/c">c</a></p>'


def test_an_address_is_escaped():
    assert 'href="/a&quot;b"' in render_links('<a href="node:1">x</a>', {1: Target('/a"b')})


PICTURE = '<picture><source srcset="/b"><img src="/b.jpg" alt="własny" width="1"></picture>'


def test_a_picture_is_shown_with_the_description_written_in_the_text():
    html = '<figure><img src="node:5" alt="Tkanina &amp; len"><figcaption>T</figcaption></figure>'
    shown = render_links(html, {5: Target("/t", PICTURE)})
    described = PICTURE.replace("własny", "Tkanina &amp; len")
    assert shown == f"<figure>{described}<figcaption>T</figcaption></figure>"


def test_a_picture_without_description_in_the_text_keeps_its_own():
    assert PICTURE in render_links('<p>a <img src="node:5" alt=""></p>', {5: Target("/t", PICTURE)})


@pytest.mark.parametrize("targets", [{}, {5: Target("/t")}])
def test_a_picture_that_is_not_public_goes_with_its_figure(targets):
    html = (
        '<p>a</p>\n<figure><img src="node:5" alt="x"><figcaption>T</figcaption></figure>\n<p>b</p>'
    )
    assert render_links(html, targets) == "<p>a</p>\n\n<p>b</p>"


def test_a_link_around_a_picture_that_is_not_public_goes_with_it():
    html = '<p>a <a href="/x"><img src="node:5" alt="x"></a> b</p>'
    assert render_links(html, {}) == "<p>a  b</p>"


def test_preparing_a_text_leaves_its_links_for_the_page_view():
    prepared = prepare('<p>w <a href="node:12">Kole</a></p>', "pl")
    assert render_links(prepared.html, {12: Target("/k")}) == '<p>w\u00a0<a href="/k">Kole</a></p>'
