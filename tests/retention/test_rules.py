from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.retention.conftest import NOW, ago
from wielkopolskaes.accounts.models import Attempt, Login, OneTimeLink
from wielkopolskaes.audit.models import Event
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.retention.rules import Rule
from wielkopolskaes.retention.services import Unapplied, apply, due


def letter(number, **columns):
    values = {"template": "t", "to": "x@example.org", "lang": "pl", "subject": "Kanarek",
              "text": "Kanarek", "html": "Kanarek", "sent_at": NOW}  # fmt: skip
    return Letter(key=f"k{number}", message_id=f"<{number}@x>", **values | columns)


@pytest.fixture
def everything(add, somebody):
    """Of each kind one that is too old and one that is not."""
    person = somebody()
    add(
        Attempt(limit="login", key="a", at=ago(hours=25)),
        Attempt(limit="login", key="a", at=ago(hours=23)),
        Login(digest="old", person_id=person.id, expires_at=ago(minutes=1)),
        Login(digest="new", person_id=person.id, expires_at=NOW + timedelta(hours=1)),
        OneTimeLink(digest="u", person_id=person.id, purpose="p",
                    expires_at=ago(days=20), used_at=ago(days=31)),
        OneTimeLink(digest="e", person_id=person.id, purpose="p", expires_at=ago(days=31)),
        OneTimeLink(digest="k", person_id=person.id, purpose="p", expires_at=ago(days=29)),
        Submission(key="old", person_id=person.id, at=ago(hours=25)),
        Submission(key="new", person_id=person.id, at=ago(hours=23)),
        letter(1, created_at=ago(days=91)),
        letter(2, created_at=ago(days=89)),
        letter(3, created_at=ago(days=732), forgotten_at=ago(days=600), subject=""),
        Job(kind="x", payload={}, run_after=ago(days=99), dead_at=ago(days=91)),
        Job(kind="x", payload={}, run_after=ago(days=99), dead_at=ago(days=89)),
    )  # fmt: skip


EXPECTED = {
    "attempts": 1, "logins": 1, "links": 2, "submissions": 1,
    "letters.text": 1, "letters": 1, "jobs.dead": 1,
}  # fmt: skip


def counted(pairs):
    return {rule.name: count for rule, count in pairs if count}


def test_a_trial_says_what_would_go_and_changes_nothing(registry, everything, left):
    before = [left(model) for model in (Attempt, Login, OneTimeLink, Submission, Letter, Job)]

    assert counted(due(registry, now=NOW)) == EXPECTED
    assert counted(due(registry, now=NOW)) == EXPECTED

    after = [left(model) for model in (Attempt, Login, OneTimeLink, Submission, Letter, Job)]
    assert before == after
    assert left(Letter, Letter.text == "") == 0
    assert left(Event) == 0


def test_what_is_too_old_goes_and_the_rest_stays(registry, everything, left):
    assert counted(apply(registry, now=NOW)) == EXPECTED

    assert left(Attempt) == left(Login) == left(OneTimeLink) == left(Submission) == 1
    assert left(Login, Login.digest == "new") == 1
    assert left(OneTimeLink, OneTimeLink.digest == "k") == 1
    assert left(Letter) == 2
    assert left(Letter, Letter.text == "Kanarek") == 1
    assert left(Job) == 1


def test_the_second_time_there_is_nothing_to_do(registry, everything):
    list(apply(registry, now=NOW))

    assert counted(due(registry, now=NOW)) == {}
    assert counted(apply(registry, now=NOW)) == {}


def test_the_trail_says_what_went_and_how_much(registry, everything):
    list(apply(registry, now=NOW))

    with registry.dbsession_factory() as session:
        events = session.scalars(select(Event).where(Event.action == "retention.applied")).all()
    assert {event.subject: event.after["count"] for event in events} == EXPECTED
    assert {event.actor for event in events} == {"job retention"}


def test_every_rule_says_why_and_on_what_ground(registry):
    for rule in registry.retention.values():
        assert rule.what
        assert rule.why
        assert rule.basis


def test_a_rule_that_fails_does_not_keep_the_others(registry, everything, left, caplog):
    def fail(*_args):
        raise RuntimeError("out of order")

    rule = Rule("broken", "x", timedelta(0), "x", "x", lambda *_: 0, fail)
    registry.retention = {"broken": rule, **registry.retention}

    with pytest.raises(Unapplied, match="broken"):
        list(apply(registry, now=NOW))
    assert left(Attempt) == 1


def test_the_rules_are_applied_every_night(registry, everything, left):
    registry.job_kinds = {"retention": registry.job_kinds["retention"]}
    moment = NOW
    worker = Worker(registry, clock=lambda: moment)

    assert worker.drain() == [True]
    assert left(Attempt) == 1
    assert worker.drain() == []
    moment = NOW + timedelta(hours=24)
    assert worker.drain() == [True]
    assert left(Attempt) == 0


def test_a_part_brings_a_rule_of_its_own(registry):
    from pyramid.config import Configurator

    rule = Rule("own", "x", timedelta(0), "x", "x", lambda *_: 3, lambda *_: 3)
    config = Configurator(registry=registry)
    config.add_retention_rule(rule)
    config.commit()

    assert counted(due(registry, now=NOW)) == {"own": 3}
