from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.accounts.conftest import PASSWORD, form_with
from tests.accounts.letters import letters_to, link_in
from wielkopolskaes.accounts import services
from wielkopolskaes.accounts.errors import AlreadyKnown, BadEmail, LinkDead
from wielkopolskaes.accounts.links import INVITATION, RESET, issue, owner, use
from wielkopolskaes.accounts.models import OneTimeLink, Person
from wielkopolskaes.audit.services import noted
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.security.permissions import Role

NEW = "trzy-kaczki-w-kapeluszach"


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def invited(db, now):
    """Somebody new, and the path of the link in their letter."""
    person, _token = services.invite(
        db, email="Jan@Example.org", name="Jan Nowak", grants=[(Role.AUTHOR, None)], now=now
    )
    return person, link_in(letters_to(db, "jan@example.org")[0])


def accept(browser, link, *, password=NEW, name="Jan Nowak", **more):
    form = form_with("password", browser.get(link))
    form["name"], form["password"] = name, password
    for field, value in more.items():
        form[field] = value
    return form.submit(status="*")


def test_the_letter_leads_to_an_account(browser, db, invited, root):
    jan, link = invited
    assert not jan.is_active

    answer = accept(browser, link, name="Jan  Nowak-Kowalski ")

    assert answer.location == "http://localhost/redakcja"
    assert jan.name == "Jan Nowak-Kowalski"
    assert jan.is_active
    assert jan.name in browser.get("/").text


def test_the_trail_says_who_has_come_and_from_where(browser, db, invited, root):
    jan, link = invited
    browser.extra_environ["REMOTE_ADDR"] = "192.0.2.77"

    accept(browser, link)

    joined = next(event for event in noted(db) if event.action == "person.joined")
    assert joined.actor == (jan.id, "Jan Nowak", "192.0.2.0/24")


@pytest.mark.parametrize("purpose", [INVITATION, RESET])
def test_the_log_tells_of_a_link_and_not_what_opens_it(browser, db, invited, caplog, now, root,
                                                       purpose):  # fmt: skip
    jan, _link = invited
    token = issue(db, jan, purpose, now)
    place = {INVITATION: "/zaproszenie/", RESET: "/nowe-haslo/"}[purpose]

    with caplog.at_level("INFO", "wielkopolskaes.access"):
        browser.get(f"{place}{token}")
        browser.get(f"{place}{token}/", status=404)
        browser.post(f"{place}{token}", status="*")

    told = [record.path for record in caplog.records if record.name == "wielkopolskaes.access"]
    assert told == [f"{place}…"] * 3


def test_an_invitation_works_once(browser, invited, root):
    _jan, link = invited
    accept(browser, link)

    assert browser.get(link, status=410)


def test_an_invitation_works_for_seven_days(browser, db, invited, root):
    _jan, link = invited
    db.execute(update(OneTimeLink).values(expires_at=datetime.now(UTC)))

    assert browser.get(link, status=410)
    assert timedelta(days=7) == services.links.LIFE[INVITATION]


def test_a_second_invitation_makes_the_first_one_dead(browser, db, invited, now, root):
    jan, link = invited
    services.invite_again(db, jan, now)

    assert browser.get(link, status=410)
    assert browser.get(link_in(letters_to(db, jan.email)[1]), status=200)


@pytest.mark.parametrize("password", ["krotkie", "JanNowak-2026!", "x" * 129])
def test_a_weak_password_is_refused_and_the_rest_stays_typed(browser, invited, root, password):
    jan, link = invited

    answer = accept(browser, link, password=password, name="Jan Kowalski")

    assert answer.status_int == 422
    assert 'value="Jan Kowalski"' in answer.text
    assert password not in answer.text
    assert not jan.is_active
    assert answer.html.find(class_="error-summary").find("a")["href"] == "#password"


def test_a_role_that_asks_for_it_leads_to_the_second_factor(browser, db, now, root):
    services.invite(
        db, email="jan@example.org", name="Jan", grants=[(Role.PUBLISHER, None)], now=now
    )

    answer = accept(browser, link_in(letters_to(db, "jan@example.org")[0]))

    assert answer.location == "http://localhost/zaloguj/drugi-skladnik"
    assert browser.get("/redakcja", status="*").status_int != 200


def test_an_invitation_that_is_none_says_the_same_as_a_used_one(browser, invited, root):
    _jan, link = invited
    accept(browser, link)
    browser.reset()

    def seen(path):
        answer = browser.get(path, status=410)
        return answer.text.replace(path, "")

    assert seen(link) == seen("/zaproszenie/" + "x" * 43)


@pytest.mark.parametrize(
    "email", ["", "jan", "jan@", "@example.org", "jan@example", "a b@example.org", "jan@e.org\n",
              "jan@example.org, ewa@example.org", "x" * 250 + "@example.org",
              # No letter gets there: mail knows no such letters, and no such hosts.
              "łucja@example.org", f"jan@{'x' * 64}.org", "7@erased.invalid"]
)  # fmt: skip
def test_what_is_no_address_is_refused(db, now, email):
    if email.endswith("\n"):
        email = "jan\n@example.org"
    with pytest.raises(BadEmail):
        services.invite(db, email=email, name="Jan", now=now)


