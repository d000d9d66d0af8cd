"""For whom a page is made: for everybody, or for one person who looks at what is not public.

A page for everybody shows what is public and nothing else, whoever asks for it. Only the page
of an item that is not public is made for one person, with all that this person may see.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.cards import Card, Used, select_cards, used_by
from wielkopolskaes.security.access import items_allowed, may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.states import State
from wielkopolskaes.types import Request

T = TypeVar("T")

_SET = "wielkopolskaes.audience"


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody, or the person whose page it is, at a moment."""

    now: datetime
    person: Identity | None = None

    def sees(self, card: Card) -> bool:
        """Tell whether the item may stand on the page."""
        if self.person is None:
            return card.is_public(self.now)
        return card.state is not State.TRASHED and may(self.person, Permission.VIEW, card, self.now)

    def seen(self) -> ColumnElement[bool]:
        """Match what may stand on the page: the twin of `sees`."""
        if self.person is None:
            return published_now(self.now)
        allowed = items_allowed(self.person, Permission.VIEW, self.now)
        return and_(Node.state != State.TRASHED, allowed)

    def select_cards(self) -> Any:
        """Start a query for cards with the pictures that may be shown."""
        if self.person is None:
            return select_cards(self.now)
        return select_cards(self.now, self._ids_seen())

    def used_by(self, session: Session, ids: Sequence[int]) -> list[Used]:
        """Load what these items use, with the pictures that may be shown."""
        return used_by(session, ids, self.now, None if self.person is None else self._ids_seen())

    def _ids_seen(self) -> Select[Any]:
        # The table stands in the query around it too: it must not be taken for that one.
        return select(Node.id).where(self.seen()).correlate(None)


def audience_of(request: Request) -> Audience:
    """Return for whom this request's page is made; everybody, unless `show_to` said otherwise."""
    return request.environ.get(_SET) or Audience(request.now)


def show_to(person: Identity, request: Request) -> None:
    """Make the page of this request for one person."""
    request.environ[_SET] = Audience(request.now, person)


def kept(
    audience: Audience,
    request: Request,
    key: Hashable,
    tags: Iterable[str],
    load: Callable[[], T],
    used: Callable[[T], Iterable[str]] | None = None,
) -> T:
    """Return what pages for everybody share (`request.memo`); for one person load it anew."""
    if audience.person is not None:
        return load()
    return request.memo(key, tags, load, used=used)
