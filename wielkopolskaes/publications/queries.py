"""What belongs to publications: their files, and the other volumes of their series."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.filetext.models import FileText
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.queries import visible_at
from wielkopolskaes.types import Request

FILES = "files"


class Facts(NamedTuple):
    """What a reader should know of a file before taking it; None where nobody knows."""

    accessible: str
    pages: int | None
    has_text_layer: bool | None


def facts_of(session: Session, ids: Collection[int]) -> dict[int, Facts]:
    """Tell of documents what was said and found of their files."""
    query = (
        select(Document.id, Document.accessible, FileText.pages, FileText.has_text_layer)
        .outerjoin(FileText, FileText.sha256 == Document.sha256)
        .where(Document.id.in_(ids))
    )
    return {row[0]: Facts(*row[1:]) for row in session.execute(query)} if ids else {}


def public_files(session: Session, publication_id: int, now: datetime) -> list[tuple[str, str]]:
    """List name and accessibility of the files that any reader may take."""
    query = (
        select(Document.filename, Document.accessible)
        .join(Reference, Reference.target_id == Document.id)
        .where(Reference.source_id == publication_id, Reference.role == FILES)
        .where(visible_at(Document, now))
    )
    return [(name, accessible) for name, accessible in session.execute(query)]


def having(documents: Collection[int]) -> Select[int]:
    """Select the items that documents are files of."""
    return select(Reference.source_id).where(
        Reference.target_id.in_(documents), Reference.role == FILES
    )


def volumes_of(publication: Publication, request: Request) -> list[Card]:
    """List the other volumes of the series, as far as a reader may see them."""
    if not publication.series:
        return []
    audience = audience_of(request)
    request.uses("kind:publication")
    same = select(Publication.__table__.c.id).where(
        Publication.__table__.c.series == publication.series
    )
    query = (
        audience.select_cards()
        .where(Node.id.in_(same), Node.id != publication.id, Node.lang == publication.lang)
        .where(Node.listed, audience.seen())
        .order_by(Node.title, Node.id)
    )
    return sorted(cards(request.dbsession, query), key=_volume)


def _volume(card: Card) -> tuple[int, int, str]:
    """By the year, then by the number; what has none stands last."""
    digits = "".join(c for c in card.extra["number_in_series"] if c in "0123456789")
    return card.extra["year"] or 9999, int(digits or 0), card.title
