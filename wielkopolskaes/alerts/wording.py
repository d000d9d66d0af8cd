"""A search in words: what was chosen, as letters and pages say it."""

from collections.abc import Iterator
from datetime import datetime

from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Frequency
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.search.documents import section_of
from wielkopolskaes.search.followed import Followed
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now

FREQUENCIES: dict[Frequency, TranslationString] = {
    Frequency.AT_ONCE: _("at once, at most once an hour"),
    Frequency.DAILY: _("once a day, in the morning"),
    Frequency.WEEKLY: _("once a week, on Monday"),
}


def described(
    registry: Registry, session: Session, asked: Followed, now: datetime
) -> list[str | TranslationString]:
    """List the choices of a search, to be translated: kinds, names of sections, years, languages.

    A section that is not public has no name here.
    """
    names = _sections(session, now) if any(p == "dzial" for p, _v in asked.chosen) else {}
    return list(_labels(registry, asked, names))


def _labels(
    registry: Registry, asked: Followed, names: dict[str, str]
) -> Iterator[str | TranslationString]:
    for parameter, value in asked.chosen:
        match parameter:
            case "typ" if value in registry.content_types:
                yield registry.content_types[value].label
            case "dzial":
                yield names.get(value, value)
            case "jezyk":
                yield LANGUAGE_NAMES.get(value, value)
            case _:
                yield value


def _sections(session: Session, now: datetime) -> dict[str, str]:
    top = (Node.kind == "section", Node.path.not_like("/%/%"), published_now(now))
    rows = session.execute(select(Node.path, Node.nav_title, Node.title).where(*top))
    return {section_of(path): nav or title for path, nav, title in rows}
