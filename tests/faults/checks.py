"""What must hold after every mishap: acknowledged is present, once, with its events."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.verification import verify
from wielkopolskaes.cli.checks.content import check_files, check_jobs, check_tree
from wielkopolskaes.cli.checks.database import check_reachable
from wielkopolskaes.cli.checks.findings import Level
from wielkopolskaes.jobs.models import Job, unfinished
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.tree.models import Node

# Leases of killed workers and pauses after failures are over by then.
LATER = timedelta(hours=3)


def check_everything(desk, ledger):
    """Compare the ledger with the portal, whose processes have ended; gives what was counted."""
    finish_jobs(desk)
    with desk.registry.dbsession_factory() as session:
        found = {
            "acknowledged": len(ledger),
            "unacknowledged": check_items(session, ledger),
            "letters": check_letters(desk, session, ledger),
            "files": check_uploads(session, ledger),
            "events": session.scalar(select(func.count()).select_from(Event)),
        }
        assert verify(session) == []
        assert [f for f in doctor(desk, session) if f.level is Level.WRONG] == []
    return found


def check_items(session, ledger):
    """Find each page once, and one event for each change; says how many were not told."""
    made = ledger.of("made")
    nodes = dict(session.execute(select(Node.id, Node.title).where(Node.kind == "page")).all())
    events = defaultdict(list)
    query = select(Event).where(Event.subject_kind == "item").order_by(Event.id)
    for event in session.scalars(query):
        events[event.subject_id].append(event)
    marks = defaultdict(list)
    for id_, title in nodes.items():
        first, *changes = events[id_]
        assert first.action == "item.added"
        assert {event.action for event in changes} <= {"item.edited"}
        # The event of the adding names the item as it was then: "title (address)".
        titles = [first.subject.split(" ")[0], *(event.after["title"] for event in changes)]
        assert [event.before["title"] for event in changes] == titles[:-1]
        assert title == titles[-1]
        assert len(set(titles)) == len(titles)
        marks[titles[0]].append((id_, titles))
    for mark, id_ in made:
        assert [found for found, _titles in marks[mark]] == [id_]
    assert all(len(found) == 1 for found in marks.values())
    present = {(id_, title) for ((id_, titles),) in marks.values() for title in titles[1:]}
    assert set(ledger.of("changed")) <= present
    return len(marks) - len(made) + len(present) - len(ledger.of("changed"))


def check_letters(desk, session, ledger):
    """Find one sent letter for each person that was invited."""
    invited = [email for (email,) in ledger.of("invited")]
    people = select(Person.email).where(Person.email.like("%x%@example.org"))
    present = sorted(session.scalars(people))
    assert set(invited) <= set(present)
    letters = session.scalars(select(Letter).order_by(Letter.to)).all()
    assert [letter.to for letter in letters] == present
    assert all(letter.sent_at for letter in letters)
    told = select(func.count()).select_from(Event).where(Event.action == "person.invited")
    assert session.scalar(told) == len(present)
    assert len(list((desk.registry.portal.var / "mail").glob("*.eml"))) == len(letters)
    return len(letters)


def check_uploads(session, ledger):
    """Find each picture and document that was taken once."""
    files = select(Node.title, Node.id).where(Node.kind.in_(("image", "document")))
    found = session.execute(files).all()
    titles = dict(found)
    assert len(titles) == len(found)
    told = select(Event.subject_id).where(
        Event.action == "item.added", Event.subject_id.in_(titles.values())
    )
    assert sorted(session.scalars(told)) == sorted(titles.values())
    for mark, id_ in ledger.of("sent"):
        assert titles[mark[0].upper() + mark[1:]] == id_
    return len(found)


def finish_jobs(desk):
    """Do what the killed workers have left; nothing that was promised may stay undone."""
    instant = datetime.now(UTC) + LATER
    Worker(desk.registry, clock=lambda: instant).drain()
    with desk.registry.dbsession_factory() as session:
        promised = Job.key.is_(None) | ~Job.key.like("every:%")
        assert session.scalars(select(Job.kind).where(unfinished, promised)).all() == []
        assert session.scalars(select(Job.kind).where(Job.dead_at.is_not(None))).all() == []


def doctor(desk, session):
    """Look at the database, the tree, the files and the jobs as `wielkopolskaes doctor` does."""
    now = datetime.now(UTC)
    yield from check_reachable(desk.registry.engine)
    yield from check_tree(session)
    yield from check_files(session, desk.registry.files, now=now, everything=True)
    yield from check_jobs(session, now=now)
