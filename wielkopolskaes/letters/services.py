"""Writing letters: rendered and promised in the transaction that has the reason for them.

A letter and the job that sends it are committed together with that reason, or vanish with it.
`delivery` says what "exactly once" can mean for mail.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, null, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import record
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.letters.masking import is_masked
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.queries import KIND, is_dead, job_key

if TYPE_CHECKING:
    from wielkopolskaes.letters.rendering import Press

PRESS = "wielkopolskaes.letters.press"
LONGEST_SUBJECT = 300

_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


class UnsafeHeader(ValueError):
    """An address or a subject would break out of its line in the letter's head."""


class NotAgain(Exception):
    """The letter cannot be sent once more: it waits, or its text is there no longer."""


def send(
    session: Session,
    *,
    template: str,
    to: str,
    lang: str,
    values: Mapping[str, Any],
    now: datetime,
    key: str,
    person_id: int | None = None,
    unsubscribe: str = "",
) -> None:
    """Write a letter and promise that it will be sent; once for each `key`, however often asked.

    `template` is a full asset name and extends `wielkopolskaes:letters/templates/letter.jinja2`.
    `values` are what it shows; addresses among them are made from `portal.base_url`. At the
    address `unsubscribe` mail programs end what the letter belongs to (RFC 8058).
    """
    to = mailbox(to)
    press: Press = session.info[PRESS]
    words = press.render(template, lang, values)
    if not words.subject.isprintable() or not 0 < len(words.subject) <= LONGEST_SUBJECT:
        raise UnsafeHeader("subject")
    letter_id = _insert(
        session, key=key, template=template, to=to, lang=lang, person_id=person_id,
        message_id=f"<{uuid4().hex}@{press.domain}>", created_at=now, unsubscribe=unsubscribe,
        **words._asdict(),
    )  # fmt: skip
    if letter_id is not None:
        _promise(session, letter_id, now)


def mailbox(address: str) -> str:
    """Check an address; the name of its host is written as mail servers know it.

    Raises UnsafeHeader for what no letter can be sent to.
    """
    if not _MAILBOX.fullmatch(address) or not address.isprintable():
        raise UnsafeHeader("to")
    local, _, host = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{host.encode('idna').decode()}"
    except UnicodeError:
        raise UnsafeHeader("to") from None


def _insert(session: Session, **columns: Any) -> int | None:
    """Write the row; None when the key has its letter already."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    new = dialect.insert(Letter).values(**columns)
    return session.scalar(new.on_conflict_do_nothing(index_elements=["key"]).returning(Letter.id))


def _promise(session: Session, letter_id: int, now: datetime) -> None:
    enqueue(session, KIND, {"letter_id": letter_id}, run_after=now, key=job_key(letter_id))


def send_again(session: Session, letter: Letter, *, now: datetime) -> None:
    """Give a letter that was given up its attempts anew, or write a sent one once more.

    The copy has a Message-ID of its own: mail servers drop what they have seen before. A letter
    whose one-time link is masked cannot help its reader any more; raises NotAgain.
    """
    if letter.forgotten_at is not None or is_masked(letter.text):
        raise NotAgain
    if letter.sent_at is None:
        if not is_dead(session, letter.id):
            raise NotAgain
        _bury(session, letter.id, now)
        _promise(session, letter.id, now)
    else:
        _copy(session, letter, now)
    record(session, "letter.sent_again", letter)


def _bury(session: Session, letter_id: int, now: datetime) -> None:
    """Take the job that failed off the list of the dead: a new one stands for it."""
    session.execute(
        update(Job)
        .where(Job.kind == KIND, Job.key == job_key(letter_id), Job.dead_at.is_not(None))
        .values(dead_at=null(), done_at=now)
    )


def _copy(session: Session, letter: Letter, now: datetime) -> None:
    domain = letter.message_id.rpartition("@")[2].rstrip(">")
    copies = Letter.key.startswith(f"{letter.key}#", autoescape=True)
    number = session.scalar(select(func.count()).select_from(Letter).where(copies)) or 0
    kept = ("template", "to", "lang", "person_id", "subject", "text", "html", "unsubscribe")
    copy_id = _insert(
        session,
        key=f"{letter.key}#{number + 1}",
        message_id=f"<{uuid4().hex}@{domain}>",
        created_at=now,
        **{name: getattr(letter, name) for name in kept},
    )
    if copy_id is not None:
        _promise(session, copy_id, now)
