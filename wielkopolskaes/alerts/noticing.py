"""Once a minute: what has become public, for which alerts, and whether their letters are planned.

What is new is read from the items themselves: findable by a stranger now, and never before.
So it makes no difference whether an editor or the clock has published something, or how long no
worker was running. The log of changes says two things more: whether the index has come as far as
the item, and whether an item was public already when an alert was confirmed.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pyramid.registry import Registry
from sqlalchemy import exists, func, insert, literal, select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Alert, Appearance, Waiting
from wielkopolskaes.alerts.planning import next_letter, promise
from wielkopolskaes.alerts.refusals import count_refusals
from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.search.backend import IndexDamaged
from wielkopolskaes.search.followed import from_text, newest_first
from wielkopolskaes.search.index import NotReady, Overtaxed
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.search.readers import Seen, findable_by
from wielkopolskaes.tree.models import Node

log = logging.getLogger(__name__)

AT_ONCE = 1000


class New(NamedTuple):
    """An item that strangers can find for the first time."""

    id: int
    visible_from: datetime | None
    # The number of its last change; 0 when the log does not know it any more.
    seq: int

    def is_new_to(self, alert: Alert) -> bool:
        """Tell whether it was not public yet when the alert was confirmed."""
        shown_since = self.visible_from is not None and self.visible_from > alert.confirmed_at
        return shown_since or self.seq > alert.since_seq


def notice(context: JobContext) -> None:
    """Note what is new, once for each item and alert, and plan the letters."""
    with context.reading() as session:
        found = _new_items(context.registry, session, context.now)
        alerts = session.scalars(select(Alert)).all() if found else ()
    try:
        ready = _indexed(context.registry, found) if alerts else found
        told = _matches(context.registry, alerts, ready, context.now)
    except NotReady:
        ready, told = [], []
    _note(context.session, ready, told, context.now)
    count_refusals(context.session)
    plan(context.registry, context.session, context.now)


def _new_items(registry: Registry, session: Session, now: datetime) -> list[New]:
    known = exists().where(Appearance.node_id == Node.id)
    query = select(Node.id, Node.visible_from).where(findable_by(registry, None, now), ~known)
    rows = session.execute(query.order_by(Node.id).limit(AT_ONCE)).all()
    if not rows:
        return []
    seqs = select(SearchChange.node_id, func.max(SearchChange.seq)).where(
        SearchChange.node_id.in_([id_ for id_, _since in rows])
    )
    last: dict[int, int] = dict(session.execute(seqs.group_by(SearchChange.node_id)).all())
    return [New(id_, since, last.get(id_, 0)) for id_, since in rows]


def _indexed(registry: Registry, found: Sequence[New]) -> list[New]:
    """Keep what the index knows as it is now; the rest comes next time. Raises NotReady."""
    try:
        upto = registry.search.backend.position()
    except (IndexDamaged, OSError) as error:
        raise NotReady from error
    return [new for new in found if new.seq <= upto]


def _matches(
    registry: Registry, alerts: Sequence[Alert], found: Sequence[New], now: datetime
) -> list[tuple[int, int]]:
    """Ask the search of each alert about the new items alone: (alert, item)."""
    seen = Seen(tuple(new.id for new in found))
    by_search = defaultdict(list)
    for alert in alerts:
        by_search[alert.asked].append(alert)
    return [
        (alert.id, new.id)
        for asked, those in by_search.items()
        for new in _found_by(registry, asked, found, seen, now)
        for alert in those
        if new.is_new_to(alert)
    ]


def _found_by(
    registry: Registry, asked: str, found: Sequence[New], seen: Seen, now: datetime
) -> list[New]:
    query = newest_first(registry, from_text(asked), now, len(found))
    if query is None or not found:
        return []
    try:
        ids = set(registry.search.search(query, seen).ids)
    except Overtaxed:
        # Nobody's search may keep the others' waiting, time after time.
        log.warning("the search of an alert takes too long; it is passed over")
        return []
    return [new for new in found if new.id in ids]


def _note(
    session: Session, found: Iterable[New], told: Iterable[tuple[int, int]], now: datetime
) -> None:
    """Write both in one transaction: what is noted as known has found its alerts."""
    appearances = [{"node_id": new.id, "at": now} for new in found]
    if appearances:
        session.execute(insert(Appearance), appearances)
    left = set(session.scalars(select(Alert.id)))
    waiting = [
        {"alert_id": alert, "node_id": node, "at": now} for alert, node in told if alert in left
    ]
    if waiting:
        session.execute(insert(Waiting), waiting)


def plan(registry: Registry, session: Session, now: datetime) -> None:
    """Promise a letter for each alert that has something to tell and no such promise.

    A job that was given up is left to the operator, who can try it again at the desk.
    """
    promised = exists().where(Job.key == literal("alert:") + Alert.key, Job.done_at.is_(None))
    query = (
        select(Alert, func.min(Waiting.at))
        .join(Waiting, Waiting.alert_id == Alert.id)
        .join(Node, Node.id == Waiting.node_id)
        .where(findable_by(registry, None, now), ~promised)
        .group_by(Alert.id)
    )
    for alert, first in session.execute(query).all():
        promise(session, alert, next_letter(alert, first))
