"""What a view says about its page: what it used, whether others may share it, until when.

The page cache reads it from the WSGI environment after the application has answered.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from pyramid.config import Configurator

from wielkopolskaes.cache.changes import begun_at, is_unsettled
from wielkopolskaes.cache.memo import Memo
from wielkopolskaes.db import opened_session
from wielkopolskaes.tree.queries import next_change
from wielkopolskaes.types import Request

T = TypeVar("T")

USED = "wielkopolskaes.used"
CACHEABLE = "wielkopolskaes.cacheable"
VARY_QUERY = "wielkopolskaes.vary_query"
# Set where a GET is asked in place of a HEAD, for its headers alone.
ONLY_HEAD = "wielkopolskaes.only_head"
FRESH_UNTIL = "wielkopolskaes.fresh_until"
# The clock from before the first thing was remembered that is not told as used.
SINCE = "wielkopolskaes.since"


def uses(request: Request, *tags: str) -> None:
    """Note content that the page shows, or would show if it existed."""
    request.environ.setdefault(USED, set()).update(tags)


def fresh_until(request: Request, moment: datetime | None) -> None:
    """Note an instant at which the clock alone changes the page; the earliest one counts."""
    request.environ[FRESH_UNTIL] = _earliest(request.environ.get(FRESH_UNTIL), moment)


def cacheable(request: Request, *query: str) -> None:
    """Offer the page to every anonymous reader; it depends on the address and nothing else.

    `query` names the parameters that the view reads; an address with any other one is never
    kept. The page grows old when content it `uses` changes, and when the next item appears
    or disappears by the clock. A page made from uncommitted changes is offered to nobody.
    """
    session = opened_session(request)
    if session is not None and is_unsettled(session):
        return
    request.environ[CACHEABLE] = True
    request.environ[VARY_QUERY] = query
    fresh_until(request, _next_change(request))


def memo(
    request: Request,
    key: Hashable,
    tags: Iterable[str],
    load: Callable[[], T],
    until: Callable[[T], datetime | None] | None = None,
    used: Callable[[T], Iterable[str]] | None = None,
) -> T:
    """Return a value kept for this process while the content under `tags` stays as it is.

    The page uses the same tags, or the finer ones that `used` reads from the value, and grows
    old with it: when the clock next shows or hides an item, or at an earlier instant that
    `until` reads from the value. A transaction with changes of its own neither sees nor leaves
    kept values. What is returned is shared: do not change it, and keep no ORM objects.
    """

    def end(value: T) -> datetime | None:
        return _earliest(_next_change(request), until(value) if until else None)

    tags = tuple(tags)
    value = _kept(request, request.registry.memo, key, tags, load, end)
    uses(request, *(tags if used is None else used(value)))
    if until:
        fresh_until(request, until(value))
    return value


class _Made(NamedTuple):
    """What was made, what it used, and until when it holds."""

    value: Any
    tags: frozenset[str]
    until: datetime | None


def made_once(request: Request, key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` makes, kept while everything that it used stays as it is.

    Unlike `memo`, it notes by itself what was used; use it for what takes much to make. The
    same rules hold: what is returned is shared, and holds no ORM objects.
    """

    def load() -> _Made:
        before = {name: request.environ.pop(name, None) for name in (USED, FRESH_UNTIL)}
        fresh_until(request, _next_change(request))
        try:
            value = make()
            used = frozenset(request.environ.get(USED, ()))
            return _Made(value, used, request.environ.get(FRESH_UNTIL))
        finally:
            for name, noted in before.items():
                request.environ.pop(name, None)
                if noted is not None:
                    request.environ[name] = noted

    memo = request.registry.made
    made = _kept(request, memo, key, attrgetter("tags"), load, attrgetter("until"))
    uses(request, *made.tags)
    fresh_until(request, made.until)
    value: T = made.value
    return value


def recall(
    request: Request,
    key: Hashable,
    tags: Callable[[T], Iterable[str]],
    load: Callable[[], T],
    keep: Callable[[T], bool],
) -> T:
    """Return a value kept for this process; like `memo`, but the page does not use it.

    Whatever is made after this and kept counts as read no later than this was, so that it
    cannot outlive a change which the kept value does not know of.
    """
    request.environ.setdefault(SINCE, request.registry.versions.clock())
    return _kept(request, request.registry.memo, key, tags, load, lambda _: None, keep)


def _kept(
    request: Request,
    memo: Memo,
    key: Hashable,
    tags: Iterable[str] | Callable[[T], Iterable[str]],
    load: Callable[[], T],
    until: Callable[[T], datetime | None],
    keep: Callable[[T], bool] | None = None,
) -> T:
    session = opened_session(request)
    if session is not None and is_unsettled(session):
        return load()
    since = request.environ.get(SINCE)
    begun = begun_at(session) if session is not None else None
    if begun is not None and since is not None:
        since = min(begun, since)
    elif begun is not None:
        since = begun
    return memo.get(key, tags, load, until=until, since=since, keep=keep)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _next_change(request: Request) -> datetime | None:
    """Find when the clock will next show or hide an item, anywhere.

    The page does not *use* this: an item scheduled later marks the pages it belongs to
    when it is scheduled, and those then learn of the nearer instant.
    """

    def load() -> datetime | None:
        return next_change(request.dbsession, request.now)

    memo = request.registry.memo
    return _kept(request, memo, "next change", ("nodes",), load, lambda moment: moment)


def includeme(config: Configurator) -> None:
    """Add them to every request."""
    for method in (uses, memo, made_once, recall, cacheable, fresh_until):
        config.add_request_method(method)
