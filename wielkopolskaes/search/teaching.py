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
    if group is not None and tuple(phrases) == group.phrases:
        return
    _row(session, group, phrases).phrases = list(phrases)
    touch(session, SYNONYMS)
    record(
        session, "synonyms.changed" if group else "synonyms.added", _subject(phrases),
        before={"phrases": "; ".join(group.phrases)} if group else {},
        after={"phrases": "; ".join(phrases)},
    )  # fmt: skip


def switch_group(session: Session, group: Group, *, enabled: bool) -> None:
    """Search with a group, or not."""
    if group.enabled == enabled:
        return
    _row(session, group, group.phrases).enabled = enabled
    touch(session, SYNONYMS)
    action = "synonyms.switched_on" if enabled else "synonyms.switched_off"
    record(session, action, _subject(group.phrases))


def drop_group(session: Session, group: Group) -> None:
    """Take editors' row away: their own group is gone, a shipped one is as it was shipped."""
    row = session.get(SynonymGroup, group.id) if group.id is not None else None
    if row is None:
        return
    session.delete(row)
    touch(session, SYNONYMS)
    record(
        session, "synonyms.restored" if group.shipped else "synonyms.removed",
        _subject(group.phrases), before={"phrases": "; ".join(group.phrases)},
        after={"phrases": "; ".join(group.shipped)},
    )  # fmt: skip


def _row(session: Session, group: Group | None, phrases: Sequence[str]) -> SynonymGroup:
    row = session.get(SynonymGroup, group.id) if group and group.id is not None else None
    if row is None:
        origin = group.shipped[0] if group and group.shipped else None
        row = SynonymGroup(phrases=list(phrases), origin=origin, enabled=True)
        session.add(row)
    return row


def _subject(phrases: Sequence[str]) -> Subject:
    return Subject("synonyms", None, ", ".join(phrases)[:300])


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
    if not changed:
        return
    touch(session, PROMOTIONS)
    record(
        session, "promotion.changed" if promotion else "promotion.added", _about(made),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )  # fmt: skip


def end_promotion(session: Session, promotion: Promotion) -> None:
    """Take a promotion away."""
    touch(session, PROMOTIONS)
    record(session, "promotion.removed", _about(promotion), before=_values(session, promotion))
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
        touch(session, PROMOTIONS)
        record(session, "promotion.moved", _about(promotion))


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


def _about(promotion: Promotion) -> Subject:
    return Subject("promotion", promotion.id, ", ".join(promotion.phrases)[:300])
