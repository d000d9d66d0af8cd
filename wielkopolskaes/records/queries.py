"""Records by their permanent addresses, and by the ids of their items."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.audience import Audience
from wielkopolskaes.content.cards import Card, used_by
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.records.record import Record
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request


def type_by_letter(request: Request, letter: str) -> ContentType | None:
    """Return the type whose permanent addresses begin with a letter."""
    types: list[ContentType] = list(request.registry.content_types.values())
    return next((each for each in types if each.record and each.letter == letter), None)


def find(request: Request, letter: str, code: str, audience: Audience) -> str | None:
    """Return where a record stands now; the version in the portal's first language comes first."""
    found = _standing(request, letter, code, audience, Node.path)
    return None if found is None else str(found)


def public_record(request: Request, letter: str, code: str) -> Record | None:
    """Return what everybody may know of the record at a permanent address; three queries."""
    id_ = _standing(request, letter, code, Audience(request.now), Node.id)
    return None if id_ is None else next(iter(records_of(request, [id_])), None)


def public_item(request: Request, letter: str, code: str) -> Node | None:
    """Return the item at a permanent address, if everybody may see it, for a request that reads.

    From here on the request speaks the item's language, whichever was asked for.
    """
    id_ = _standing(request, letter, code, Audience(request.now), Node.id)
    node = None if id_ is None else request.dbsession.get(Node, id_)
    if node is not None:
        request.locale_name = node.lang
    return node


def records_of(request: Request, ids: Sequence[int]) -> list[Record]:
    """Return what everybody may know of these items, in their order.

    What is no record, or not public now, is left out. One query finds the kinds, one what all
    of them use, and one for each type loads the items, however many there are.
    """
    session, say = request.dbsession, request.localizer.translate
    types = {kind: each for kind, each in request.registry.content_types.items() if each.record}
    found: dict[int, Record] = {}
    uses = _uses(session, ids, request.now) if ids else {}
    for kind, public in _by_kind(session, ids, types, request.now).items():
        model, tell = types[kind].model, types[kind].record
        for item in session.scalars(select(model).where(model.id.in_(public))):
            found[item.id] = tell(item, uses.get(item.id, {}), say)
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def _standing(request: Request, letter: str, code: str, audience: Audience, column: Any) -> Any:
    content_type = type_by_letter(request, letter)
    if content_type is None:
        return None
    own = content_type.model.__table__.c
    query = (
        select(column)
        .where(Node.id.in_(select(own.id).where(own.code == code)), audience.seen())
        .order_by(case((Node.lang == request.GET.get("lang", "pl"), 0), else_=1), Node.id)
        .limit(1)
    )
    return request.dbsession.scalar(query)


def _by_kind(
    session: Session, ids: Sequence[int], types: Mapping[str, ContentType], now: datetime
) -> dict[str, list[int]]:
    public = (Node.id.in_(ids), Node.kind.in_(sorted(types)), published_now(now))
    kinds: dict[str, list[int]] = {}
    for id_, kind in session.execute(select(Node.id, Node.kind).where(*public)):
        kinds.setdefault(kind, []).append(id_)
    return kinds


def _uses(session: Session, ids: Sequence[int], now: datetime) -> dict[int, dict[str, list[Card]]]:
    """Gather what the items use by role, as far as everybody may see it."""
    found: dict[int, dict[str, list[Card]]] = {}
    for source_id, role, card in _public_uses(session, ids, now):
        found.setdefault(source_id, {}).setdefault(role, []).append(card)
    return found


def _public_uses(
    session: Session, ids: Sequence[int], now: datetime
) -> Iterator[tuple[int, str, Card]]:
    return (use for use in used_by(session, ids, now) if use.card.is_public(now))
