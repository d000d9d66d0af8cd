"""What an import is about: its file's headings, its section, its person, its language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.importing.columns import BESIDE, VERSION, Headings
from wielkopolskaes.importing.process import Row
from wielkopolskaes.importing.references import References
from wielkopolskaes.importing.words import Words
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.tree.models import Node


def record_types(registry: Registry) -> dict[str, ContentType]:
    """Return the types whose items are records: those that can be imported."""
    types: dict[str, ContentType] = registry.content_types
    return {kind: each for kind, each in types.items() if each.record}


@dataclass
class Scope:
    """Without an identity, as on the command line, everything is permitted.

    `kind` is the type of rows that do not name one; `is_table` is false of JSON, whose values
    are no texts; `locks` when what is planned is written in the same transaction.
    """

    session: Session
    registry: Registry
    section: Node
    headings: Headings
    words: Words
    identity: Identity | None
    now: datetime
    kind: str = ""
    is_table: bool = True
    locks: bool = False

    @cached_property
    def types(self) -> dict[str, ContentType]:
        """Return the types that rows may be of."""
        return record_types(self.registry)

    @cached_property
    def references(self) -> References:
        """Return what finds items that cells name."""
        return References(
            self.session, self.types.values(), self.registry.portal.hosts,
            identity=self.identity, now=self.now,
        )  # fmt: skip

    def say(self, message: str) -> str:
        """Put a message into the person's language."""
        return self.words.say(message)

    def heading(self, kind: str, name: str) -> str:
        """Return the heading over a field in this file, else what the field is called."""
        if kind:
            for heading in self.headings.headings:
                if self.headings.name_of(heading, kind) == name:
                    return heading
            return self.headings.columns[kind].heading(name)
        return self.headings.beside(name) or self.say(BESIDE.get(name, name))

    def version(self, row: Row) -> int:
        """Return which version of the record the row was made from; 0 when it does not say."""
        said: Any = row.cells.get(self.headings.beside(VERSION), "")
        text = str(said).strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
