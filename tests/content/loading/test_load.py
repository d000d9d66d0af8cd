from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.media.files import image_bytes, pdf
from wielkopolskaes.content.loading.models import LoadedFile
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import move, rename, trash
from wielkopolskaes.tree.states import State

NOW = datetime.now(UTC)


@pytest.fixture
def at(db):
    def at(path):
        return db.scalar(select(Node).where(Node.path == path))

    return at


@pytest.fixture
def edit(db, registry):
    """Edit an item as a form would."""

    def edit(node, **values):
        content_type = registry.content_types[node.kind]
        given = {"title": node.title, "lang": node.lang, **values}
        write(db, node, content_type, read(content_type, given, Source("html", resolver(db))))

    return edit


def test_files_become_items_at_their_addresses(folder, load_again, browser):
    folder("dzial/index.md", kind="section", title="Dział")
    folder("dzial/strona.md", "lead: Wstęp", "## Część\n\nZdanie.", title="Strona")

    assert load_again() == (3, 0, 0, 0)
    page = browser.get("/dzial/strona").html
    assert page.h1.get_text() == "Strona"
    assert [part.get_text() for part in page.select(".prose h2, .prose p")] == ["Część", "Zdanie."]


def test_loading_again_changes_nothing(folder, load_again, db):
    folder("dzial/index.md", "image: /dzial/obraz", kind="section")
    folder("dzial/obraz.md", "alt: A\nfile: a.png", kind="image",
           beside={"a.png": image_bytes("PNG")})  # fmt: skip
    folder("dzial/strona.md", "contact: /kontakt", "[dalej](/dzial)")
    folder("kontakt.md", "unit: Dział", kind="contact")
    load_again()
    before = versions(db)

    assert load_again() == (0, 0, 5, 0)
    assert versions(db) == before


def versions(db):
    db.expire_all()
    return {
        node.path: (node.version, node.updated_at, node.position)
        for node in db.scalars(select(Node))
    }


def test_a_changed_file_updates_its_item(folder, load_again, at):
    folder("a.md", title="Stary")
    load_again()
    folder("a.md", "lead: Nowy lead", title="Nowy")

    assert load_again() == (0, 1, 1, 0)
    assert (at("/a").title, at("/a").lead) == ("Nowy", "Nowy lead")
    assert load_again() == (0, 0, 2, 0)


def test_a_changed_file_beside_it_updates_a_document(folder, load_again, at):
    made = {"front": "file: a.pdf", "kind": "document"}
    folder("a.md", **made, beside={"a.pdf": pdf(b"1")})
    load_again()
    first = at("/a").sha256
    folder("a.md", **made, beside={"a.pdf": pdf(b"2")})

    assert load_again() == (0, 1, 1, 0)
    assert at("/a").sha256 != first
    assert at("/a").card["sha"] == at("/a").sha256


def test_what_was_edited_in_the_portal_is_kept(folder, load_again, at, edit):
    folder("a.md", title="Z pliku")
    load_again()
    edit(at("/a"), title="Z portalu")
    folder("a.md", title="Z nowego pliku")

    assert load_again() == (0, 0, 1, 1)
    assert at("/a").title == "Z portalu"


def test_an_edit_of_references_alone_is_an_edit(folder, load_again, at, edit, db):
    folder("a.md", "role: partner", kind="partner", title="Fundacja")
    folder("b.md")
    load_again()
    edit(at("/a"), role="partner", related=["/b"])
    folder("a.md", "role: patron", kind="partner", title="Fundacja")

    assert load_again() == (0, 0, 2, 1)


def test_a_renamed_item_is_not_made_again(folder, load_again, at, db):
    folder("a.md")
    load_again()
    rename(db, at("/a"), "b", now=NOW)

    assert load_again() == (0, 0, 2, 0)
    assert at("/a") is None


