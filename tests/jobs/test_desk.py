"""The queue at the desk: what an administrator sees of it and can do about what failed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from wielkopolskaes.audit.services import NOTED, noted
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.outbox import PROMISED
from wielkopolskaes.jobs.queries import Stage, counts, page_of
from wielkopolskaes.jobs.services import NotNow, drop, retry, retry_all
from wielkopolskaes.security.permissions import Role

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
LIST = "/redakcja/praca/zadania"
AT = {
    Stage.WAITING: {},
    Stage.RUNNING: {"locked_by": "host:1", "locked_until": NOW + HOUR, "attempts": 1},
    Stage.FAILED: {"attempts": 2, "last_error": "Traceback\nOSError: no route"},
    Stage.DEAD: {"attempts": 12, "last_error": "Traceback\nOSError: <b>no</b> route",
                 "dead_at": NOW - HOUR},
}  # fmt: skip


@pytest.fixture
def job(db):
    """Put a job of some stage into the outbox."""

    def job(stage, key=None, **values):
        values = {"run_after": NOW + HOUR, **AT[stage], **values}
        made = Job(kind="letter", payload={"to": "secret@example.org"}, key=key, **values)
        db.add(made)
        db.flush()
        return made

    return job


@pytest.fixture
def admin(person, log_in):
    return log_in(person(Role.ADMINISTRATOR, name="Adam Admin"))


def actions(db):
    return [(each.action, each.subject.name, each.after) for each in noted(db)]


def test_each_job_stands_in_one_way(db, job):
    for stage in Stage:
        job(stage)
    job(Stage.RUNNING, last_error="OSError", attempts=2)
    job(Stage.FAILED, locked_until=NOW - HOUR, locked_by="died:1")
    job(Stage.WAITING, done_at=NOW)

    assert counts(db, NOW) == {
        Stage.WAITING: 1, Stage.RUNNING: 2, Stage.FAILED: 2, Stage.DEAD: 1
    }  # fmt: skip
    for stage, number in counts(db, NOW).items():
        assert len(page_of(db, stage, NOW, size=9, number=1)) == number


def test_an_empty_outbox_has_none_of_any(db):
    assert set(counts(db, NOW).values()) == {0}


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.FAILED, Stage.DEAD])
def test_a_job_is_tried_again_at_once_with_all_its_attempts(db, job, stage):
    found = job(stage, key="letter:7")

    retry(db, found, now=NOW)

    assert (found.dead_at, found.attempts, found.run_after) == (None, 0, NOW)
    assert db.info[PROMISED]
    assert actions(db) == [("job.retried", "letter letter:7", {})]


def test_a_running_job_and_one_that_is_done_are_left_alone(db, job):
    for found in (job(Stage.RUNNING), job(Stage.WAITING, done_at=NOW)):
        with pytest.raises(NotNow):
            retry(db, found, now=NOW)
    assert actions(db) == []


def test_a_dead_job_stays_dead_when_a_younger_one_does_the_same(db, job):
    dead = job(Stage.DEAD, key="k")
    job(Stage.WAITING, key="k")

    with pytest.raises(NotNow):
        retry(db, dead, now=NOW)

    assert dead.dead_at is not None


def test_all_dead_jobs_are_tried_again(db, job):
    job(Stage.DEAD), job(Stage.DEAD), job(Stage.FAILED)

    assert retry_all(db, now=NOW) == 2

    assert counts(db, NOW)[Stage.DEAD] == 0
    assert actions(db) == [("jobs.retried", "", {"jobs": 2})]
    db.info.pop(NOTED)
    assert retry_all(db, now=NOW) == 0
    assert actions(db) == []


def test_only_a_dead_job_is_dropped(db, job):
    dead, failed = job(Stage.DEAD, key="k"), job(Stage.FAILED)

    drop(db, dead)
    with pytest.raises(NotNow):
        drop(db, failed)

    assert db.scalars(select(Job)).all() == [failed]
    assert actions(db) == [("job.dropped", "letter k", {})]


def test_a_stage_lists_its_jobs_with_error_and_next_attempt(admin, job):
    job(Stage.FAILED, key="letter:7")
    job(Stage.WAITING, key="other")

    text = admin.get(f"{LIST}?stan=nieudane&lang=en").text

    assert "OSError: no route" in text
    assert "letter:7" in text
    assert (NOW + HOUR).isoformat() in text
    assert "2 of 12" in text
    assert "other" not in text
    assert "(1)" in text


def test_what_a_job_is_for_is_not_shown_and_errors_are_text(admin, job):
    job(Stage.DEAD)

    text = admin.get(f"{LIST}?stan=martwe").text

    assert "secret@example.org" not in text
    assert "<b>no</b>" not in text
    assert "&lt;b&gt;no" in text


def test_the_buttons_do_what_they_say(admin, db, job):
    again, gone, last = job(Stage.DEAD, key="a"), job(Stage.DEAD, key="b"), job(Stage.DEAD)
    db.info.pop(NOTED, None)

    def press(address):
        page = admin.get(f"{LIST}?stan=martwe")
        form = next(f for f in page.forms.values() if f.action == f"{LIST}/{address}")
        return form.submit(status=303).follow(status=200)

    assert press(f"{again.id}/ponow").html.select("[role=status]")
    press(f"{gone.id}/porzuc")
    press("ponow-martwe")

    db.expire_all()
    assert {job.id: job.dead_at for job in db.scalars(select(Job))} == {
        again.id: None, last.id: None
    }  # fmt: skip
    assert [action for action, *_rest in actions(db)] == [
        "job.retried", "job.dropped", "jobs.retried"
    ]  # fmt: skip


def test_what_cannot_be_done_is_said(admin, db, job):
    dead = job(Stage.DEAD, key="a")
    form = next(
        f for f in admin.get(f"{LIST}?stan=martwe").forms.values()
        if f.action.endswith(f"{dead.id}/ponow")
    )  # fmt: skip
    job(Stage.WAITING, key="a")

    assert "nie-teraz" in form.submit(status=303).location


def test_the_overview_counts_letters_and_jobs(admin, job):
    job(Stage.DEAD)

    page = admin.get("/redakcja/praca?lang=en")

    assert [dd.get_text() for dd in page.html.select("[aria-labelledby=zadania] dd")] == [
        "0", "0", "0", "1"
    ]  # fmt: skip
    assert len(page.html.select("[aria-labelledby=listy] dd")) == 3


ADDRESSES = ["/redakcja/praca", LIST, f"{LIST}?stan=martwe"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_others_see_nothing_of_it(person, log_in, browser, job, address):
    job(Stage.DEAD)

    assert "OSError" not in log_in(person(Role.PUBLISHER)).get(address, status=403).text
    assert "/zaloguj" in browser.get(address, status=303).location


@pytest.mark.parametrize("verb", ["ponow", "porzuc"])
def test_others_change_nothing(person, log_in, db, job, verb):
    dead = job(Stage.DEAD)
    app = log_in(person(Role.PUBLISHER))

    app.post(f"{LIST}/{dead.id}/{verb}", status=[400, 403])

    db.expire_all()
    assert db.get(Job, dead.id).dead_at is not None


@pytest.mark.parametrize("address", [f"{LIST}/1/ponow", f"{LIST}/1/porzuc", f"{LIST}/ponow-martwe"])
def test_no_get_changes_anything(admin, db, job, address):
    dead = job(Stage.DEAD)

    admin.get(address.replace("/1/", f"/{dead.id}/"), status=404)

    assert db.get(Job, dead.id).dead_at is not None


def test_an_unknown_job_is_not_found(admin, job):
    job(Stage.DEAD)
    form = admin.get(f"{LIST}?stan=martwe").forms.values()
    token = next(f for f in form if "ponow" in f.action)["csrf_token"].value

    admin.post(f"{LIST}/999999/ponow", {"csrf_token": token}, status=404)


def test_a_page_that_is_not_there_is_not_found(admin):
    admin.get(f"{LIST}?strona=2", status=404)
