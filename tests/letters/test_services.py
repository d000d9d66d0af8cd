import pytest
from sqlalchemy import select

from tests.letters.conftest import LINK, NOON, greeting
from wielkopolskaes.db import work
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.services import UnsafeHeader, send


def letters(db):
    return db.scalars(select(Letter).order_by(Letter.id)).all()


def test_a_letter_and_its_job_are_written_together(db):
    send(db, **greeting())

    (letter,) = letters(db)
    assert (letter.to, letter.lang, letter.sent_at) == ("lucja@example.org", "pl", None)
    assert LINK in letter.text
    job = db.scalars(select(Job).where(Job.kind == "letter")).one()
    assert job.payload == {"letter_id": letter.id}
    assert job.run_after == NOON


def test_a_letter_belongs_to_a_person_when_told(db, person):
    reader = person()
    send(db, **greeting(person_id=reader.id))

    assert letters(db)[0].person_id == reader.id


def test_the_same_promise_twice_is_one_letter(db):
    send(db, **greeting())
    send(db, **greeting(values={"name": "ktoś inny"}))

    (letter,) = letters(db)
    assert "Łucja" in letter.text
    assert len(db.scalars(select(Job).where(Job.kind == "letter")).all()) == 1


def test_every_letter_has_a_message_id_of_its_own(db):
    for key in ("a", "b"):
        send(db, **greeting(key))

    one, other = letters(db)
    assert one.message_id != other.message_id
    assert one.message_id.startswith("<")
    assert one.message_id.endswith("@localhost>")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "lucja",
        "lucja@example.org\nBcc: all@example.org",
        "lucja@example.org\r",
        "lucja@example.org, all@example.org",
        "Łucja <lucja@example.org>",
        "lucja@example.org\u2028",
        "łucja@example.org",
        "lucja@..example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(db, to):
    with pytest.raises(UnsafeHeader):
        send(db, **greeting(to=to))
    assert letters(db) == []


def test_a_host_with_polish_letters_is_written_as_servers_know_it(db):
    send(db, **greeting(to="lucja@gęś.example"))

    assert letters(db)[0].to == "lucja@xn--g-1ia2r.example"


@pytest.mark.parametrize("name", ["Łucja\r\nBcc: x@example.org", "Łucja\nX: y", "a\0b", "x" * 400])
def test_a_subject_that_would_break_its_line_is_refused(db, name):
    with pytest.raises(UnsafeHeader):
        send(db, **greeting(values={"name": name}))
    assert letters(db) == []


def test_words_bound_by_typography_are_no_danger_in_a_subject(db):
    send(db, **greeting(values={"name": "Zaproszenie do\u00a0pracy w\u00a0portalu"}))

    assert letters(db)[0].subject == "Zażółć: Zaproszenie do pracy w portalu"


def test_a_transaction_that_fails_writes_no_letter(office):
    def write_and_fail():
        with work(office.registry) as session:
            send(session, **greeting())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert (office.look().letters, office.look().jobs) == ([], [])
