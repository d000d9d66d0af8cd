"""The job that writes one letter of an alert: what waits, as far as it is public now.

The letter, the end of the waiting and the job's own "done" are one transaction: each item is
told once. What has been withdrawn goes on waiting and is told if it comes back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.links import END, OWN, token_of
from wielkopolskaes.alerts.models import Alert, Waiting
from wielkopolskaes.alerts.planning import next_letter, promise
from wielkopolskaes.alerts.refusals import was_taken
from wielkopolskaes.alerts.services import LETTERS, NEWS
from wielkopolskaes.alerts.wording import described
from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.letters.services import send
from wielkopolskaes.search.followed import from_text
from wielkopolskaes.search.readers import findable_by
from wielkopolskaes.tree.models import Node

# So many are told by name; of the rest the letter says how many they are.
MOST = 30
LONGEST_LEAD = 300


def write(context: JobContext, *, alert_key: str) -> None:
    """Write the letter if it is due, and put it off otherwise."""
    session = context.session
    alert = session.scalar(select(Alert).where(Alert.key == alert_key).with_for_update())
    if alert is None:
        return
    first, found = _waiting(context, alert)
    if first is None:
        return
    due = next_letter(alert, first)
    if due > context.now:
        promise(session, alert, due)
        return
    if was_taken(session, alert):
        alert.reader.refusals = 0
    alert.letters += 1
    alert.last_at = context.now
    _send(context, alert, found)
    _told(session, alert, [card.id for card in found])


def _waiting(context: JobContext, alert: Alert) -> tuple[datetime | None, list[Card]]:
    """Find what there is to tell, the newest first, and since when the oldest of it waits."""
    findable = findable_by(context.registry, None, context.now)
    ids = (
        select(Waiting.node_id)
        .join(Node, Node.id == Waiting.node_id)
        .where(Waiting.alert_id == alert.id, findable)
    )
    oldest = select(func.min(Waiting.at)).where(
        Waiting.alert_id == alert.id, Waiting.node_id.in_(ids)
    )
    query = select_cards(context.now).where(Node.id.in_(ids.correlate(None)))
    found = cards(context.session, query.order_by(Node.dated_on.desc(), Node.id.desc()))
    return context.session.scalar(oldest), found


def _send(context: JobContext, alert: Alert, found: Sequence[Card]) -> None:
    portal = context.registry.portal
    suffix = "" if alert.lang == "pl" else f"?lang={alert.lang}"

    def link(part: str, purpose: str, key: str) -> str:
        token = token_of(portal.secret, purpose, key)
        return f"{portal.base_url}/powiadomienia/{part}/{token}{suffix}"

    send(
        context.session, template=f"{LETTERS}news.jinja2", to=alert.reader.email,
        lang=alert.lang, now=context.now, key=f"{NEWS}{alert.key}:{alert.letters}",
        unsubscribe=link("koniec", END, alert.key),
        values={
            **_told_of(context, alert, found),
            "end": link("koniec", END, alert.key),
            "own": link("moje", OWN, alert.reader.key),
        },
    )  # fmt: skip


def _told_of(context: JobContext, alert: Alert, found: Sequence[Card]) -> dict[str, Any]:
    portal, asked = context.registry.portal, from_text(alert.asked)
    return {
        "words": asked.words,
        "choices": described(context.registry, context.session, asked, context.now),
        "total": len(found),
        "items": [
            {"title": card.title, "lead": _short(card.lead), "href": portal.base_url + card.href}
            for card in found[:MOST]
        ],
        "all": f"{portal.base_url}/szukaj?{alert.asked}&kolejnosc=najnowsze",
    }


def _short(lead: str) -> str:
    """Cut a long introduction at a word; letters have it on one line."""
    plain = " ".join(lead.split())
    if len(plain) <= LONGEST_LEAD:
        return plain
    return plain[:LONGEST_LEAD].rpartition(" ")[0] + "…"


def _told(session: Session, alert: Alert, ids: Sequence[int]) -> None:
    told = (Waiting.alert_id == alert.id, Waiting.node_id.in_(ids))
    session.execute(delete(Waiting).where(*told).execution_options(synchronize_session=False))
