"""Words of a query to items: every word must stand in the title or the lead, accents aside."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.content.folding import fold
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now

MAX_QUERY = 200
MAX_WORDS = 12
_WORD = re.compile(r"\w+")


def words_of(query: str) -> list[str]:
    """Split a query into folded words; what is beyond the limits is left out."""
    return list(dict.fromkeys(_WORD.findall(fold(query[:MAX_QUERY]))))[:MAX_WORDS]


def holds(word: str) -> ColumnElement[bool]:
    """Match items that hold a word, or a longer word that begins with it."""
    # Both sides are folded to letters and digits between single blanks.
    return Node.folded.contains(f" {word}", autoescape=True)


def place_of(session: Session, words: Sequence[str]) -> ColumnElement[int]:
    """Tell how far from the front the words stand: those of the title come before the lead."""
    first = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    return sum((first(Node.folded, f" {word}") for word in words[1:]),
               start=first(Node.folded, f" {words[0]}"))  # fmt: skip


def found(words: Sequence[str], kinds: Sequence[str], now: datetime) -> ColumnElement[bool]:
    """Match public items that hold all of the words."""
    return and_(
        *(holds(word) for word in words), Node.kind.in_(kinds), Node.listed, published_now(now)
    )


def search(
    session: Session,
    words: Sequence[str],
    kinds: Sequence[str],
    now: datetime,
    *,
    lang: str,
    limit: int,
    offset: int,
) -> tuple[int, list[Card]]:
    """Return how many items match, and one page of them.

    The reader's language comes first, then items with the words near the front, then the newest.
    """
    condition = found(words, kinds, now)
    total = session.scalar(select(func.count()).select_from(Node).where(condition)) or 0
    place = place_of(session, words)
    query: Select[Any] = (
        select_cards(now)
        .where(condition)
        .order_by(case((Node.lang == lang, 0), else_=1), place, Node.dated_on.desc(), Node.id)
        .limit(limit)
        .offset(offset)
    )
    return total, cards(session, query)
