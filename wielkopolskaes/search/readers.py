"""Which items a reader may find: read from the database, the twin of `security.access.may`.

The index knows nothing of states, instants and roles. What somebody may see is one query for
ids, kept until any item changes or the clock shows or hides one; counts and suggestions are made
of these ids alone.

The index hears of a change a moment after its commit, when the caches have heard of it already.
What is made meanwhile must not be kept: nothing would tell later that it has grown old.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from pyramid.registry import Registry
from sqlalchemy import ColumnElement, and_, func, select

from wielkopolskaes.search.backend import Page, Query
from wielkopolskaes.search.documents import findable
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Grant, Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import below
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request

VIEW = Permission.VIEW


@dataclass(frozen=True)
class Bounds:
    """What a list may hold: these kinds (all without any), and what lies under this path."""

    kinds: frozenset[str] = frozenset()
    within: str = ""

    def hold(self) -> Iterator[ColumnElement[bool]]:
        """Match what lies inside."""
        if self.kinds:
            yield Node.kind.in_(sorted(self.kinds))
        if self.within:
            yield below(self.within)


EVERYTHING = Bounds()
_numbers = count()


@dataclass(frozen=True)
class Seen:
    """The ids, in order; `version` is another whenever they are read anew."""

    ids: tuple[int, ...]
    version: int = field(default_factory=lambda: next(_numbers))


def seen_by(request: Request, bounds: Bounds = EVERYTHING) -> Seen:
    """Return what the person of the request may find inside of bounds."""
    return seen(request, person_of(request), bounds)


def seen(request: Request, person: Identity | None, bounds: Bounds = EVERYTHING) -> Seen:
    """Return what somebody may find inside of bounds; without a person, what a stranger may."""

    def load() -> Seen:
        findable = findable_by(request.registry, person, request.now)
        query = select(Node.id).where(findable, *bounds.hold())
        return Seen(tuple(request.dbsession.scalars(query.order_by(Node.id))))

    return request.memo(("search", "seen", key_of(person), bounds), ("nodes",), load)


def ask_index(request: Request, query: Query, seen: Seen) -> Page:
    """Ask for a page that may be kept; raises NotReady."""
    index = request.registry.search
    try:
        # Before the answer: an index that goes on in between answers all the better.
        if not index.knows(_newest_change(request)):
            request.fresh_until(request.now)
        page: Page = index.search(query, seen)
    except NotReady:
        request.fresh_until(request.now)
        raise
    return page


def _newest_change(request: Request) -> int:
    def load() -> int:
        return request.dbsession.scalar(select(func.max(SearchChange.seq))) or 0

    return request.memo(("search", "newest"), ("nodes",), load)


def person_of(request: Request) -> Identity | None:
    """Return the person of the request if they may see more than a stranger may."""
    return request.identity if request.identity and request.identity.grants else None


def key_of(person: Identity | None) -> tuple[int, tuple[Grant, ...]] | None:
    """Name the rights of a person: what is kept for them is kept under this."""
    return (person.id, person.grants) if person else None


def findable_by(
    registry: Registry, identity: Identity | None, now: datetime
) -> ColumnElement[bool]:
    """Match what somebody may find; for a stranger what is public now."""
    return and_(may_see(identity, now), *findable(registry))


def may_see(identity: Identity | None, now: datetime) -> ColumnElement[bool]:
    """Match what somebody may see, in lists or not."""
    return published_now(now) if identity is None else items_allowed(identity, VIEW, now)
