import pytest
from sqlalchemy import select

from tests.letters.conftest import LINK, NOON, TOKEN, greeting
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.masking import MASK
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.services import send
from wielkopolskaes.security.permissions import Role

LIST = "/redakcja/praca/listy"


@pytest.fixture
def letter(db):
    send(db, **greeting())
    return db.scalars(select(Letter)).one()


@pytest.fixture
def office(root, person, log_in):
    return log_in(person(Role.ADMINISTRATOR))


@pytest.fixture
def production(registry, office):
    office.set_cookie("__Host-sesja", office.cookies["sesja"].strip(chr(34)))
    object.__setattr__(registry.portal, "production", True)
    yield
    object.__setattr__(registry.portal, "production", False)


def given_up(db):
    job = db.scalars(select(Job).where(Job.kind == "letter")).one()
    job.dead_at, job.attempts, job.last_error = NOON, 12, "Traceback\nRefused: 550 no"
    db.flush()


def test_letters_are_listed_by_what_became_of_them(office, letter, db):
    assert letter.subject in office.get(LIST).text
    assert letter.subject not in office.get(f"{LIST}?stan=wyslane").text

    letter.sent_at = NOON
    db.flush()
    assert letter.subject in office.get(f"{LIST}?stan=wyslane").text
    assert letter.subject not in office.get(f"{LIST}?stan=martwe").text


def test_a_letter_given_up_shows_why(office, letter, db):
    given_up(db)

    assert letter.subject in office.get(f"{LIST}?stan=martwe").text
    page = office.get(f"{LIST}/{letter.id}")
    assert "Refused: 550 no" in page.text
    assert "Traceback" not in page.text


def button(page):
    """The form that sends the letter again."""
    (form,) = {form for form in page.forms.values() if form.action.endswith("/ponow")}
    return form


def test_a_letter_given_up_is_sent_again_by_a_button(office, letter, db):
    given_up(db)

    answer = button(office.get(f"{LIST}/{letter.id}")).submit()

    assert answer.status_int == 303
    db.expire_all()
    waiting = db.scalars(select(Job).where(Job.kind == "letter", Job.done_at.is_(None))).one()
    assert (waiting.dead_at, waiting.attempts) == (None, 0)


def test_pressed_twice_the_button_sends_once(office, letter, db):
    given_up(db)
    form = button(office.get(f"{LIST}/{letter.id}"))

    assert [form.submit().status_int for _press in range(2)] == [303, 303]
    db.expire_all()
    assert (
        len(db.scalars(select(Job).where(Job.kind == "letter", Job.done_at.is_(None))).all()) == 1
    )


def test_a_letter_that_waits_has_no_such_button(office, letter):
    assert f"{LIST}/{letter.id}/ponow" not in office.get(f"{LIST}/{letter.id}").text


def test_in_production_nobody_reads_a_one_time_link(office, letter, production):
    page = office.get(f"{LIST}/{letter.id}")

    assert TOKEN not in page.text
    assert MASK in page.text


def test_a_letter_whose_time_is_over_shows_that(office, letter, db):
    letter.text = letter.html = letter.subject = ""
    letter.sent_at = letter.forgotten_at = NOON
    db.flush()

    page = office.get(f"{LIST}/{letter.id}")
    assert "ponow" not in page.text
    assert page.status_int == 200


def test_what_a_letter_says_is_shown_and_not_run(office, db):
    send(db, **greeting("xss", values={"name": "<script>alert(1)</script>"}))
    letter = db.scalars(select(Letter)).one()

    for address in (LIST, f"{LIST}/{letter.id}", "/poczta"):
        page = office.get(address)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.EDITOR, Role.AUTHOR, Role.READER])
def test_letters_are_for_administrators_alone(root, person, log_in, letter, role):
    desk = log_in(person(role))

    for address in (LIST, f"{LIST}/{letter.id}"):
        answer = desk.get(address, status="*")
        assert answer.status_int == 403
        assert letter.subject not in answer.text


def test_an_unknown_letter_is_not_found(office):
    assert office.get(f"{LIST}/99", status=404)


def test_the_mailbox_of_development_shows_the_newest_letters_with_their_links(
    browser, root, letter
):
    page = browser.get("/poczta")

    assert f'<a href="{LINK}">' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_an_empty_mailbox_says_so(browser, root):
    assert 'class="empty"' in browser.get("/poczta").text
