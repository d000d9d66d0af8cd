"""What editors do with synonyms and promoted items: verbs, each with its event."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.cache.changes import touch
from wielkopolskaes.search.models import Promotion, SynonymGroup
from wielkopolskaes.search.promotions import TAG as PROMOTIONS
from wielkopolskaes.search.wording import TAG as SYNONYMS
from wielkopolskaes.search.wording import Group
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import lock_tree


def write_group(session: Session, group: Group | None, phrases: Sequence[str]) -> None:
    """Change a group, or add one; a shipped one gets a row of its own over the file's."""
    if group is None:
        _row(session, None, phrases)
        _told(session, "synonyms.added", phrases, after={"phrases": "; ".join(phrases)})
    elif tuple(phrases) != group.phrases:
        _row(session, group, phrases).phrases = list(phrases)
        _told(session, "synonyms.changed", phrases, before={"phrases": "; ".join(group.phrases)},
              after={"phrases": "; ".join(phrases)})  # fmt: skip


def switch_group(session: Session, group: Group, *, enabled: bool) -> None:
    """Search with a group, or not."""
    if group.enabled != enabled:
        _row(session, group, group.phrases).enabled = enabled
        _told(session, "synonyms.switched_on" if enabled else "synonyms.switched_off",
              group.phrases)  # fmt: skip


def drop_group(session: Session, group: Group) -> None:
    """Take editors' row away: their own group is gone, a shipped one is as it was shipped."""
    row = session.get(SynonymGroup, group.id) if group.id is not None else None
    if row is not None:
        session.delete(row)
        done = "synonyms.restored" if group.shipped else "synonyms.removed"
        _told(session, done, group.phrases, before={"phrases": "; ".join(group.phrases)},
              after={"phrases": "; ".join(group.shipped)})  # fmt: skip


def _row(session: Session, group: Group | None, phrases: Sequence[str]) -> SynonymGroup:
    row = session.get(SynonymGroup, group.id) if group and group.id is not None else None
    if row is None:
        origin = group.shipped[0] if group and group.shipped else None
        row = SynonymGroup(phrases=list(phrases), origin=origin, enabled=True)
        session.add(row)
    return row


def _told(session: Session, action: str, phrases: Sequence[str], **values: Any) -> None:
    touch(session, SYNONYMS)
    record(session, action, Subject("synonyms", None, ", ".join(phrases)[:300]), **values)


def promote(
    session: Session, promotion: Promotion | None, *, phrases: Sequence[str], node_id: int,
    note: str, until: date | None,
) -> None:  # fmt: skip
    """Add a promotion at the end, or change one."""
    before = _values(session, promotion) if promotion else {}
    made = promotion or Promotion(position=_end(session))
    made.phrases, made.node_id, made.note, made.until = list(phrases), node_id, note, until
    session.add(made)
    session.flush()
    after = _values(session, made)
    changed = [name for name in after if after[name] != before.get(name)]
    if changed:
        _noted(session, "promotion.changed" if promotion else "promotion.added", made,
               before={name: before[name] for name in changed if name in before},
               after={name: after[name] for name in changed})  # fmt: skip


def end_promotion(session: Session, promotion: Promotion) -> None:
    """Take a promotion away."""
    _noted(session, "promotion.removed", promotion, before=_values(session, promotion))
    session.delete(promotion)


def move_promotion(session: Session, promotion: Promotion, step: int) -> None:
    """Put a promotion one place higher (-1) or lower (1); at either end it stays."""
    lock_tree(session)
    every = list(session.scalars(select(Promotion).order_by(Promotion.position, Promotion.id)))
    here = every.index(promotion)
    there = min(max(here + step, 0), len(every) - 1)
    every.insert(there, every.pop(here))
    for position, each in enumerate(every):
        each.position = position
    if here != there:
        _noted(session, "promotion.moved", promotion)


def _end(session: Session) -> int:
    return (session.scalar(select(func.max(Promotion.position))) or 0) + 1


def _values(session: Session, promotion: Promotion) -> dict[str, Any]:
    node = session.get(Node, promotion.node_id)
    return {
        "phrases": "; ".join(promotion.phrases),
        "promoted": f"{node.title} ({node.path})" if node else "",
        "note": promotion.note,
        "until": promotion.until and promotion.until.isoformat(),
    }


def _noted(session: Session, action: str, promotion: Promotion, **values: Any) -> None:
    touch(session, PROMOTIONS)
    subject = Subject("promotion", promotion.id, ", ".join(promotion.phrases)[:300])
    record(session, action, subject, **values)
