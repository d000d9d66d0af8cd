"""Writing the counts down: a few rows at a time, in a short transaction of their own.

A page never waits for this and never breaks by it. What a killed process has not yet written,
the last seconds, is lost; a process that is told to end writes it first.
"""

import atexit
import logging
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from threading import Event, Thread
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import Table, case, func, select, text
from sqlalchemy.orm import Session

from wielkopolskaes.db import work
from wielkopolskaes.search.report.forms import MASK
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.search.report.tally import SUMS, Counts, Key, Tally

log = logging.getLogger(__name__)

# Seconds between two writings, and rows that one writes at most.
EVERY = 10.0
AT_ONCE = 200
# Distinct queries that a day may have; the others are counted as the rest.
MOST_A_DAY = 2000
# So many days a query must have been asked on before all of its words, as typed, are kept.
OCCASIONS = 3
LAST_WORDS = 3.0
# Any number will do, as long as no other advisory lock of this database uses it.
COUNT_LOCK = 7_301_006

_TABLE: Table = SearchCount.__table__  # type: ignore[assignment]
_KEY = ("day", "lang", "digest")


class Flusher:
    """Writes the counts of one process, in a thread or when it is told to."""

    def __init__(self, registry: Registry, *, every: float = EVERY) -> None:
        self._registry = registry
        self._tally: Tally = registry.search_tally
        self._every = every
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Run in a thread until `stop`."""
        self._thread = Thread(target=self.run, name="search-counts", daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Write what is left and end."""
        self._stop.set()
        self._tally.news.set()
        if self._thread is not None:
            atexit.unregister(self.stop)
            self._thread.join(LAST_WORDS)

    def run(self) -> None:
        """Write now and then, as long as there is something to write."""
        while not self._stop.is_set():
            self._tally.news.wait()
            self._stop.wait(self._every)
            self.flush()
        while len(self._tally) and self.flush():
            pass

    def flush(self) -> bool:
        """Write one portion; one that cannot be written is kept for the next time."""
        taken = self._tally.take(AT_ONCE)
        if not taken:
            return True
        try:
            with work(self._registry) as session:
                write(session, taken)
        except Exception:
            log.warning("what was searched for could not be counted yet", exc_info=True)
            self._tally.give_back(taken)
            return False
        return True


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
