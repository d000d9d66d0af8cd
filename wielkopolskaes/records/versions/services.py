"""Taking away what was public once and must be no more: somebody's data, what the law forbids."""

from datetime import datetime

from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import record
from wielkopolskaes.cache.changes import touch_item
from wielkopolskaes.clock import day_of
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.tree.models import Node


def withdraw(
    session: Session, version: PublicVersion, node: Node, *, reason: str, now: datetime
) -> None:
    """Delete what the version said; its days stay, with the reason that readers are told."""
    if version.withdrawn_at is not None:
        return
    version.content, version.withdrawn_at, version.reason = {}, now, reason
    days = {"since": day_of(version.since).isoformat(), "until": day_of(version.until).isoformat()}
    record(session, "version.withdrawn", node, before=days, reason=reason)
    touch_item(session, node)
