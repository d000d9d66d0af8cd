"""The first page of the desk: five lists, and what each says when it is empty."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from wielkopolskaes.audit.chain import append
from wielkopolskaes.audit.services import noted
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import rename, trash
from wielkopolskaes.tree.states import State

SOON = NOW + timedelta(days=2)


def listed(app, id_):
    part = app.get("/redakcja").html.select_one(f"#{id_}").find_parent("section")
    return [title.get_text().strip() for title in part.select(".child-title")]


def test_everybody_sees_what_is_in_their_care(db, person, log_in, page):
    ewa = person(Role.AUTHOR)
    mine = page("moja", title="Moja", state=State.DRAFT)
    page("cudza", title="Cudza", state=State.DRAFT)
    mine.owner_id = ewa.id
    db.flush()

    assert listed(log_in(ewa), "moje") == ["Moja"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.AUTHOR, set()), (Role.EDITOR, {"Do sprawdzenia"}),
     (Role.PUBLISHER, {"Do sprawdzenia", "Do publikacji"})],
)  # fmt: skip
def test_what_waits_is_what_one_may_act_on(person, log_in, page, role, expected):
    page("a", title="Do sprawdzenia", state=State.IN_REVIEW)
    page("b", title="Do publikacji", state=State.APPROVED)
    page("c", title="Szkic", state=State.DRAFT)

    assert set(listed(log_in(person(role)), "czeka")) == expected


def test_what_the_clock_will_change_comes_in_its_order(person, log_in, page):
    page("a", title="Później", state=State.SCHEDULED, publish_at=SOON + timedelta(days=5))
    page("b", title="Zniknie", publish_at=NOW - timedelta(days=9), expires_at=SOON)
    page("c", title="Zwykła")
    page("d", title="Jutro", state=State.SCHEDULED, publish_at=NOW + timedelta(days=1))

    assert listed(log_in(person(Role.EDITOR)), "plan") == ["Jutro", "Zniknie", "Później"]


def test_the_trash_shows_the_last_thrown_away_first(db, person, log_in, page):
    for number, slug in enumerate("abc"):
        trash(db, page(slug, title=slug.upper()), now=NOW + timedelta(minutes=number))

    assert listed(log_in(person(Role.EDITOR)), "kosz") == ["C", "B", "A"]
    assert listed(log_in(person(Role.AUTHOR)), "kosz") == []


def test_each_list_says_what_to_do_when_it_is_empty(person, log_in, root):
    main = log_in(person(Role.EDITOR)).get("/redakcja").html.main

    for id_ in ("czeka", "moje", "plan", "zmiany", "kosz"):
        part = main.select_one(f"#{id_}").find_parent("section")
        assert part.select(".children") or part.select_one("p").get_text(strip=True)


def test_people_without_a_role_have_no_desk(person, log_in, root):
    log_in(person()).get("/redakcja", status=403)
    log_in(person(Role.READER)).get("/redakcja", status=403)


def test_the_last_changes_come_with_their_authors(db, person, log_in, page):
    page("a", title="A")
    rename(db, page("b", title="B"), "c", now=NOW)
    append(db, noted(db), at=NOW)
    part = log_in(person(Role.EDITOR)).get("/redakcja").html.select_one("#zmiany")
    first = part.find_parent("section").li.get_text(" ", strip=True)

    assert first.startswith("B ")
    assert "Portal: zmiana adresu" in first
