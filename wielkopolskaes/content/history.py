"""What an edit changes of an item, for the trail of events."""

import json
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.tree.models import Node, Reference

# Long texts are told by a piece around the first place where they differ.
LONGEST = 200
_CONTEXT = 40


def snapshot(
    session: Session, node: Node, plain: Iterable[str], referring: Iterable[str]
) -> dict[str, Any]:
    """Read what fields hold at the moment; `referring` ones are in the index of references."""
    used: dict[str, list[int]] = {name: [] for name in referring}
    query = select(Reference.role, Reference.target_id).where(
        Reference.source_id == node.id, Reference.role.in_(used)
    )
    for role, target in session.execute(query.order_by(Reference.role, Reference.position)):
        used[role].append(target)
    return {**{name: getattr(node, name) for name in plain}, **used}


def differences(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the old and the new values of what differs, long ones cut to where they do."""
    old, new = {}, {}
    for name, value in after.items():
        if _text(before[name]) != _text(value):
            old[name], new[name] = _excerpts(before[name], value)
    return old, new


def _excerpts(old: Any, new: Any) -> tuple[Any, Any]:
    texts = _text(old), _text(new)
    if max(map(len, texts)) <= LONGEST:
        return old, new
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False)))
    start = max(0, same - _CONTEXT)
    return _excerpt(texts[0], start), _excerpt(texts[1], start)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)


def _excerpt(text: str, start: int) -> str:
    """Cut out at most LONGEST characters; dots say that there is more."""
    end = start + LONGEST - 2
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
