"""One person's events as a file that leaks nobody else's and that no spreadsheet computes."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audit.conftest import thing
from wielkopolskaes.audit.chain import append
from wielkopolskaes.audit.exports import COLUMNS, defused
from wielkopolskaes.audit.services import NOTED, Actor, Noted, Subject, noted
from wielkopolskaes.security.permissions import Role

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def admin(person, log_in):
    return log_in(person(Role.ADMINISTRATOR, name="Adam Admin"))


@pytest.fixture
def ewa(db, person):
    """Somebody with a name, a subject and a reason that are formulas, among others' events."""
    ewa, jan = person(name="=1+1"), person(name="Jan Próbny")
    own, other = Actor(ewa.id, ewa.name, "192.0.2.0/24"), Actor(jan.id, jan.name)
    append(
        db,
        [
            Noted("item.edited", thing("@SUM(A1)"), {}, {"lead": "Zażółć"}, "-2+3", own),
            Noted("item.edited", thing("secret of Jan"), {}, {}, "", other),
            Noted("role.granted", Subject("person", ewa.id, "\tEwa"), {}, {"role": "x"}, "", other),
        ],
        at=NOON,
    )
    return ewa


def form_of(app, person):
    address = f"/redakcja/zdarzenia/osoba/{person.id}"
    return next(form for form in app.get(address).forms.values() if form.action == address)


def export(app, person, kind):
    return form_of(app, person).submit("format", value=kind)


def table(answer):
    assert answer.content_type == "text/csv"
    text = io.StringIO(answer.body.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_the_table_holds_what_a_person_did_and_what_was_done_to_them(admin, ewa):
    rows = table(export(admin, ewa, "csv"))

    assert list(rows[0]) == list(COLUMNS)
    assert [row["action"] for row in rows] == ["item.edited", "role.granted"]
    assert rows[0]["at"] == "2026-03-04T12:00:00+00:00"
    assert rows[0]["after"] == '{"lead": "Zażółć"}'
    assert "secret" not in str(rows)


def test_no_cell_is_a_formula(admin, ewa):
    rows = table(export(admin, ewa, "csv"))

    assert [row["actor"] for row in rows] == ["'=1+1", "Jan Próbny"]
    assert [row["subject"] for row in rows] == ["'@SUM(A1)", "'\tEwa"]
    assert rows[0]["reason"] == "'-2+3"
    assert not [c for row in rows for c in row.values() if c.startswith(tuple("=+-@\t\r"))]


@given(st.text() | st.text("=+-@;,\t\r\n'a"))
def test_no_text_becomes_a_formula_and_none_is_lost(text):
    cell = defused(text)

    for part in re.split(r"[;,\n]", cell):
        assert not part.startswith(tuple("=+-@\t\r"))
    assert cell.replace("'", "") == text.replace("'", "")


def test_no_spreadsheet_of_another_language_sees_a_formula_inside_of_a_text(admin, db, ewa):
    own = Actor(ewa.id, "x;=1+1", "")
    after = {"lead": "a,=cmd|' /C calc'!A0"}
    append(db, [Noted("item.edited", thing("a,+1"), {}, after, "b;@SUM(A1)", own)], at=NOON)

    text = export(admin, ewa, "csv").body.decode("utf-8-sig")

    assert not re.search(r"[;,\n][=+@-]", text)


def test_the_data_name_the_person_and_keep_texts_as_they_are(admin, ewa):
    answer = export(admin, ewa, "json")

    assert answer.json["person"] == {"id": ewa.id, "name": "=1+1", "email": ewa.email}
    assert [each["reason"] for each in answer.json["events"]] == ["-2+3", ""]
    assert "secret" not in answer.text


def test_the_answer_is_a_file_that_nobody_keeps(admin, ewa):
    answer = export(admin, ewa, "csv")

    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="zdarzenia-osoba-{ewa.id}-2'
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_export_is_an_event_itself(admin, ewa, db):
    db.info.pop(NOTED, None)
    export(admin, ewa, "json")

    (event,) = noted(db)
    assert (event.action, event.subject.id, event.after) == (
        "events.exported", ewa.id, {"format": "json"}
    )  # fmt: skip
    assert event.actor.name == "Adam Admin"


def test_looking_at_the_page_is_none(admin, ewa, db):
    db.info.pop(NOTED, None)
    admin.get(f"/redakcja/zdarzenia/osoba/{ewa.id}")

    assert noted(db) == []


def test_there_are_no_other_formats_and_no_unknown_persons(admin, ewa):
    token = form_of(admin, ewa)["csrf_token"].value
    fields = {"csrf_token": token, "format": "xlsx"}
    admin.post(f"/redakcja/zdarzenia/osoba/{ewa.id}", fields, status=400)
    admin.get("/redakcja/zdarzenia/osoba/999999", status=404)


def test_an_editor_exports_nothing(person, log_in, ewa):
    app = log_in(person(Role.EDITOR))

    app.get(f"/redakcja/zdarzenia/osoba/{ewa.id}", status=403)


def test_no_token_no_export(admin, ewa, db):
    db.info.pop(NOTED, None)
    admin.post(f"/redakcja/zdarzenia/osoba/{ewa.id}", {"format": "csv"}, status=400)

    assert noted(db) == []


def test_an_open_browser_is_not_enough(person, log_in, ewa, db):
    long_ago = datetime.now(UTC) - timedelta(minutes=30)
    app = log_in(person(Role.ADMINISTRATOR), begun=long_ago)
    db.info.pop(NOTED, None)

    answer = app.get(f"/redakcja/zdarzenia/osoba/{ewa.id}", status=303)

    assert "/konto/potwierdz" in answer.location
    assert noted(db) == []