def test_items_of_a_moved_section_still_follow_their_files(folder, load_again, at, db):
    folder("dzial/index.md", kind="section")
    folder("dzial/a.md", title="Stary")
    load_again()
    rename(db, at("/dzial"), "inny", now=NOW)
    folder("dzial/a.md", title="Nowy")
    folder("dzial/b.md")

    assert load_again() == (1, 1, 2, 0)
    assert at("/inny/a").title == "Nowy"
    assert at("/inny/b") is not None
    assert at("/dzial") is None


def test_an_item_in_the_trash_stays_there(folder, load_again, at, db):
    folder("a.md")
    load_again()
    trash(db, at("/a"), now=NOW)
    folder("a.md", title="Nowy")

    assert load_again() == (0, 0, 1, 1)
    assert at("/a") is None


def test_an_item_made_in_the_portal_is_not_overwritten(folder, load_again, at, root, page):
    page("a", title="Z portalu")
    folder("a.md", title="Z pliku")

    assert load_again() == (0, 0, 0, 2)
    assert at("/a").title == "Z portalu"


def test_items_stand_in_the_order_of_their_positions(folder, load_again, db, at):
    folder("a.md")
    folder("b.md", "position: 2")
    folder("c.md", "position: 1")
    load_again()

    order = select(Node.slug).where(Node.parent_id == at("/").id).order_by(Node.position)
    assert list(db.scalars(order)) == ["c", "b", "a"]


def test_an_item_speaks_the_language_of_its_section(folder, load_again, at):
    folder("en/index.md", "lang: en", kind="section")
    folder("en/news/index.md", kind="section")
    folder("en/news/one.md")
    load_again()

    assert at("/en/news/one").lang == "en"


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "published", "archived"])
def test_an_item_takes_the_state_that_the_file_asks_for(folder, load_again, at, state):
    folder("a.md", f"state: {state}")
    load_again()

    assert at("/a").state is State(state)


def test_an_item_is_scheduled_for_its_instant(folder, load_again, at):
    folder("a.md", "state: scheduled\npublish_at: 2100-05-04T08:00:00+02:00")
    load_again()

    assert at("/a").state is State.SCHEDULED
    assert at("/a").visible_from == datetime(2100, 5, 4, 6, tzinfo=UTC)


def test_an_item_ends_at_its_instant(folder, load_again, at):
    folder("a.md", "expires_at: 2100-05-04T08:00:00Z")
    load_again()

    assert at("/a").visible_until == datetime(2100, 5, 4, 8, tzinfo=UTC)
    assert at("/a").is_public(NOW + timedelta(hours=1))


def test_an_address_of_a_former_portal_leads_to_the_item(folder, load_again, browser):
    folder("a.md", "old_addresses:\n  - /index.php?id=7\n  - /stare/a")
    load_again()

    assert browser.get("/index.php?id=7", status=301).location == "http://localhost/a"
    assert browser.get("/stare/a", status=301).location == "http://localhost/a"
    browser.get("/index.php?id=8", status=404)


def test_links_between_files_need_no_order(folder, load_again, browser):
    folder("a.md", "related: [/z]", "[koniec](/z)")
    folder("z.md", "related: [/a]", "[początek](/a)")
    load_again()

    assert browser.get("/a").html.select_one(".prose a")["href"] == "/z"
    assert browser.get("/z").html.select_one(".prose a")["href"] == "/a"


def test_links_in_a_file_find_items_that_were_moved_since(folder, load_again, at, db, browser):
    folder("dzial/index.md", kind="section")
    folder("cel.md")
    load_again()
    move(db, at("/cel"), under=at("/dzial"), now=NOW)
    folder("a.md", body="[cel](/cel)")
    load_again()

    assert browser.get("/a").html.select_one(".prose a")["href"] == "/dzial/cel"


def test_folders_that_begin_with_an_underscore_are_left_out(folder, load_again):
    folder("_demo/a.md")
    folder(".git/a.md")

    assert load_again() == (1, 0, 0, 0)


def test_each_file_is_remembered_with_its_item(folder, load_again, at, db):
    folder("a.md")
    load_again()

    assert db.get(LoadedFile, "/a").node_id == at("/a").id
