"""What is kept of readers, how long, and how the office answers those who ask about it."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import form_with
from tests.alerts.readers import ANNA, DAY, HOUR
from wielkopolskaes.alerts import services
from wielkopolskaes.alerts.models import Alert, Waiting, Wish
from wielkopolskaes.audit.models import Event
from wielkopolskaes.cli import main
from wielkopolskaes.retention.services import apply
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.states import State


def wish(town, email=ANNA, asked="q=a"):
    with town.work() as session:
        services.ask(session, email=email, asked=asked, lang="pl", frequency="daily", now=town.now)


def gone(town):
    return {rule.name: n for rule, n in apply(town.registry, now=town.now) if n}


def test_what_is_not_confirmed_goes_after_two_days_with_its_letter(town):
    wish(town)
    town.now += 47 * HOUR
    early = gone(town)
    town.now += 2 * HOUR

    assert early == {}
    assert gone(town) == {"alerts.wishes": 1}
    assert town.kept() == []


def test_letters_with_news_go_after_two_weeks_and_the_alert_stays(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    town.now += 15 * DAY

    assert gone(town)["alerts.letters"] == 1
    assert town.kept() == ["alert_reader"]


def test_what_was_withdrawn_and_never_came_back_is_waited_for_no_more(town):
    town.subscribe(frequency="weekly")
    pila = town.write("Spółdzielnia w Pile")
    town.pass_time()
    town.turn(pila, State.ARCHIVED)
    town.now += 61 * DAY

    gone(town)

    with town.work() as session:
        assert session.scalars(select(Waiting)).all() == []


@pytest.fixture
def administrator(town):
    return town.log_in(town.person(Role.ADMINISTRATOR))


@pytest.fixture
def canary(town):
    """Everything that the portal can know of Anna: two alerts, letters sent and not, a wish."""
    town.subscribe()
    town.subscribe("gala")
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    wish(town)
    wish(town, "jan@example.org")
    return town


def events(town):
    with town.work() as session:
        query = select(Event).where(Event.action.startswith("alerts."))
        return session.scalars(query.order_by(Event.id)).all()


def test_the_desk_counts_and_names_nobody(canary, administrator):
    page = administrator.get("/redakcja/praca/powiadomienia")

    assert [dd.get_text() for dd in page.html.select("main dd")] == ["2", "0", "0", "0", "2", "1"]
    assert ANNA not in page.text
    assert events(canary) == []


def test_the_desk_shows_what_is_kept_of_an_address_and_notes_who_looked(canary, administrator):
    form = form_with("email", administrator.get("/redakcja/praca/powiadomienia"))
    form["email"] = f" {ANNA.upper()} "

    found = form.submit(status=200)

    assert len(found.html.select("main ul li")) == 3
    (event,) = events(canary)
    assert event.action == "alerts.looked_up"
    assert ANNA not in f"{event.subject} {event.before} {event.after} {event.reason}"


def test_the_desk_erases_an_address_and_no_other(canary, administrator):
    form = form_with("email", administrator.get("/redakcja/praca/powiadomienia"))
    form["email"] = ANNA
    found = form_with("reason", form.submit())
    found["reason"] = "na prośbę"

    answer = found.submit(status=303).follow()

    assert "zostało usunięte" in answer.text
    assert canary.kept() == []
    assert canary.kept("jan@example.org") != []
    assert [(e.action, e.after, e.reason) for e in events(canary)][1:] == [
        ("alerts.erased", {"alerts": 2}, "na prośbę")
    ]


@pytest.mark.parametrize("email", ["", "anna", "x@"])
def test_the_desk_says_what_is_no_address(canary, administrator, email):
    form = form_with("email", administrator.get("/redakcja/praca/powiadomienia"))
    form["email"] = email

    assert form.submit(status=422)
    assert events(canary) == []


def test_the_command_line_erases_an_address(canary, capsys, monkeypatch, tmp_path):
    portal = canary.registry.portal
    monkeypatch.setenv("WIELKOPOLSKAES_DATABASE_URL", portal.database_url)
    monkeypatch.setenv("WIELKOPOLSKAES_VAR", str(tmp_path))
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", portal.secret)

    assert main(["alerts", "stats"]) == 0
    assert main(["alerts", "erase", "nobody", "--reason", "x"]) != 0
    assert main(["alerts", "erase", ANNA, "--reason", "na prośbę"]) == 0

    assert "addresses    1" in capsys.readouterr().out
    assert canary.kept() == []


def test_somebody_erased_as_a_person_of_the_portal_gets_no_letters_any_more(canary):
    from wielkopolskaes.accounts.models import Person
    from wielkopolskaes.retention.people import erase

    with canary.work() as session:
        person = Person(email=ANNA, name="Anna", closed_at=canary.now)
        session.add(person)
        session.flush()
        erase(session, person, now=canary.now)

    assert canary.kept() == []
    with canary.work() as session:
        assert session.scalars(select(Alert)).all() == []
        assert [each.email for each in session.scalars(select(Wish))] == ["jan@example.org"]
