"""Moving, changing addresses, and the order of what is under a section."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from wielkopolskaes.newsroom.ordering import put
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import NotTheChildren, trash
from wielkopolskaes.tree.states import State


def desk(item, below=""):
    return f"/redakcja/tresci/{item.id}{below}"


def form_at(page, end):
    return next(form for form in page.forms.values() if form.action.endswith(end)
                and form.method.lower() == "post")  # fmt: skip


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR))


def order(db, parent):
    query = select(Node.slug).where(Node.parent_id == parent.id).order_by(Node.position)
    return list(db.scalars(query))


def test_a_page_moves_to_the_chosen_place_and_its_old_address_leads_there(
    editor, browser, section, page
):
    there, item = section("tam"), page("strona")
    asked = editor.get(desk(item, f"/przenies?do={there.id}"))
    assert "1 address" in asked.text or "1 adres" in asked.text

    form_at(asked, "/przenies").submit(status=303)

    assert item.path == "/tam/strona"
    assert browser.get("/strona", status=301).location.endswith("/tam/strona")


def test_a_place_is_found_by_typing(editor, section, page):
    there, item = section("tam", title="Żółte źródła"), page("strona")
    found = editor.get(desk(item, "/przenies?q=zolte"))

    first = found.html.select_one(".queue a")["href"]
    assert first == desk(item, f"/przenies?do={there.id}")


def test_nothing_moves_under_itself(editor, section):
    outer = section("a")
    inner = section("b", outer)
    asked = editor.get(desk(outer, f"/przenies?do={inner.id}"))
    assert not asked.html.select("form[action$=przenies] button.button:not(.secondary)")

    form = form_at(asked, "/przenies")
    refused = form.submit(status=422)

    assert refused.html.select(".error-summary a[href='#f-under']")
    assert outer.path == "/a"


def test_nothing_moves_under_what_holds_nothing_of_its_kind(editor, section, page):
    outer, item = section("a", title="A"), page("strona", title="Strona")
    asked = editor.get(desk(outer, f"/przenies?do={item.id}"))
    assert not asked.html.select("form[action$=przenies] button.button:not(.secondary)")

    form_at(asked, "/przenies").submit(status=422)

    assert outer.path == "/a"
    form_at(editor.get(desk(item, f"/przenies?do={outer.id}")), "/przenies").submit(status=303)
    assert item.path == "/a/strona"


def test_a_taken_address_is_refused_with_what_was_typed(editor, section, page):
    there = section("tam")
    page("strona", there)
    item = page("strona")
    form = form_at(editor.get(desk(item, f"/przenies?do={there.id}")), "/przenies")
    refused = form.submit(status=422)

    assert refused.html.select(".error-summary a[href='#f-slug']")
    again = form_at(refused, "/przenies")
    again["slug"] = "inna"
    again.submit(status=303)
    assert item.path == "/tam/inna"


def test_an_author_does_not_bring_what_is_published_into_their_section(
    person, log_in, section, page
):
    own, item = section("moja"), page("strona")
    both = log_in(person((Role.AUTHOR, own), (Role.EDITOR, item)))
    form = form_at(both.get(desk(item, f"/przenies?do={own.id}")), "/przenies")

    form.submit(status=422)
    assert item.path == "/strona"


def test_nothing_moves_into_the_trash_or_out_of_sight(db, editor, section, page, person, log_in):
    gone = section("stare")
    trash(db, gone, now=NOW)
    item = page("strona")
    form = form_at(editor.get(desk(item, "/przenies")), "/przenies")
    form["under"].force_value(str(gone.id))
    form.submit(status=422)
    assert item.path == "/strona"


def test_the_root_stays_where_it_is(editor, root):
    editor.get(desk(root, "/przenies"), status=409)
    editor.get(desk(root, "/adres"), status=409)
    assert "/przenies" not in editor.get(desk(root)).html.select_one("#teraz").parent.decode()


def test_an_address_is_changed_and_the_old_one_leads_on(editor, browser, section, page):
    place = section("stara")
    page("w-srodku", place)
    form = form_at(editor.get(desk(place, "/adres")), "/adres")
    form["slug"] = "Zła nazwa"
    refused = form.submit(status=422)
    assert refused.html.select_one("#f-slug")["value"] == "Zła nazwa"

    form["slug"] = "nowa"
    form.submit(status=303)
    assert browser.get("/stara/w-srodku", status=301).location.endswith("/nowa/w-srodku")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("wyzej", "acbdg"),
        ("nizej", "abdcg"),
        ("pierwsza", "cabdg"),
        ("ostatnia", "abdgc"),
        ("1", "cabdg"),
        ("4", "abdcg"),
        ("99", "abdgc"),
        ("3", "abcdg"),
    ],
)
def test_a_child_goes_to_the_place_that_is_named(db, root, section, where, expected):
    children = {slug: section(slug) for slug in "abcdg"}
    put(db, root, children["c"].id, where, now=NOW)

    assert "".join(order(db, root)) == expected


def test_what_is_in_the_trash_counts_for_no_place(db, root, section):
    children = {slug: section(slug) for slug in "abcd"}
    trash(db, children["b"], now=NOW)
    put(db, root, children["c"].id, "wyzej", now=NOW)

    assert [slug for slug in order(db, root) if "~" not in slug] == ["c", "a", "d"]


@pytest.mark.parametrize("where", ["", "-1", "x", "²", "1" * 20])
def test_a_place_that_is_none_is_refused(db, root, section, where):
    with pytest.raises(NotTheChildren):
        put(db, root, section("a").id, where, now=NOW)


def test_the_buttons_change_the_order_without_javascript(db, editor, root, section):
    for slug in "abc":
        section(slug)
    page = editor.get(desk(root))
    buttons = [form for form in page.forms.values() if form.action.endswith("kolejnosc")]
    buttons[0].submit("dokad", value="nizej", status=303)

    assert order(db, root) == ["b", "a", "c"]


def test_scripts_are_led_to_the_new_list(db, editor, root, section):
    a, _b = section("a", title="A"), section("b", title="B")
    page = editor.get("/redakcja/tresci")
    token = page.html.select_one("[name=csrf_token]")["value"]
    answer = editor.post(
        desk(root, "/kolejnosc"),
        {"csrf_token": token, "id": a.id, "dokad": "nizej", "back": "children"},
        status=303,
    ).follow()

    assert [a.get_text() for a in answer.html.select(".tree-title")] == ["B", "A"]


def test_a_child_of_another_section_has_no_place_here(editor, root, section):
    inner = section("b", section("a"))
    token = editor.get("/redakcja/tresci").html.select_one("[name=csrf_token]")["value"]
    values = {"csrf_token": token, "id": inner.id, "dokad": "1"}
    editor.post(desk(root, "/kolejnosc"), values, status=409)


def test_an_author_does_not_arrange_what_is_published(person, log_in, root, section):
    section("a")
    item = section("b")
    author = log_in(person(Role.AUTHOR))

    assert not author.get(desk(root)).html.select("form.order")
    author.get(desk(item, "/przenies"), status=403)
    token = author.get("/redakcja/tresci").html.select_one("[name=csrf_token]")["value"]
    values = {"csrf_token": token, "id": item.id, "dokad": "1"}
    author.post(desk(root, "/kolejnosc"), values, status=403)


def test_a_draft_of_ones_own_goes_where_one_may_add(db, person, log_in, section, page):
    ewa = person(Role.AUTHOR)
    there, item = section("tam"), page("szkic", state=State.DRAFT)
    item.owner_id = ewa.id
    db.flush()
    author = log_in(ewa)
    form_at(author.get(desk(item, f"/przenies?do={there.id}")), "/przenies").submit(status=303)

    assert item.path == "/tam/szkic"
