"""Synonyms as editors have them: over the shipped file, from the next search on, everywhere."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from tests.databases import KINDS
from tests.search.searching import searching
from wielkopolskaes.audit.models import Event
from wielkopolskaes.cache.changes import touch
from wielkopolskaes.search.models import SynonymGroup
from wielkopolskaes.search.wording import TAG
from wielkopolskaes.security.permissions import Role

LIST = "/redakcja/wyszukiwarka/synonimy"
OWES = "ośrodek wsparcia ekonomii społecznej"


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searching(request.param, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture
def editor(portal):
    """The browser of an editor of everything; what they teach is forgotten after the test."""
    yield portal.log_in(portal.person(Role.EDITOR))
    with portal.work() as session:
        session.execute(delete(SynonymGroup))
        touch(session, TAG)


@pytest.fixture
def also(portal):
    """What else is looked for, by the page of a stranger."""

    def also(query):
        meta = portal.get("/szukaj", params={"q": query}).html.select_one(".page-head .meta")
        return meta.get_text().replace("\xa0", " ").partition(":")[2].strip() if meta else ""

    return also


def group_of(editor, words):
    """The row of a group in the list, its link and its forms by the end of their address."""
    page = editor.get(LIST)
    (row,) = [row for row in page.html.select(".children > li")
              if words in row.select_one(".child-title").get_text().split(", ")]  # fmt: skip
    link = row.select_one("a.button")["href"]
    forms = {form.action.removeprefix(f"{link}/"): form for form in page.forms.values()}
    return row, link, forms


def write(editor, address, phrases):
    form = editor.get(address).forms["form"]
    form["phrases"] = phrases
    return form.submit(expect_errors=True)


def test_the_shipped_groups_are_listed_and_searched_with(editor, also):
    row, _link, forms = group_of(editor, "OWES")
    assert "Dostarczone z portalem" in row.get_text().replace("\xa0", " ")
    assert "usun" not in forms
    assert also("OWES") == OWES


def test_a_new_group_works_from_the_next_search_in_any_form(editor, also):
    assert also("spółdzielnia") == ""
    write(editor, f"{LIST}/nowe", "spółdzielnia\nkooperatywa\nfirma członków").follow()
    assert also("spółdzielniami") == "kooperatywa, firma członków"
    assert also("firmy członków") == "spółdzielnia, kooperatywa"


def test_a_changed_group_stands_in_the_place_of_the_shipped_one_until_restored(editor, also):
    _row, link, _forms = group_of(editor, "OWES")
    write(editor, link, f"OWES\n{OWES}\nośrodek wsparcia")
    assert also("OWES") == f"{OWES}, ośrodek wsparcia"
    row, _link, forms = group_of(editor, "OWES")
    assert "Zmienione przez redakcję" in row.get_text()
    forms["usun"].submit()
    assert also("OWES") == OWES


def test_a_group_is_switched_off_and_on(editor, also):
    _row, _link, forms = group_of(editor, "OWES")
    forms["stan"].submit("stan")
    assert also("OWES") == ""
    row, _link, forms = group_of(editor, "OWES")
    assert "Wyłączone" in row.get_text()
    forms["stan"].submit("stan")
    assert also("OWES") == OWES


def test_a_group_of_ones_own_is_removed(editor, also):
    write(editor, f"{LIST}/nowe", "gala\nuroczystość")
    assert also("gali") == "uroczystość"
    _row, _link, forms = group_of(editor, "gala")
    forms["usun"].submit()
    assert also("gali") == ""


@pytest.mark.parametrize(
    ("phrases", "words"),
    [
        ("", "Wypełnij to pole"),
        ("gala", "co najmniej 2 wiersze"),
        ("gala\n…", "„…” musi mieć od jednego do 8 słów"),
        ("gala\na b c d e f g h i", "musi mieć od jednego do 8 słów"),
        ("gala\nuroczystość\ngale", "„gale” to to samo wyszukiwanie co „gala”"),
        ("owes\nurząd", "„owes” jest już w innej grupie: OWES, ośrodek wsparcia"),
        ("\n".join(f"{chr(97 + n)}x" for n in range(21)), "nie może być większa niż 20"),
        ("gala\n" + "ą" * 300, "musi mieć"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept(editor, phrases, words):
    answer = write(editor, f"{LIST}/nowe", phrases)
    assert answer.status_int == 422
    assert words in answer.text.replace("\xa0", " ")
    assert answer.forms["form"]["phrases"].value.replace("\r", "") == phrases


def test_words_of_a_group_that_is_off_are_free_and_it_cannot_come_back_over_them(editor, also):
    group_of(editor, "OWES")[2]["stan"].submit("stan")
    write(editor, f"{LIST}/nowe", "OWES\nosiedlowy wesoły zespół").follow()
    assert also("OWES") == "osiedlowy wesoły zespół"
    form = group_of(editor, OWES)[2]["stan"]
    page = form.submit("stan").follow()
    assert "„OWES” jest już w innej grupie" in page.text.replace("\xa0", " ")
    assert also("OWES") == "osiedlowy wesoły zespół"


def test_every_change_is_an_event(portal, editor):
    write(editor, f"{LIST}/nowe", "gala\nuroczystość")
    write(editor, group_of(editor, "gala")[1], "gala\nbal")
    group_of(editor, "gala")[2]["stan"].submit("stan")
    group_of(editor, "gala")[2]["usun"].submit()
    with portal.work() as session:
        events = session.query(Event).filter(Event.subject_kind == "synonyms").order_by(Event.id)
        last = [(event.action, event.before, event.after) for event in events][-4:]
    assert last == [
        ("synonyms.added", {}, {"phrases": "gala; uroczystość"}),
        ("synonyms.changed", {"phrases": "gala; uroczystość"}, {"phrases": "gala; bal"}),
        ("synonyms.switched_off", {}, {}),
        ("synonyms.removed", {"phrases": "gala; bal"}, {"phrases": ""}),
    ]


@pytest.mark.parametrize("key", ["999", "abcdefabcdef"])
def test_a_group_that_is_not_there_is_not_found(editor, key):
    assert editor.get(f"{LIST}/{key}", expect_errors=True).status_int == 404


def test_a_broken_file_leaves_the_groups_of_the_editors(
    portal, editor, also, tmp_path, monkeypatch
):
    write(editor, f"{LIST}/nowe", "gala\nuroczystość")
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "synonyms.yaml").write_text("- [x")
    monkeypatch.setattr(portal.registry, "portal",
                        replace(portal.registry.portal, schemas_dir=tmp_path))  # fmt: skip
    with portal.work() as session:
        touch(session, TAG)
    assert also("gala") == "uroczystość"
    assert also("OWES") == ""
