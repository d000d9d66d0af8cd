"""Links between items: by number inside, by today's address outside, nothing when hidden."""

import colander
import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.content.items import small_picture
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.media.services import add_image
from wielkopolskaes.tree.models import Reference
from wielkopolskaes.tree.services import change_state, move, rename, restore, trash
from wielkopolskaes.tree.states import State


@pytest.fixture
def edit(db, registry):
    """Write an item anew with the portal's own verb."""

    def edit(node, **values):
        content_type = registry.content_types[node.kind]
        given = {"title": node.title, "lang": node.lang, **values}
        source = Source("html", resolver(db), ("localhost",))
        return write(db, node, content_type, read(content_type, given, source))

    return edit


@pytest.fixture
def linked(page):
    """Make a page and another one that links to it."""
    target = page("cel", title="Cel")
    page("strona", body='<p>Zobacz <a href="/cel#cele">nasz cel</a> teraz.</p>')
    return target


def shown(browser):
    """The paragraph as a reader gets it: its text and the addresses in it."""
    paragraph = browser.get("/strona").html.select_one(".prose p")
    return paragraph.get_text().replace("\xa0", " "), [
        link["href"] for link in paragraph.find_all("a")
    ]


TEXT = "Zobacz nasz cel teraz."


def test_a_link_leads_to_the_item(browser, linked):
    assert shown(browser) == (TEXT, ["/cel#cele"])


def test_renaming_the_target_breaks_no_link(browser, db, linked):
    rename(db, linked, "inny", now=NOW)

    assert shown(browser) == (TEXT, ["/inny#cele"])


def test_moving_the_target_with_its_section_breaks_no_link(browser, db, linked, section):
    here, there = section("tu"), section("tam")
    move(db, linked, under=here, now=NOW)
    move(db, here, under=there, now=NOW)

    assert shown(browser) == (TEXT, ["/tam/tu/cel#cele"])


def test_a_link_to_a_new_item_at_the_old_address_is_not_made(browser, db, linked, page):
    rename(db, linked, "inny", now=NOW)
    page("cel", title="Obcy")

    assert shown(browser) == (TEXT, ["/inny#cele"])


def archive(db, node):
    change_state(db, node, State.ARCHIVED, now=NOW)


def withdraw(db, node):
    change_state(db, node, State.DRAFT, now=NOW)


@pytest.mark.parametrize("hide", [archive, withdraw])
def test_a_link_to_what_is_not_public_is_plain_text_until_it_is(browser, db, linked, hide):
    hide(db, linked)
    assert shown(browser) == (TEXT, [])

    change_state(db, linked, State.PUBLISHED, now=NOW)
    assert shown(browser) == (TEXT, ["/cel#cele"])


def test_a_link_to_the_trash_is_plain_text_until_it_is_restored(browser, db, linked):
    trash(db, linked, now=NOW)
    assert shown(browser) == (TEXT, [])

    restore(db, linked, now=NOW)
    assert shown(browser) == (TEXT, ["/cel#cele"])


def test_a_link_into_a_hidden_section_is_plain_text(browser, db, linked, section):
    hidden = section("szkic", state=State.DRAFT)
    move(db, linked, under=hidden, now=NOW)

    assert shown(browser) == (TEXT, [])


def test_a_link_of_another_portal_stays_as_it_is(browser, page):
    page("strona", body='<p>a <a href="https://example.org/x?y=1#z">b</a></p>')

    assert shown(browser) == ("a b", ["https://example.org/x?y=1#z"])


def test_a_full_address_of_our_own_becomes_a_link_to_the_item(browser, db, page):
    target = page("cel")
    page("strona", body='<p><a href="http://localhost/cel">cel</a></p>')
    rename(db, target, "inny", now=NOW)

    assert shown(browser) == ("cel", ["/inny"])


def test_an_odd_address_in_a_text_is_harmless(browser, page):
    page("strona", body='<p>a <a href="/%00">b</a> <a href="/%ff">c</a></p>')

    assert shown(browser)[0] == "a b c"


