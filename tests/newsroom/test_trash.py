"""The trash: what goes there, who is told, how it comes back, and what is deleted for good."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from wielkopolskaes.audit.services import noted
from wielkopolskaes.newsroom.references import used_on
from wielkopolskaes.newsroom.trash import purge, purge_due
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree import services
from wielkopolskaes.tree.check import find_faults
from wielkopolskaes.tree.models import Node, Redirect, Reference
from wielkopolskaes.tree.states import State

MONTH = timedelta(days=30)


def desk(item, below=""):
    return f"/redakcja/tresci/{item.id}{below}"


def form_at(page, end):
    return next(form for form in page.forms.values() if form.action.endswith(end)
                and form.method.lower() == "post")  # fmt: skip


@pytest.fixture
def publisher(person, log_in):
    return log_in(person(Role.PUBLISHER, name="Jan Wydawca"))


def throw(app, item):
    return form_at(app.get(desk(item, "/usun")), "/usun").submit(status=303)


def test_before_the_trash_one_is_told_who_uses_it_and_what_goes_along(publisher, section, page):
    place = section("dzial")
    inner = page("strona", place, title="Wewnątrz")
    page("obca", title="Strona obca", related=[str(inner.id)])
    page("sasiad", place, title="Sąsiad", related=[str(inner.id)])

    asked = publisher.get(desk(place, "/usun")).html.main.get_text(" ", strip=True)

    assert "Strona obca" in asked
    assert "Wewnątrz" in asked
    assert "Sąsiad" not in asked
    assert "2 items" in asked or "2 treściami" in asked


def test_what_lies_under_the_thrown_away_leads_to_it(publisher, person, log_in, section, page):
    place = section("dzial", title="Dział")
    inner = page("strona", place)
    throw(publisher, place)

    main = publisher.get(desk(inner)).html.main
    assert main.select_one(f'a[href="{desk(place, "/przywroc")}"]')


def test_no_address_of_the_trash_is_remembered(db, publisher, section, page):
    place = section("dzial")
    page("strona", place)
    throw(publisher, place)
    form_at(publisher.get(desk(place, "/przywroc")), "/przywroc").submit(status=303)

    assert db.scalars(select(Redirect.path)).all() == []


def test_a_page_counts_once_however_often_it_uses_the_item(db, page):
    target = page("cel")
    body = '<p><a href="/cel">raz</a> i <a href="/cel">dwa</a></p>'
    page("a", body=body, related=[str(target.id)])
    page("b", state=State.DRAFT, related=[str(target.id)])

    usage = used_on(db, target, identity=None, now=NOW)

    assert (usage.total, usage.public, usage.unseen) == (2, 1, 1)
    assert [row.path for row, _uses in usage.pages] == ["/a"]


def test_what_is_in_the_trash_uses_nothing(db, page):
    target = page("cel")
    services.trash(db, page("a", related=[str(target.id)]), now=NOW)

    assert used_on(db, target, identity=None, now=NOW).total == 0


def test_a_section_comes_back_with_order_states_and_addresses(
    db, publisher, browser, section, page
):
    place = section("dzial")
    for slug in ("c", "a", "b"):
        page(slug, place, state=State.DRAFT if slug == "b" else State.PUBLISHED)
    services.rename(db, place, "nowy", now=NOW)
    throw(publisher, place)
    browser.get("/nowy/a", status=410)

    form_at(publisher.get(desk(place, "/przywroc")), "/przywroc").submit(status=303)

    children = db.scalars(select(Node).where(Node.parent_id == place.id).order_by(Node.position))
    assert [(n.path, n.state) for n in children] == [
        ("/nowy/c", State.PUBLISHED), ("/nowy/a", State.PUBLISHED), ("/nowy/b", State.DRAFT),
    ]  # fmt: skip
    browser.get("/nowy/a", status=200)
    assert browser.get("/dzial/a", status=301).location.endswith("/nowy/a")
    assert place.trashed_at is None
    assert find_faults(db) == []


def test_the_trash_says_who_when_and_from_where(publisher, section, page):
    throw(publisher, page("strona", section("dzial", title="Dział"), title="Zbędna"))
    listed = publisher.get("/redakcja/kosz").html.main.get_text(" ", strip=True)

    assert "Zbędna" in listed
    assert "Dział" in listed
    assert "/dzial/strona" in listed


def test_it_comes_back_elsewhere_when_its_address_is_taken(publisher, section, page):
    item = page("strona")
    throw(publisher, item)
    page("strona")
    there = section("tam")

    form = form_at(publisher.get(desk(item, "/przywroc")), "/przywroc")
    refused = form.submit(status=422)
    assert refused.html.select(".error-summary a[href='#f-slug']")
    form_at(publisher.get(desk(item, f"/przywroc?do={there.id}")), "/przywroc").submit(status=303)
    assert item.path == "/tam/strona"


def test_it_asks_for_another_place_when_its_section_is_in_the_trash_too(
    publisher, root, section, page
):
    place = section("dzial")
    item = page("strona", place)
    throw(publisher, item)
    throw(publisher, place)

    asked = publisher.get(desk(item, "/przywroc"))
    assert not asked.html.select("input[name=under]")
    form_at(publisher.get(desk(item, f"/przywroc?do={root.id}")), "/przywroc").submit(status=303)
    assert item.path == "/strona"


def test_nobody_throws_away_what_others_answer_for(db, person, log_in, section, page):
    ewa = person(Role.AUTHOR)
    own = section("szkic", state=State.DRAFT)
    own.owner_id = ewa.id
    page("obca", own, state=State.APPROVED)
    db.flush()
    author = log_in(ewa)

    asked = author.get(desk(own, "/usun"))
    assert not [f for f in asked.forms.values() if f.action.endswith("/usun")]
    token = author.get("/redakcja/tresci").html.select_one("[name=csrf_token]")["value"]
    author.post(desk(own, "/usun"), {"csrf_token": token, "seen": "draft"}, status=422)
    assert own.state is State.DRAFT


def test_what_lies_under_the_trash_can_only_be_looked_at(publisher, section, page):
    place = section("dzial")
    item = page("strona", place)
    throw(publisher, place)

    shown = publisher.get(desk(item)).html
    buttons = {a["href"] for a in shown.select("#teraz ~ .actions a")}
    assert buttons == set()
    for below in ("/wycofaj", "/przenies", "/adres", "/usun", "/dostep"):
        publisher.get(desk(item, below), status=409)


def test_authors_find_no_trash_of_others(person, log_in, publisher, page):
    throw(publisher, page("tajne", title="Tajny plan"))

    assert "Tajny plan" not in log_in(person(Role.AUTHOR)).get("/redakcja/kosz").text


def test_after_a_month_a_section_is_deleted_for_good_with_all_in_it(db, section, page):
    place = section("dzial")
    inner = page("a", section("b", place))
    user = page("inna", related=[str(inner.id)])
    services.trash(db, place, now=NOW - MONTH - timedelta(days=1))
    services.trash(db, page("swieza"), now=NOW)
    before = NOW - MONTH
    due = purge_due(db, before)

    assert [(each.title, each.items) for each in due] == [("dzial", 3)]
    assert purge(db, before, NOW) == 3

    assert sorted(db.scalars(select(Node.slug)))[:2] == ["", "inna"]
    assert db.scalar(select(func.count()).select_from(Reference)) == 0
    assert db.scalar(select(func.count()).select_from(Redirect)) == 1
    assert noted(db)[-1].action == "item.purged"
    assert purge(db, before, NOW) == 0
    assert user.path == "/inna"
    assert find_faults(db) == []


def test_a_part_thrown_away_later_keeps_its_section_waiting(db, section, page):
    place = section("dzial")
    part = page("a", place)
    services.trash(db, part, now=NOW)
    services.trash(db, place, now=NOW - 2 * MONTH)

    assert purge(db, NOW - MONTH, NOW) == 0
    assert purge(db, NOW + timedelta(days=1), NOW) == 2


def test_of_two_nested_deletions_each_row_goes_once(db, section, page):
    place = section("dzial")
    services.trash(db, page("a", place), now=NOW - 2 * MONTH)
    services.trash(db, place, now=NOW - 2 * MONTH)

    assert [each.items for each in purge_due(db, NOW - MONTH)] == [2]
    assert purge(db, NOW - MONTH, NOW) == 2
