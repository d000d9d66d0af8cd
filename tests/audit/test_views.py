"""The page of events: what it says, and how it is narrowed."""

from datetime import UTC, datetime, timedelta

import pytest

from wielkopolskaes.audit.chain import append
from wielkopolskaes.audit.queries import events_of
from wielkopolskaes.audit.services import NOTED, SYSTEM, Actor, Noted, Subject
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree import services as tree

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LIST = "/redakcja/zdarzenia"


@pytest.fixture
def admin(person, log_in):
    return log_in(person(Role.ADMINISTRATOR, name="Adam Admin"))


@pytest.fixture
def happened(db):
    """Write an event as a commit would have."""

    def happened(action, subject, *, actor=SYSTEM, at=NOON, before=None, after=None,
                 reason=""):  # fmt: skip
        if not isinstance(subject, Subject):
            subject = Subject(*subject.audit_subject())
        append(db, [Noted(action, subject, before or {}, after or {}, reason, actor)], at=at)

    return happened


@pytest.fixture
def written(db):
    """Write what the verbs have noted so far."""

    def written():
        append(db, db.info.pop(NOTED), at=NOON)

    return written


def lines(page):
    return [" ".join(line.get_text().split()) for line in page.html.select(".events .told")]


def actor(person):
    return Actor(person.id, person.name, "192.0.2.0/24")


def test_an_event_is_a_sentence_with_its_time_network_and_reason(admin, happened, person, page):
    node, ewa = page("kontakt", title="Kontakt"), person(name="Ewa Próba")
    happened("item.renamed", node, actor=actor(ewa), before={"path": "/a"}, after={"path": "/b"},
             reason="literówka")  # fmt: skip

    found = admin.get(f"{LIST}?lang=en")

    assert lines(found) == ["Ewa Próba changed an address: Kontakt (/kontakt)"]
    for text in ("192.0.2.0/24", "literówka", "<del>/a</del>", "<ins>/b</ins>", "13:00",
                 f'href="/redakcja/tresci/{node.id}"'):  # fmt: skip
        assert text in found.text


def test_the_newest_come_first(admin, happened, page):
    node = page("a")
    happened("item.edited", node)
    happened("item.trashed", node)

    assert [line.split(":")[0] for line in lines(admin.get(f"{LIST}?lang=en"))] == [
        "The portal put an item in the trash", "The portal edited an item"
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), [
    ("system", "The portal"),
    ("", "Somebody who is not logged in"),
    ("command load-content", "The command load-content"),
    ("job letter", "The job letter"),
])  # fmt: skip
def test_who_is_no_person_has_a_name_too(admin, happened, name, words):
    happened("login.failed", Subject("person", None, "x@example.org"), actor=Actor(None, name))

    (line,) = lines(admin.get(f"{LIST}?lang=en"))
    assert line == f"{words} tried to log in in vain: x@example.org"


def test_what_people_do_to_themselves_is_not_said_twice(admin, happened, person):
    ewa = person(name="Ewa Próba")
    happened("login.succeeded", ewa, actor=actor(ewa))

    assert lines(admin.get(f"{LIST}?lang=en")) == ["Ewa Próba logged in"]


def test_states_kinds_and_items_are_told_in_words(admin, db, page, section, written):
    under = section("portal", title="Portal")
    one, two = page("a", under, title="Pierwsza"), page("b", under, title="Druga")
    tree.reorder(db, under, [two.id, one.id], now=NOON)
    written()

    text = admin.get(f"{LIST}?lang=en").text

    assert "<ins>Published</ins>" in text
    assert "<ins>Page</ins>" in text
    assert "<ins>Druga; Pierwsza</ins>" in text


def test_stored_markup_is_shown_as_text(admin, happened, page):
    happened("item.edited", page("a"), after={"body": "<script>alert(1)</script>"},
             reason="<b>x</b>", actor=Actor(None, "<i>"))  # fmt: skip

    text = admin.get(LIST).text
    assert "<script>alert" not in text
    assert "<b>x" not in text
    assert '<strong translate="no"><i>' not in text


