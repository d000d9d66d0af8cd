"""Items that cells name, and how items are named in cells."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import HIGHEST, resolver
from wielkopolskaes.newsroom.rows import outside_trash
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node

_PERMANENT = re.compile(r"/?([a-z])/([A-Z0-9][A-Z0-9-]*)")


class References:
    """Finds items by their place, their number or their permanent address, `/r/D0104`.

    Items that the same file is going to make are known by their permanent addresses; until then
    they have numbers that no item has. In cells an item stands by its address, one that the
    person may not see by its number.
    """

    def __init__(
        self, session: Session, types: Iterable[ContentType], hosts: Iterable[str],
        *, identity: Identity | None, now: datetime,
    ) -> None:  # fmt: skip
        self._session = session
        self._letters = {each.letter: each for each in types if each.letter}
        self._hosts = frozenset(hosts)
        self._identity, self._now = identity, now
        self._stored = resolver(session)
        self._found: dict[str, int | None] = {}
        self._promised: dict[tuple[str, str], int] = {}
        self._kinds: dict[int, str | None] = {}
        self._addresses: dict[int, str] = {}
        # How often an item was named that is still to be made.
        self.relied = 0

    def promise(self, kind: str, code: str) -> None:
        """Expect an item that is going to be made."""
        number = HIGHEST + len(self._promised)
        self._promised.setdefault((kind, code), number)
        self._kinds[self._promised[kind, code]] = kind

    def forget_promises(self) -> None:
        """From now on only what is stored counts."""
        self._promised.clear()
        self._found.clear()

    def resolve(self, value: str) -> int | None:
        """Return the number of the item that somebody means, None when there is none."""
        if value not in self._found:
            self._found[value] = self._resolve(value.strip())
        found = self._found[value]
        self.relied += found is not None and found >= HIGHEST
        return found

    def _resolve(self, value: str) -> int | None:
        if value.startswith(("http://", "https://")):
            address = urlsplit(value)
            if address.hostname not in self._hosts:
                return None
            value = address.path
        permanent = _PERMANENT.fullmatch(value)
        if permanent and permanent[1] in self._letters:
            return self._by_code(self._letters[permanent[1]], permanent[2])
        return self._stored(value)

    def _by_code(self, content_type: ContentType, code: str) -> int | None:
        own = content_type.model.__table__.c
        query = (
            select(Node.id)
            .where(Node.id.in_(select(own.id).where(own.code == code)), outside_trash())
            .order_by(case((Node.lang == "pl", 0), else_=1), Node.id)
        )
        stored = self._session.scalar(query.limit(1))
        return stored or self._promised.get((content_type.kind, code))

    def kind_of(self, id_: int) -> str | None:
        """Return the kind of an item."""
        if id_ not in self._kinds:
            self._kinds[id_] = self._session.scalar(select(Node.kind).where(Node.id == id_))
        return self._kinds[id_]

    def learn(self, ids: Iterable[int]) -> None:
        """Look up with one query how these items are written."""
        unknown = set(ids) - self._addresses.keys()
        if not unknown:
            return
        self._addresses |= {id_: str(id_) for id_ in unknown}
        query = select(Node.id, Node.path).where(Node.id.in_(unknown))
        if self._identity is not None:
            query = query.where(items_allowed(self._identity, Permission.VIEW, self._now))
        self._addresses |= {row.id: row.path for row in self._session.execute(query)}

    def address(self, id_: int) -> str:
        """Write an item."""
        self.learn([id_])
        return self._addresses[id_]


def letters(types: Mapping[str, ContentType]) -> dict[str, str]:
    """Return the kinds by the letters of their permanent addresses."""
    return {each.letter: kind for kind, each in types.items() if each.letter}


def permanent_of(cell: str) -> tuple[str, str]:
    """Read letter and code out of a permanent address, with or without a host."""
    found = _PERMANENT.fullmatch(urlsplit(cell.strip()).path)
    return (found[1], found[2]) if found else ("", "")
