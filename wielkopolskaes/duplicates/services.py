"""Remembering that two records are two things."""

from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import record
from wielkopolskaes.duplicates.models import Distinct
from wielkopolskaes.tree.models import Node


def tell_apart(session: Session, one: Node, other: Node) -> None:
    """Suspect this pair no more; said twice it is said once."""
    first, second = sorted((one.id, other.id))
    if session.get(Distinct, (first, second)) is not None:
        return
    session.add(Distinct(first_id=first, second_id=second))
    record(session, "records.told_apart", one, after={"other": other.title, "number": other.id})
    session.flush()
