"""The versions of an item, and the one of a day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.clock import day_of
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.tree.models import Node


def versions_of(session: Session, node_id: int) -> Sequence[PublicVersion]:
    """List what was public of an item before what is now, the oldest first; without contents."""
    query = select(PublicVersion).where(PublicVersion.node_id == node_id)
    return session.scalars(query.order_by(PublicVersion.since, PublicVersion.id)).all()


def version_on(versions: Sequence[PublicVersion], day: date) -> PublicVersion | None:
    """Return what was public at the end of a day; None for what stands now, or for nothing."""
    held = (each for each in versions if day_of(each.since) <= day < day_of(each.until))
    return next(held, None)


def stands_since(node: Node, versions: Sequence[PublicVersion]) -> datetime:
    """Tell from when on readers see a public item as it is now."""
    since = [node.created_at, *(each.until for each in versions[-1:])]
    return max([*since, node.visible_from or node.created_at])
