"""Writing the counts down: a few rows at a time, in a short transaction of their own.

A page never waits for this and never breaks by it. What a killed process has not yet written,
the last seconds, is lost; a process that is told to end writes it first.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import Table, case, func, select, text
from sqlalchemy.orm import Session

from wielkopolskaes.jobs import flusher as jobs
from wielkopolskaes.search.report.forms import MASK
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.search.report.tally import SUMS, Counts, Key

# Distinct queries that a day may have; the others are counted as the rest.
MOST_A_DAY = 2000
# So many days a query must have been asked on before all of its words, as typed, are kept.
OCCASIONS = 3
# Any number will do, as long as no other advisory lock of this database uses it.
COUNT_LOCK = 7_301_006

_TABLE: Table = SearchCount.__table__  # type: ignore[assignment]
_KEY = ("day", "lang", "digest")


class Flusher(jobs.Flusher[Key, Counts]):
    """Writes the counts of searches of one process."""

    def __init__(self, registry: Registry, *, every: float = jobs.EVERY) -> None:
        super().__init__(registry, registry.search_tally, write, name="search-counts", every=every)


def write(session: Session, counted: Mapping[Key, Counts]) -> None:
    """Add counts to the rows of their days."""
    _take_turns(session)
    admitted = _admitted(session, counted)
    known = _established(session, admitted)
    rows = [_row(key, admitted[key], known=key[1:] in known) for key in sorted(admitted)]
    session.execute(_adding(session), rows)


def _take_turns(session: Session) -> None:
    """Let one process write at a time; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": COUNT_LOCK})


def _admitted(session: Session, counted: Mapping[Key, Counts]) -> dict[Key, Counts]:
    """Count as the rest what is new on a day that has enough queries already."""
    days = {key.day for key in counted}
    present, sizes = _present(session, counted), _sizes(session, days)
    found: dict[Key, Counts] = {}
    for key, counts in counted.items():
        is_new = bool(key.digest) and key not in present
        sizes[key.day] += is_new
        if not key.digest or (is_new and sizes[key.day] > MOST_A_DAY):
            found.setdefault(key.rest, Counts()).add_numbers(counts)
        else:
            found[key] = counts
    return found


def _present(session: Session, counted: Mapping[Key, Counts]) -> set[Key]:
    where = (
        SearchCount.day.in_({key.day for key in counted}),
        SearchCount.digest.in_({key.digest for key in counted}),
    )
    query = select(SearchCount.day, SearchCount.lang, SearchCount.digest).where(*where)
    return {Key(*row) for row in session.execute(query)}


def _sizes(session: Session, days: set[date]) -> Counter[date]:
    query = select(SearchCount.day, func.count()).where(SearchCount.day.in_(days))
    return Counter(dict(iter(session.execute(query.group_by(SearchCount.day)))))


def _established(session: Session, counted: Mapping[Key, Counts]) -> set[tuple[str, str]]:
    """Find the queries that were asked on enough days, those to be written included."""
    name = SearchCount.lang, SearchCount.digest
    theirs = SearchCount.digest.in_({key.digest for key in counted if key.digest})
    earlier = SearchCount.day < min(key.day for key in counted)
    query = select(*name, func.count()).where(theirs, earlier).group_by(*name)
    days = Counter({(lang, digest): number for lang, digest, number in session.execute(query)})
    days.update(key[1:] for key in {*counted, *_present(session, counted)})
    return {each for each, number in days.items() if number >= OCCASIONS}


def _row(key: Key, counts: Counts, *, known: bool) -> dict[str, Any]:
    """Say what is written; the words of a query that is not yet known stay here and are lost."""
    typed = counts.surfaces if known else {}
    surface = max(typed, key=lambda each: typed[each], default="")
    return {
        **key._asdict(),
        **{name: getattr(counts, name) for name in (*SUMS, "deepest", "hits")},
        "words": counts.whole if known else counts.words,
        "surface": surface,
        "votes": typed.get(surface, 0),
    }


def _adding(session: Session) -> Any:
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    statement = dialect.insert(_TABLE)
    old, new = _TABLE.c, statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[old[name] for name in _KEY],
        set_={
            **{name: old[name] + new[name] for name in SUMS},
            "deepest": case((new.deepest > old.deepest, new.deepest), else_=old.deepest),
            "hits": func.coalesce(new.hits, old.hits),
            "words": _fuller(old.words, new.words),
            **_elected(old, new),
        },
    )


def _fuller(old: Any, new: Any) -> Any:
    """Keep the words that say more: what stood on a public page once is no secret."""
    return case((new == "", old), (old == "", new), (new.contains(MASK), old), else_=new)


def _elected(old: Any, new: Any) -> dict[str, Any]:
    """Let the surface that most have typed win, without keeping all of them."""
    same, stays = old.surface == new.surface, old.votes >= new.votes
    return {
        "surface": case((same | stays, old.surface), else_=new.surface),
        "votes": case(
            (same, old.votes + new.votes),
            (stays, old.votes - new.votes),
            else_=new.votes - old.votes,
        ),
    }
