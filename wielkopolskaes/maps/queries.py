"""Which databases have a map."""

from typing import NamedTuple

from sqlalchemy import select

from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request


class Mapped(NamedTuple):
    """A public database with a map."""

    title: str
    path: str


def mapped(request: Request, lang: str) -> list[Mapped]:
    """List the public databases of a language that have a map, a section before those inside."""
    names = sorted(name for name, base in request.registry.bases.items() if base.where)
    section = Section.__table__.c

    def load() -> list[Mapped]:
        query = (
            select(Node.nav_title, Node.title, Node.path)
            .join(Section.__table__, section.id == Node.id)
            .where(section.listing.in_(names), Node.lang == lang, published_now(request.now))
            .order_by(Node.path)
        )
        rows = request.dbsession.execute(query)
        return [Mapped(short or title, path) for short, title, path in rows]

    return request.memo(("databases with a map", lang), ("kind:section",), load)
