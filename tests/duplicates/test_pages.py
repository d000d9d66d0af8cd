"""Doubles told when somebody saves, and all suspected pairs at the desk."""

import pytest
from sqlalchemy import func, select

from tests.newsroom.desks import form_on
from wielkopolskaes.audit.services import noted
from wielkopolskaes.duplicates.models import Distinct
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.results.models import Partnership
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.states import State

PAIRS = "/redakcja/powtorzenia"
TITLE = "Spółdzielnia socjalna krok po kroku"


@pytest.fixture
def library(section):
    return section("biblioteka", title="Biblioteka", listing="library")


@pytest.fixture
def book(make, library):
    def book(code, title=TITLE, **fields):
        lists = {key: [] for key in ("people", "publishers", "languages")}
        values = {"code": code, "title": title, "source": "Źródło", "publication_kind": "book",
                  "abstract": "<p>Opis</p>", **lists, **fields}  # fmt: skip
        return make(Publication, fields.pop("under", library), code.lower(), **values)

    return book


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR, lang="en"))


def new(app, under, kind="publication", **fields):
    form = form_on(app.get(f"/redakcja/tresci/{under.id}/nowy/{kind}"))
    for name, value in fields.items():
        form[name] = value
    return form.submit(expect_errors=True)


def test_a_new_record_that_may_be_there_is_told_of_and_saved_all_the_same(
    db, editor, library, book
):
    there = book("A1", isbn="9788389410429")

    answer = new(editor, library, code="B2", title="Spółdzielnie socjalne krok po kroku",
                 isbn="978-83-89410-42-9")  # fmt: skip

    assert answer.status_int == 422
    links = [link["href"] for link in answer.html.select("#powtorzenia a")]
    assert links == [f"/redakcja/tresci/{there.id}"]
    assert "ISBN 9788389410429" in answer.html.select_one("#powtorzenia").get_text()
    form = form_on(answer)
    assert form["code"].value == "B2"
    assert db.scalar(select(func.count()).select_from(Publication)) == 1
    assert form.submit("mimo_to").status_int == 303
    assert db.scalar(select(func.count()).select_from(Publication)) == 2


def test_an_edit_is_held_up_only_when_it_makes_a_double(editor, book):
    book("A1")
    other = book("B2", "Co innego")
    form = form_on(editor.get(f"/redakcja/tresci/{other.id}/edycja"))
    form["title"] = TITLE
    answer = form.submit(expect_errors=True)
    assert (answer.status_int, other.title) == (422, "Co innego")
    assert form_on(answer).submit("mimo_to").status_int == 303
    assert other.title == TITLE

    form = form_on(editor.get(f"/redakcja/tresci/{other.id}/edycja"))
    form["source"] = "Inne"
    assert form.submit().status_int == 303


def test_projects_are_known_by_their_numbers_and_pages_by_nothing(editor, make, root, page):
    make(Partnership, root, "projekt", title="Projekt", code="D0104", number="D0104", theme="D")
    answer = new(editor, root, "partnership", code="X1", title="Inny", number="D0104", theme="D")
    assert "equal D0104" in answer.html.select_one("#powtorzenia").get_text()
    page("jeden", title=TITLE)
    assert new(editor, root, "page", title=TITLE).status_int == 303


def test_what_the_person_may_not_see_is_not_told(db, library, book, section, person, log_in):
    elsewhere = section("gdzie-indziej")
    book("TAJ", "Tajny szkic o spółdzielniach", state=State.DRAFT)
    book("TAK", "Tajny szkic o spoldzielniach", state=State.DRAFT)
    own = log_in(person((Role.EDITOR, elsewhere)))

    assert new(own, elsewhere, code="B2", title="Tajny szkic o spółdzielniach").status_int == 303
    assert "Tajny" not in own.get(PAIRS).html.select_one("main").get_text().replace(
        "Tajny szkic o spółdzielniach", "")  # fmt: skip


def test_pairs_are_listed_until_they_are_told_apart(db, editor, book):
    one, other = book("A1"), book("B2")
    book("C3", "Co innego", isbn="9788389410429")
    book("D4", "Zupełnie co innego", isbn="978-83-89410-42-9")

    page = editor.get(PAIRS)

    reasons = [each.get_text() for each in page.html.select("li.card > p.meta")]
    assert reasons == ["The same number: ISBN 9788389410429", "Nearly the same title"]
    form = next(form for form in page.forms.values()
                if "pierwszy" in form.fields and form["pierwszy"].value == str(one.id))  # fmt: skip
    page = form.submit().follow()
    form.submit()
    assert len(page.html.select("li.card")) == 1
    assert db.execute(select(Distinct.first_id, Distinct.second_id)).all() == [(one.id, other.id)]
    told = [each for each in noted(db) if each.action == "records.told_apart"]
    assert [each.after["number"] for each in told] == [other.id]


def test_only_whoever_answers_for_a_record_tells_it_apart(db, book, section, person, log_in):
    one, other = book("A1"), book("B2")
    stranger = log_in(person((Role.EDITOR, section("gdzie-indziej"))))
    page = stranger.get(PAIRS)
    assert len(page.html.select("li.card")) == 1
    assert page.html.select("li.card form") == []
    token = page.html.select_one("[name=csrf_token]")
    fields = {"csrf_token": token["value"] if token else "", "pierwszy": one.id, "drugi": other.id}
    answer = stranger.post(PAIRS, fields, expect_errors=True)
    assert answer.status_int in {400, 403, 404}
    assert db.scalar(select(func.count()).select_from(Distinct)) == 0


@pytest.mark.parametrize("posted", [{}, {"pierwszy": "1", "drugi": "x"}, {"pierwszy": "99999999"}])
def test_what_names_no_pair_is_not_there(editor, book, posted):
    book("A1"), book("B2")
    token = editor.get(PAIRS).html.select_one("[name=csrf_token]")["value"]
    answer = editor.post(PAIRS, {"csrf_token": token, **posted}, expect_errors=True)
    assert answer.status_int == 404
