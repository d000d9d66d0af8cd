"""How often files were taken, by file and by month."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.downloads.models import DownloadCount
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission


class Line(NamedTuple):
    """A file in a month; `title` and `path` are empty where nobody may see an item with it."""

    month: str
    sha256: str
    title: str
    path: str
    requests: int
    readers: int


def readers_before(session: Session, files: Collection[str], day: date) -> dict[str, int]:
    """Add up, for each file, the readers of all days before a day; one query."""
    if not files:
        return {}
    query = (
        select(DownloadCount.sha256, func.sum(DownloadCount.readers))
        .where(DownloadCount.sha256.in_(files), DownloadCount.day < day)
        .group_by(DownloadCount.sha256)
    )
    return {sha256: int(number) for sha256, number in session.execute(query)}


def months(session: Session) -> list[str]:
    """List the months with downloads, the latest first."""
    year, month = extract("year", DownloadCount.day), extract("month", DownloadCount.day)
    query = select(year, month).distinct().order_by(year.desc(), month.desc())
    return [_named(*row) for row in session.execute(query)]


def lines(session: Session, person: Identity | None, now: datetime, month: str = "") -> list[Line]:
    """List files by month, the most taken first; names as far as the person may see them."""
    year, number = extract("year", DownloadCount.day), extract("month", DownloadCount.day)
    requests = func.sum(DownloadCount.requests)
    query = (
        select(year, number, DownloadCount.sha256, requests, func.sum(DownloadCount.readers))
        .group_by(year, number, DownloadCount.sha256)
        .order_by(year.desc(), number.desc(), requests.desc(), DownloadCount.sha256)
    )
    if month:
        query = query.where(year == int(month[:4]), number == int(month[5:]))
    rows = session.execute(query).all()
    names = _names(session, person, now, {row[2] for row in rows})
    return [_line(row, names.get(row[2], ("", ""))) for row in rows]


def _names(
    session: Session, person: Identity | None, now: datetime, files: Collection[str]
) -> dict[str, tuple[str, str]]:
    allowed = items_allowed(person, Permission.VIEW, now)
    query = (
        select(Document.sha256, Document.title, Document.path)
        .where(Document.sha256.in_(sorted(files)), allowed)
        .order_by(Document.id.desc())
    )
    return {sha256: (title, path) for sha256, title, path in session.execute(query)}


def _line(row: Sequence[Any], name: tuple[str, str]) -> Line:
    year, month, sha256, requests, readers = row
    return Line(_named(year, month), sha256, *name, int(requests), int(readers))


def _named(year: Any, month: Any) -> str:
    return f"{int(year):04}-{int(month):02}"
