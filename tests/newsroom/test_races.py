"""Two people at the same moment: nothing is overwritten unseen, nothing is made twice."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.databases import KINDS, own_database
from tests.newsroom.desks import Desk, form_on
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

# On each database. `make faults` runs as many as the reliability figures ask for.
RACES = int(os.environ.get("EDITING_RACES", "20"))
AT_ONCE = 20


@pytest.fixture(scope="module", params=KINDS)
def desk(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        desk = Desk(url, folder)
        with desk.work() as session:
            root = desk.add(session, "section", None, "", "Portal", listing="home")
            desk.add(session, "page", root, "strona", "Strona", body="<p>0</p>")
        yield desk
        desk.close()


def at_once(*tasks):
    """Run the tasks on threads of their own and return what they return."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def title_of(desk):
    with desk.work() as session:
        return session.scalar(select(Node.title).where(Node.path == "/strona"))


def test_of_two_saves_at_once_one_wins_and_the_other_is_told(desk):
    address = f"/redakcja/tresci/{desk.at('/strona')}/edycja"
    people = [desk.log_in(desk.person(Role.EDITOR)) for _ in range(2)]
    for number in range(RACES):
        texts = [f"Runda {number} osoba {index}" for index in range(2)]
        forms = [form_on(app.get(address)) for app in people]
        for form, text in zip(forms, texts, strict=True):
            form["title"] = text
        sent = [form.submit_fields() for form in forms]
        answers = at_once(
            *(lambda a=app, f=fields: a.post(address, f, expect_errors=True)
              for app, fields in zip(people, sent, strict=True))
        )  # fmt: skip
        codes = [answer.status_int for answer in answers]
        assert sorted(codes) == [303, 409]
        winner, loser = codes.index(303), codes.index(409)
        assert title_of(desk) == texts[winner]
        kept = form_on(answers[loser])
        assert kept["title"].value == texts[loser]
        assert texts[winner].rpartition(" ")[2] in answers[loser].text


def test_many_identical_forms_at_once_make_one_item(desk):
    root, person_id = desk.at("/"), desk.person(Role.EDITOR)
    app = desk.log_in(person_id)
    address = f"/redakcja/tresci/{root}/nowy/page"
    for number in range(max(2, RACES // 10)):
        form = form_on(app.get(address))
        form["title"] = f"Raz {number}"
        fields = form.submit_fields()
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in app.cookies.items())}
        send = lambda: desk.stranger().post(address, fields, headers=cookie, expect_errors=True)  # noqa: B023, E731
        answers = at_once(*[send] * AT_ONCE)
        assert {answer.status_int for answer in answers} == {303}
        assert len({answer.location for answer in answers}) == 1
        with desk.work() as session:
            made = select(func.count()).select_from(Page).where(Page.title == f"Raz {number}")
            assert session.scalar(made) == 1


@pytest.mark.parametrize("path", ["synonimy/nowe", "polecane/nowe"])
def test_of_two_who_teach_the_search_the_same_at_once_one_is_told(desk, path):
    address = f"/redakcja/wyszukiwarka/{path}"
    people = [desk.log_in(desk.person(Role.EDITOR)) for _ in range(2)]
    for number in range(min(RACES, 10)):
        forms = [form_on(app.get(address)) for app in people]
        for form in forms:
            form["phrases"] = f"wyraz{number}\nslowo{number}"
            if "item" in form.fields:
                form["item"].force_value(str(desk.at("/strona")))
        sent = [form.submit_fields() for form in forms]
        answers = at_once(
            *(lambda a=app, f=fields: a.post(address, f, expect_errors=True)
              for app, fields in zip(people, sent, strict=True))
        )  # fmt: skip
        assert sorted(answer.status_int for answer in answers) == [303, 422]
