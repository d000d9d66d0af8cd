"""Who has an item in their care, and what happened to it last."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.queries import Told, events_of
from wielkopolskaes.tree.models import Node, Redirect

SHOWN = 10


def latest_events(session: Session, node: Node, limit: int = SHOWN) -> list[Told]:
    """List what was done with the item, the latest first."""
    return events_of(session, "item", node.id, limit=limit)


def carer_of(session: Session, node: Node) -> str:
    """Name the person in whose care the item is; an empty string when there is none."""
    if node.owner_id is None:
        return ""
    return session.scalar(select(Person.name).where(Person.id == node.owner_id)) or ""


def old_addresses(session: Session, node: Node) -> list[str]:
    """List the addresses that lead to the item, the latest first."""
    query = select(Redirect.path).where(Redirect.node_id == node.id)
    return list(session.scalars(query.order_by(Redirect.created_at.desc(), Redirect.path)))


def who_threw(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Name who put each of some items in the trash, as far as the events tell; one query."""
    query = select(Event.subject_id, Event.actor).where(
        Event.subject_kind == "item", Event.subject_id.in_(ids), Event.action == "item.trashed"
    )
    # The last one to do it wins.
    return {id_: actor for id_, actor in session.execute(query.order_by(Event.id)) if id_}
