"""What readers looked for in a period, beside the period before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.search.report.forms import MASK
from wielkopolskaes.search.report.models import SearchCount

# A single click says nothing about where an answer stands.
FEWEST_CLICKS = 2
_NAME = SearchCount.lang, SearchCount.digest


class Order(Enum):
    """What a list is of; each has only the queries that belong there."""

    ASKED = "asked"
    ZERO = "zero"
    LOW = "low"


class Period(NamedTuple):
    """Days, both ends included."""

    since: date
    until: date

    @property
    def before(self) -> "Period":
        """Return the period of the same length that ends the day before."""
        length = self.until - self.since + timedelta(days=1)
        return Period(self.since - length, self.until - length)


def period(today: date, days: int) -> Period:
    """Return the last days, today included."""
    return Period(today - timedelta(days=days - 1), today)


@dataclass(frozen=True)
class Line:
    """A query in a period.

    `words` may hold marks for what is not kept; `typed` says that a reader typed them so. `hits`
    is what it found last, None when it was only asked narrowed.
    """

    lang: str
    words: str
    typed: bool
    hits: int | None
    before: int
    asked: int
    narrowed: int
    zero: int
    deeper: int
    deepest: int
    clicks: int
    first: int
    low: int
    ranks: int

    @property
    def opened(self) -> float:
        """How many of the searches led to a result, from 0 to 1."""
        return min(1.0, self.clicks / self.asked) if self.asked else 0.0

    @property
    def rank(self) -> float | None:
        """The mean place of the results that were opened."""
        return self.ranks / self.clicks if self.clicks else None

    @property
    def query(self) -> str:
        """What to type to search for it again."""
        return " ".join(word for word in self.words.split() if MASK not in word)


class Totals(NamedTuple):
    """All that was asked; `unnamed` of it under no words that are kept."""

    asked: int
    narrowed: int
    zero: int
    clicks: int
    named: int

    @property
    def unnamed(self) -> int:
        return self.asked - self.named


def lines(session: Session, when: Period, order: Order, limit: int) -> list[Line]:
    """List the queries with words, those of the order first; three statements."""
    found = session.execute(_sums(when, order).limit(limit)).all()
    digests = [row.digest for row in found]
    asked_before, told = _asked(session, when.before, digests), _told(session, when, digests)
    return [_line(row, asked_before.get(row[:2], 0), *told[row[:2]]) for row in found]


def totals(session: Session, when: Period) -> Totals:
    """Add everything up, with words or without."""
    columns = [_sum(name) for name in ("asked", "narrowed", "zero", "clicks")]
    asked, narrowed, zero, clicks = session.execute(select(*columns).where(_within(when))).one()
    named = select(_sum("asked").label("asked")).where(_within(when), SearchCount.digest != "")
    by_query = named.group_by(*_NAME).having(_has_words()).subquery()
    number = session.scalar(select(func.coalesce(func.sum(by_query.c.asked), 0))) or 0
    return Totals(asked, narrowed, zero, clicks, number)


def _sums(when: Period, order: Order) -> Any:
    names = ("asked", "narrowed", "zero", "deeper", "clicks", "first", "low", "ranks")
    sums = {name: _sum(name) for name in names}
    wanted = {
        Order.ASKED: sums["asked"] > 0,
        Order.ZERO: sums["zero"] > 0,
        Order.LOW: and_(sums["clicks"] >= FEWEST_CLICKS, sums["low"] * 2 > sums["clicks"]),
    }
    columns = (sums[name].label(name) for name in names)
    deepest = func.max(SearchCount.deepest).label("deepest")
    return (
        select(*_NAME, *columns, deepest)
        .where(_within(when), SearchCount.digest != "")
        .group_by(*_NAME)
        .having(and_(_has_words(), wanted[order]))
        .order_by(sums[order.value].desc(), sums["asked"].desc(), *_NAME)
    )


def _asked(session: Session, when: Period, digests: Sequence[str]) -> dict[Any, int]:
    query = select(*_NAME, _sum("asked")).where(_within(when), SearchCount.digest.in_(digests))
    return {(lang, digest): n for lang, digest, n in session.execute(query.group_by(*_NAME))}


def _told(
    session: Session, when: Period, digests: Sequence[str]
) -> dict[Any, tuple[str, bool, int | None]]:
    """Find for each query its best words, whether a reader typed them, and its last hits."""
    columns = SearchCount.words, SearchCount.surface, SearchCount.votes, SearchCount.hits
    query = select(*_NAME, *columns).where(_within(when), SearchCount.digest.in_(digests))
    rows: dict[Any, list[Any]] = {}
    for row in session.execute(query.order_by(SearchCount.day)):
        rows.setdefault(tuple(row[:2]), []).append(row)
    return {name: _best(days) for name, days in rows.items()}


def _best(days: Sequence[Any]) -> tuple[str, bool, int | None]:
    hits = next((row.hits for row in reversed(days) if row.hits is not None), None)
    votes: dict[str, int] = {}
    for row in days:
        if row.surface:
            votes[row.surface] = votes.get(row.surface, 0) + row.votes + 1
    if votes:
        return max(votes, key=lambda each: votes[each]), True, hits
    # The fewer marks, the more it says; of equals the longest.
    words = (row.words for row in days if row.words)
    return max(words, key=lambda each: (-each.count(MASK), len(each))), False, hits


def _line(row: Row[Any], before: int, words: str, typed: bool, hits: int | None) -> Line:
    values = row._asdict()
    del values["digest"]
    return Line(words=words, typed=typed, hits=hits, before=before, **values)


def _within(when: Period) -> ColumnElement[bool]:
    return SearchCount.day.between(*when)


def _sum(name: str) -> Any:
    return func.coalesce(func.sum(getattr(SearchCount, name)), 0)


def _has_words() -> ColumnElement[bool]:
    readable = func.trim(SearchCount.words, f"{MASK} ") != ""
    return func.sum(case((readable, 1), else_=0)) > 0