@pytest.fixture
def image(db, registry, make, root):
    def image(slug, under=None, **fields):
        data = small_picture((len(slug), 10, 10), (200, 10, 10))
        blob = add_image(db, registry.files, data, "obraz.png")
        stored = {"sha256": blob.sha256, "mime": blob.mime, "width": blob.width,
                  "height": blob.height}  # fmt: skip
        return make(Image, under or root, slug, **stored, **{"alt": "Dom", **fields})

    return image


def test_a_picture_in_a_text_is_shown_in_all_formats(browser, image, page):
    sha = image("dom").sha256
    page("strona", body='<figure><img src="/dom" alt=""></figure>')

    picture = browser.get("/strona").html.select_one(".prose picture")

    assert [source["type"] for source in picture.find_all("source")] == ["image/avif", "image/webp"]
    assert picture.img["alt"] == "Dom"
    assert sha in picture.img["src"]
    assert browser.get(picture.img["src"]).content_type == "image/png"


def test_a_picture_in_a_text_keeps_the_description_written_there(browser, image, page):
    image("dom")
    page("strona", body='<figure><img src="/dom" alt="Dom z &quot;gankiem&quot;"></figure>')

    assert browser.get("/strona").html.select_one(".prose img")["alt"] == 'Dom z "gankiem"'


def test_a_picture_that_is_not_public_leaves_no_trace(browser, db, image, page):
    sha = (picture := image("dom")).sha256
    page("strona", body='<p>a</p><figure><img src="/dom" alt="Dom"></figure><p>b</p>')
    archive(db, picture)

    answer = browser.get("/strona")

    assert sha not in answer.text
    assert answer.html.select(".prose figure") == []


def references(db, node):
    query = select(Reference.role, Reference.target_id).where(Reference.source_id == node.id)
    return [tuple(row) for row in db.execute(query.order_by(Reference.position))]


def test_the_index_knows_what_an_item_uses(db, image, make, page):
    a, b, c = page("a"), page("b"), image("c")
    node = page(
        "strona", image="/c", related=["/b", "/a"],
        body='<p><a href="/a">x</a> <a href="/b">y</a> <a href="/a">z</a></p>'
             '<figure><img src="/c" alt=""></figure>',
    )  # fmt: skip

    assert sorted(references(db, node)) == sorted(
        [("image", c.id), ("related", b.id), ("related", a.id), ("link", a.id), ("link", b.id),
         ("picture", c.id)]
    )  # fmt: skip


def test_the_index_is_right_after_an_edit(db, page, edit):
    a, b = page("a"), page("b")
    node = page("strona", related=["/a"], body='<p><a href="/a">x</a></p>')

    edit(node, related=["/b"], body="<p>x</p>")
    assert references(db, node) == [("related", b.id)]

    edit(node, body='<p><a href="/a">x</a></p>')
    assert references(db, node) == [("link", a.id)]


def test_an_item_does_not_refer_to_itself(db, page, edit):
    node = page("strona")
    edit(node, related=["/strona"], body='<p><a href="/strona">x</a></p>')

    assert references(db, node) == []


def test_an_edit_of_references_makes_a_new_version(db, make, root, edit, page):
    page("a")
    node = make(Page, root, "strona")
    before = node.version
    edit(node, related=["/a"])

    assert node.version > before


def test_related_items_are_shown_once_with_the_reason(browser, page):
    page("a", title="A")
    page("b", title="B")
    page("strona", related=["/a"], body='<p><a href="/a">x</a> <a href="/b">y</a></p>')

    entries = browser.get("/strona").html.select("[aria-labelledby=powiazane] li")

    assert [entry.a.get_text() for entry in entries] == ["A", "B"]
    assert [entry.select_one(".meta").get_text() for entry in entries] == [
        "na ten sam temat",
        "wspomniane na tej stronie",
    ]


def test_a_number_that_no_item_can_have_names_none(page):
    with pytest.raises(colander.Invalid):
        page("strona", contact="9" * 40)