@pytest.fixture
def three(happened, person, page):
    """Ewa edits a page in March, Jan throws it away in April, and changes Ewa in May."""
    ewa, jan, node = person(name="Ewa Próba"), person(name="Jan Próbny"), page("kontakt")
    happened("item.edited", node, actor=actor(ewa), at=NOON)
    happened("item.trashed", node, actor=actor(jan), at=NOON + timedelta(days=31))
    happened("person.changed", ewa, actor=actor(jan), at=NOON + timedelta(days=62))
    return {"ewa": ewa.id, "jan": jan.id, "item": node.id}


@pytest.mark.parametrize(("query", "found"), [
    ("", 3),
    ("osoba={ewa}", 2),
    ("osoba={jan}", 2),
    ("osoba=999999", 0),
    ("czynnosc=item.trashed", 1),
    ("tresc=/kontakt", 2),
    ("tresc={item}", 2),
    ("tresc=999999", 0),
    ("od=2026-03-05", 2),
    ("do=2026-03-04", 1),
    ("do=2026-03-03", 0),
    ("od=2026-03-04&do=2026-04-04", 2),
    ("osoba={jan}&czynnosc=item.trashed&tresc=/kontakt", 1),
    ("osoba={ewa}&czynnosc=item.trashed", 0),
])  # fmt: skip
def test_the_list_is_narrowed(admin, three, query, found):
    assert len(lines(admin.get(f"{LIST}?{query.format(**three)}"))) == found


def test_a_day_is_one_of_the_clocks_of_poland(admin, happened, page):
    happened("item.edited", page("a"), at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC))

    assert lines(admin.get(f"{LIST}?do=2026-03-04")) == []
    assert len(lines(admin.get(f"{LIST}?od=2026-03-05&do=2026-03-05"))) == 1


def test_what_makes_no_sense_is_said_at_its_field_and_kept(admin, three):
    found = admin.get(f"{LIST}?lang=en&od=30.11.2026&tresc=/nie-ma")

    assert len(lines(found)) == 3
    assert found.html.select("#z-od")[0].get("value") == "30.11.2026"
    for field in ("od", "tresc"):
        (box,) = found.html.select(f"#z-{field}")
        assert box.get("aria-invalid") == "true"
        assert found.html.select(f"#z-{field}-e")
        assert f"z-{field}-e" in box["aria-describedby"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0000-00-00"])
@pytest.mark.parametrize("field", ["od", "do"])
def test_a_day_at_the_end_of_the_calendar_is_no_day_of_ours(admin, three, field, day):
    found = admin.get(f"{LIST}?{field}={day}")

    assert len(lines(found)) == 3
    assert found.html.select(f"#z-{field}-e")


def test_pages_of_fifty_keep_the_conditions(admin, happened, page):
    node = page("a")
    for _number in range(51):
        happened("item.edited", node)

    first = admin.get(f"{LIST}?czynnosc=item.edited")
    second = admin.get(f"{LIST}?czynnosc=item.edited&strona=2")

    assert (len(lines(first)), len(lines(second))) == (50, 1)
    assert "?czynnosc=item.edited&amp;strona=2" in first.text
    admin.get(f"{LIST}?czynnosc=item.edited&strona=3", status=404)


def test_a_page_of_many_events_costs_the_queries_of_one(admin, happened, page, queries):
    def cost():
        queries.clear()
        admin.get(LIST)
        return len(queries)

    happened("item.edited", page("a"))
    admin.get(LIST)
    one = cost()
    for number in range(20):
        happened("item.edited", page(f"a{number}"))

    assert cost() == one


@pytest.mark.parametrize("role", [None, Role.READER, Role.AUTHOR, Role.EDITOR, Role.PUBLISHER])
def test_only_administrators_read_events(person, log_in, three, role):
    answer = log_in(person(role) if role else person()).get(LIST, status=403)
    assert "kontakt" not in answer.text.split("<main")[1]


def test_strangers_are_sent_to_the_login(browser, three):
    assert "/zaloguj" in browser.get(LIST, status=303).location


def test_nobody_keeps_the_page(admin):
    assert admin.get(LIST).headers["Cache-Control"] == "no-store"


def test_an_item_has_events_of_its_own(db, three):
    assert [each.action for each in events_of(db, "item", three["item"])] == [
        "item.trashed", "item.edited"
    ]  # fmt: skip
    assert [each.action for each in events_of(db, "person", three["ewa"])] == ["person.changed"]