def test_an_address_belongs_to_one_person(db, invited, now):
    with pytest.raises(AlreadyKnown):
        services.invite(db, email="JAN@example.org", name="Drugi Jan", now=now)


def test_the_first_administrator_types_their_address(browser, db, now, root):
    token = services.invite_first(db, now)

    answer = accept(browser, f"/zaproszenie/{token}", email="Szefowa@Example.org")

    assert answer.location == "http://localhost/zaloguj/drugi-skladnik"
    boss = db.scalars(select(Person)).one()
    assert boss.email == "szefowa@example.org"
    assert [(g.role, g.node_id) for g in boss.grants] == [(Role.ADMINISTRATOR, None)]


def test_the_first_invitation_can_be_printed_again_until_it_is_accepted(browser, db, now, root):
    first, second = services.invite_first(db, now), services.invite_first(db, now)

    assert first != second
    assert browser.get(f"/zaproszenie/{first}", status=410)
    accept(browser, f"/zaproszenie/{second}", email="szefowa@example.org")
    assert services.invite_first(db, now) is None


def test_nobody_logs_in_as_the_administrator_without_an_address(db, enter, now, root):
    services.invite_first(db, now)

    assert enter("", "").status_int == 422


def ask(browser, email):
    form = form_with("email", browser.get("/nowe-haslo"))
    form["email"] = email
    return form.submit(status="*")


def carried_out(db, now):
    """Do what the worker would do."""
    jobs = db.scalars(select(Job).where(Job.kind == services.RESET_JOB).order_by(Job.id)).all()
    for job in jobs:
        services.send_reset(db, job.payload["person_id"], now)


def test_a_new_password_by_letter(browser, db, known, enter, now, root):
    ewa = known(Role.EDITOR)
    enter(ewa.email)
    stolen = browser.cookies["sesja"]
    browser.reset()
    ask(browser, ewa.email)
    carried_out(db, now)

    form = form_with("password", browser.get(link_in(letters_to(db, ewa.email)[0])))
    form["password"] = NEW
    answer = form.submit()

    assert answer.location == "http://localhost/zaloguj?zrobiono=haslo"
    assert "sesja" not in browser.cookies
    assert enter(ewa.email, PASSWORD).status_int == 422
    assert enter(ewa.email, NEW).status_int == 303
    browser.reset()
    browser.set_cookie("sesja", stolen)
    assert ewa.name not in browser.get("/").text
    assert len(letters_to(db, ewa.email)) == 2


def test_asking_tells_nothing_about_the_address(browser, db, known, root):
    known(Role.EDITOR, email="a@example.org")
    known(Role.EDITOR, email="c@example.org", closed_at=datetime.now(UTC))

    answers = [ask(browser, email) for email in ("a@example.org", "b@example.org", "c@example.org")]

    assert {(a.status_int, a.location) for a in answers} == {
        (303, "http://localhost/nowe-haslo?wyslano=1")
    }
    payloads = [job.payload for job in db.scalars(select(Job)) if job.kind == services.RESET_JOB]
    assert [bool(payload["person_id"]) for payload in payloads] == [True, False, False]
    assert [set(payload) for payload in payloads] == [{"person_id"}] * 3


def test_no_letter_for_whom_cannot_log_in(db, known, now):
    closed = known(Role.EDITOR, closed_at=now)

    assert services.send_reset(db, closed.id, now) is None
    assert services.send_reset(db, 0, now) is None
    assert letters_to(db, closed.email) == []


def test_five_resets_a_day(browser, known, root):
    ewa = known(Role.EDITOR)

    statuses = [ask(browser, email).status_int for email in [ewa.email] * 6 + ["b@example.org"]]

    assert statuses == [303] * 5 + [429, 303]


def test_a_link_works_for_its_purpose_alone(db, known, now):
    ewa = known(Role.EDITOR)
    token = issue(db, ewa, RESET, now)

    assert owner(db, token, RESET, now) is ewa
    for purpose, moment in ((INVITATION, now), (RESET, now + timedelta(hours=1))):
        with pytest.raises(LinkDead):
            owner(db, token, purpose, moment)


def test_of_two_who_use_a_link_at_once_one_is_late(db, known, now):
    token = issue(db, known(Role.EDITOR), RESET, now)
    use(db, token, now)

    with pytest.raises(LinkDead):
        use(db, token, now)


def test_the_database_does_not_hold_the_token(db, known, now):
    token = issue(db, known(Role.EDITOR), RESET, now)

    assert token not in db.scalars(select(OneTimeLink.digest)).all()


def test_a_letter_never_holds_the_host_that_was_asked_for(browser, db, known, now, root):
    ewa = known(Role.EDITOR)
    form = form_with("email", browser.get("/nowe-haslo"))
    form["email"] = ewa.email
    form.submit(headers={"X-Forwarded-Host": "evil.example"})
    carried_out(db, now)

    assert "evil" not in letters_to(db, ewa.email)[0]
