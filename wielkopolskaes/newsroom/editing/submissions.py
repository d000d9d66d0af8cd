"""A form sent twice makes one item: by a double click, a reload, or the way back."""

import re
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.tree.models import Node

_KEY = re.compile(r"[\w-]{43}", re.ASCII)


def new_key() -> str:
    """Draw the key of a form."""
    return secrets.token_urlsafe(32)


def is_key(key: str) -> bool:
    """Tell whether it can be the key of a form of ours."""
    return _KEY.fullmatch(key) is not None


def claim(session: Session, key: str, person_id: int, *, now: datetime) -> Submission | None:
    """Take the key for this transaction; None when the form has been sent already.

    On PostgreSQL the second of two at the same time waits for the first to end.
    """
    submission = Submission(key=key, person_id=person_id, at=now)
    try:
        with session.begin_nested():
            session.add(submission)
    except IntegrityError:
        return None
    return submission


def made_by(session: Session, key: str, person_id: int) -> Node | None:
    """Return the item that the person has made with the form."""
    query = select(Node).join(Submission, Submission.node_id == Node.id)
    return session.scalar(query.where(Submission.key == key, Submission.person_id == person_id))
