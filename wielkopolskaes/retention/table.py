"""The rules: what is kept, for how long, why, and on what legal ground.

This is the office's schedule as data; a part may bring more with ``config.add_retention_rule``.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Attempt, Login, OneTimeLink
from wielkopolskaes.audit import retention as events
from wielkopolskaes.filetext.models import FileText
from wielkopolskaes.filetext.queries import shown_by_none
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.newsroom import trash
from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.retention import people
from wielkopolskaes.retention.rules import (
    ACCOUNTABILITY,
    NO_PERSONAL_DATA,
    PUBLIC_TASK,
    SECURITY,
    Rule,
    rows,
)
from wielkopolskaes.search.models import SearchChange

DAY = timedelta(days=1)


def _readable_letters(before: datetime) -> ColumnElement[bool]:
    return (Letter.created_at < before) & Letter.forgotten_at.is_(None)


def _read_by_all(before: datetime) -> ColumnElement[bool]:
    # The newest stays: its number tells how far the log has come.
    newest = select(func.max(SearchChange.seq)).scalar_subquery()
    return (SearchChange.at < before) & (SearchChange.seq < newest)


def _count_texts(session: Session, before: datetime) -> int:
    query = select(func.count()).select_from(Letter).where(_readable_letters(before))
    return session.scalar(query) or 0


def _forget_texts(session: Session, before: datetime, now: datetime) -> int:
    gone: Any = session.execute(
        update(Letter)
        .where(_readable_letters(before))
        .values(subject="", text="", html="", forgotten_at=now)
        .execution_options(synchronize_session=False)
    )
    return gone.rowcount


RULES = (
    rows(
        "attempts", Attempt, lambda before: Attempt.at < before,
        what="tries at logging in and at new passwords", kept=DAY,
        why="the longest limit counts a day", basis=SECURITY,
    ),
    rows(
        "logins", Login, lambda before: Login.expires_at < before,
        what="logins that have run out", kept=timedelta(0),
        why="they open nothing any more", basis=SECURITY,
    ),
    rows(
        "links", OneTimeLink,
        lambda before: or_(OneTimeLink.used_at < before, OneTimeLink.expires_at < before),
        what="one-time links used or expired", kept=30 * DAY,
        why="to answer that a link is used up rather than unknown", basis=SECURITY,
    ),
    rows(
        "submissions", Submission, lambda before: Submission.at < before,
        what="keys of forms that were sent", kept=DAY,
        why="a form sent twice makes one item", basis=PUBLIC_TASK,
    ),
    Rule(
        "trash", "items in the trash, with all that is under them", trash.KEPT,
        "to restore what was deleted by mistake", NO_PERSONAL_DATA,
        lambda session, before: sum(one.items for one in trash.purge_due(session, before)),
        trash.purge,
    ),
    Rule(
        "letters.text", "subjects and texts of letters", 90 * DAY,
        "to help a reader who lost a letter", PUBLIC_TASK, _count_texts, _forget_texts,
    ),
    rows(
        "letters", Letter, lambda before: Letter.created_at < before,
        what="that a letter was sent, and to whom", kept=731 * DAY,
        why="to answer whether somebody was written to", basis=PUBLIC_TASK,
    ),
    rows(
        "files.text", FileText, lambda before: shown_by_none() & (FileText.read_at < before),
        what="texts of files that no item shows any more", kept=timedelta(0),
        why="a text is kept for the sake of the item that it is found through", basis=PUBLIC_TASK,
    ),
    rows(
        "search.changes", SearchChange, _read_by_all,
        what="which items the search had to read anew", kept=30 * DAY,
        why="an index that was away catches up; one away for longer is made anew",
        basis=NO_PERSONAL_DATA,
    ),
    rows(
        "jobs.dead", Job, lambda before: Job.dead_at < before,
        what="jobs that were given up", kept=90 * DAY,
        why="somebody has to see them first", basis=NO_PERSONAL_DATA,
    ),
    Rule(
        "people", "names and addresses of people with closed accounts", 365 * DAY,
        "to ask back about work just ended", PUBLIC_TASK, people.due, people.forget,
    ),
    Rule(
        "events", "events", 731 * DAY,
        "to say who did what", ACCOUNTABILITY, events.due, events.forget,
    ),
)  # fmt: skip
