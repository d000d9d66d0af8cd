"""The data sets: a kind of record each, with the addresses where it can be had."""

from datetime import datetime
from typing import NamedTuple

from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy import select

from wielkopolskaes.content.section.asked import FILES
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import localizer_of
from wielkopolskaes.opendata.kinds import base_of, kinds_of
from wielkopolskaes.opendata.oai.harvest import latest
from wielkopolskaes.opendata.queries import count_of
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request


class Set(NamedTuple):
    """`page` is the list for readers, "" where there is none; `files` are endings and addresses."""

    kind: str
    label: TranslationString
    records: int
    modified: datetime | None
    page: str
    files: list[tuple[str, str]]

    def label_in(self, registry: Registry, lang: str) -> str:
        """Return what the kind is called in a language."""
        return localizer_of(registry, lang).translate(self.label)


def sets_of(request: Request) -> list[Set]:
    """List the data sets with their numbers; their lists for readers in the request's language."""
    pages = _pages(request)
    session, now = request.dbsession, request.now
    found = []
    for kind, content_type in kinds_of(request.registry).items():
        base = base_of(request.registry, kind)
        page = pages.get(base.name, "") if base else ""
        alone = f"?typ={kind}" if base and len(base.kinds) > 1 else ""
        files = [(ending, f"{page}/lista.{ending}{alone}") for ending in FILES] if page else []
        records = count_of(session, content_type, now)
        changed = latest(session, {kind: content_type}, now)
        found.append(
            Set(kind, content_type.label, records, changed, f"{page}{alone}" if page else "", files)
        )
    return found


def _pages(request: Request) -> dict[str, str]:
    """Find where the list of each database stands, best in the reader's language."""
    query = select(Section.listing, Section.path, Section.lang).where(
        Section.listing.in_(sorted(request.registry.bases)), published_now(request.now)
    )
    rows = sorted(request.dbsession.execute(query), key=lambda row: row.path, reverse=True)
    rows.sort(key=lambda row: row.lang == request.locale_name)
    return {row.listing: row.path for row in rows}
