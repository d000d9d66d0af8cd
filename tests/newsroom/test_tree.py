"""The tree at the desk: what it shows to whom, how it opens, and what typing finds."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR))


def titles(answer):
    return [link.get_text().strip() for link in answer.html.select(".tree-title")]


def test_the_tree_begins_with_the_root_and_what_is_under_it(editor, section, page):
    news = section("nowe", title="Aktualne")
    page("b", news, title="W środku")
    page("a", title="Kontakt")

    assert titles(editor.get("/redakcja/tresci")) == ["Portal", "Aktualne", "Kontakt"]


def test_the_tree_opens_down_to_one_item(editor, section, page):
    outer = section("a", title="A")
    inner = section("b", outer, title="B")
    page("c", inner, title="C")
    section("z", title="Z")

    opened = editor.get(f"/redakcja/tresci?otworz={inner.id}")

    assert titles(opened) == ["Portal", "A", "B", "C", "Z"]


def test_a_section_gives_its_list_to_the_tree(editor, section, page):
    outer = section("a")
    page("x", outer, title="Pierwsza")
    page("y", outer, title="Druga", state=State.DRAFT)

    part = editor.get(f"/redakcja/tresci/{outer.id}/dzieci")

    assert titles(part) == ["Pierwsza", "Druga"]
    assert [chip.get_text().strip() for chip in part.html.select(".state")] != ["", ""]
    assert "<main" not in part.text


def test_a_row_says_when_its_item_appears_and_disappears(editor, section, page):
    place = section("plan", title="Plan")
    later = NOW + timedelta(days=2)
    page("a", place, title="Jutro", state=State.SCHEDULED, publish_at=later)
    page("b", place, title="Do soboty", expires_at=later)

    rows = editor.get(f"/redakcja/tresci/{place.id}/dzieci").html.select(".tree-more")

    words = [" ".join(row.get_text().split()) for row in rows]
    assert "pojawi się" in words[0]
    assert "zniknie" in words[1]


def test_nobody_sees_drafts_of_sections_that_are_not_theirs(person, log_in, section, page):
    own, other = section("moja", title="Moja"), section("cudza", title="Cudza")
    page("szkic", own, title="Mój szkic", state=State.DRAFT)
    hidden = page("tajne", other, title="Tajny plan", state=State.DRAFT)
    author = log_in(person((Role.AUTHOR, own)))

    assert "Tajny plan" not in author.get(f"/redakcja/tresci/{other.id}/dzieci").text
    assert "Tajny plan" not in author.get("/redakcja/tresci?q=tajny").text
    assert "Tajny plan" not in author.get(f"/redakcja/tresci?otworz={hidden.id}").text
    assert (
        "(1)"
        not in author.get("/redakcja/tresci").html.select_one(f'[data-id="{other.id}"]').get_text()
    )
    assert "Mój szkic" in author.get("/redakcja/tresci?q=moj szkic").text
    author.get(f"/redakcja/tresci/{hidden.id}", status=404)


def test_somebody_whose_root_is_hidden_begins_in_their_section(db, person, log_in, make):
    root = make(Section, None, "", title="Portal", listing="home", state=State.DRAFT)
    own = make(Section, root, "moja", title="Moja", state=State.DRAFT)
    author = log_in(person((Role.AUTHOR, own)))

    assert titles(author.get("/redakcja/tresci")) == ["Moja"]


def test_typing_finds_by_title_without_accents_and_by_address(editor, section, page):
    place = section("projekty", title="Projekty")
    page("lod", place, title="Łódź żeglarska")

    assert titles(editor.get("/redakcja/tresci?q=lodz")) == ["Łódź żeglarska"]
    assert titles(editor.get("/redakcja/tresci?q=/projekty/lod")) == ["Łódź żeglarska"]
    assert editor.get("/redakcja/tresci?q=qqqq").html.select(".empty")


def test_titles_with_the_words_come_before_leads_with_them(editor, page):
    page("a", title="Nabór", lead="Regulamin dla wszystkich")
    page("dluzsza", title="Nowy regulamin naboru")
    page("b", title="Regulamin")

    assert titles(editor.get("/redakcja/tresci?q=regulamin")) == [
        "Regulamin", "Nowy regulamin naboru", "Nabór",
    ]  # fmt: skip


def test_what_can_hold_nothing_offers_no_adding(editor, make, root, page):
    card = make(Contact, root, "wizytowka", title="Wizytówka", unit="Dział")

    assert "/nowy" not in editor.get(f"/redakcja/tresci/{card.id}").html.main.decode()
    tree = editor.get("/redakcja/tresci").html
    assert "data-receives" not in tree.select_one(f'[data-id="{card.id}"]').attrs
    assert "/nowy" in editor.get(f"/redakcja/tresci/{page('s').id}").html.main.decode()


def test_what_is_in_the_trash_is_not_in_the_tree(db, editor, section, page):
    gone = section("stare", title="Stare")
    page("w-srodku", gone, title="Stara strona")
    trash(db, gone, now=NOW)

    assert "Stare" not in editor.get("/redakcja/tresci").text
    assert titles(editor.get("/redakcja/tresci?q=stara")) == []


def test_a_long_section_is_shown_a_page_at_a_time(editor, section, page):
    long = section("dluga")
    for number in range(103):
        page(f"s{number}", long, title=f"Strona {number}")

    first = editor.get(f"/redakcja/tresci/{long.id}/dzieci")
    rest = editor.get(f"/redakcja/tresci/{long.id}/dzieci?od=100")

    assert len(first.html.select("[data-id]")) == 100
    assert first.html.select_one("[data-more]")["data-more"].endswith("od=100")
    places = [li["data-place"] for li in rest.html.select("[data-id]")]
    assert places == ["101", "102", "103"]
    second = editor.get(f"/redakcja/tresci/{long.id}?strona=2")
    assert len(second.html.select(".children > li")) == 3
    editor.get(f"/redakcja/tresci/{long.id}?strona=3", status=404)


def test_a_section_of_news_is_shown_by_date(editor, section, page):
    news = section("nowe", listing="news")
    page("stara", news, title="Stara", shown_on="2020-01-01")
    page("nowa", news, title="Nowa", shown_on="2024-01-01")

    assert titles(editor.get(f"/redakcja/tresci/{news.id}/dzieci")) == ["Nowa", "Stara"]
    assert titles(editor.get(f"/redakcja/tresci?otworz={news.id}"))[2:] == ["Nowa", "Stara"]
    assert not editor.get(f"/redakcja/tresci/{news.id}").html.select("form.order")


def test_more_content_asks_no_more_of_the_database(db, editor, section, page, queries):
    places = [section(f"s{number}") for number in range(3)]
    deep = section("d", places[0])
    page("pierwsza", deep, title="Strona")

    def cost(address):
        db.flush()
        db.expunge_all()
        queries.clear()
        editor.get(address)
        return len(queries)

    addresses = ["/redakcja/tresci", f"/redakcja/tresci?otworz={deep.id}",
                 f"/redakcja/tresci/{places[0].id}/dzieci", f"/redakcja/tresci/{deep.id}",
                 "/redakcja/tresci?q=strona", "/redakcja", "/redakcja/kosz"]  # fmt: skip
    before = [cost(address) for address in addresses]
    for number in range(12):
        under = db.merge(places[number % 3]) if number % 2 else db.merge(deep)
        page(f"p{number}", under, title=f"Strona {number}", state=State.DRAFT)
    assert [cost(address) for address in addresses] == before
    assert max(before) < 16


def test_no_form_of_the_tree_is_sent_where_no_forms_are_taken(editor, section):
    section("nowe")
    page = editor.get("/redakcja/tresci")
    forms = [form for form in page.forms.values() if form.method.upper() == "POST"]

    assert len(forms) > 2
    for form in forms:
        fields = [(n, v) for n, v in form.submit_fields() if n != "csrf_token"]
        assert editor.post(form.action or page.request.path, fields, status=400)
