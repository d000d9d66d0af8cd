"""Throw-away portals to measure: the starting content, and as many articles as wanted."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import func, insert, select, text

from wielkopolskaes import configure
from wielkopolskaes.cli.load_content import load_folder
from wielkopolskaes.cli.schema import upgrade
from wielkopolskaes.content import richtext
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.folding import fold
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import work
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.states import State
from wielkopolskaes.tree.visibility import ALWAYS

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 1000
RELATED = 2
PAGE_SIZE = 20
PARAGRAPH = (
    "Spółdzielnia socjalna z powiatu gnieźnieńskiego zatrudnia dwanaście osób, z których siedem "
    "przez lata pozostawało bez pracy. Prowadzi stołówkę, szyje pościel i dba o zieleń w trzech "
    "gminach, a nadwyżkę przeznacza na zajęcia dla mieszkańców. Zażółć gęślą jaźń. "
)
BODY = "".join(
    f"<h2>Część {number}</h2><p>{PARAGRAPH}</p><ul><li>pierwsze</li><li>drugie</li></ul>"
    f'<p>{PARAGRAPH} <a href="https://example.org/zrodlo">Źródło</a>.</p>'
    for number in range(1, 5)
)


def settings(url: str, var: Path, *, page_cache: bool) -> dict[str, str]:
    return {
        "wielkopolskaes.var": str(var),
        "wielkopolskaes.database_url": url,
        "wielkopolskaes.secret": "measured only on this machine, never served",
        "wielkopolskaes.base_url": "http://127.0.0.1",
        "wielkopolskaes.worker_in_process": "false",
        "wielkopolskaes.page_cache": str(page_cache).lower(),
    }


@dataclass
class Filled:
    """Where the articles are. `shallow` lie three sections deep, `deep` eight."""

    url: str
    var: Path
    section: str = ""
    shallow: list[str] = field(default_factory=list)
    deep: list[str] = field(default_factory=list)

    @property
    def last_page(self) -> int:
        return len(self.shallow) // PAGE_SIZE


@contextmanager
def opened(filled: Filled) -> Iterator[Registry]:
    """Open the portal without a server, to publish in it."""
    registry = configure(**settings(filled.url, filled.var, page_cache=False)).registry
    yield registry
    _close(registry)


def fill(url: str, var: Path, *, articles: int, depth: int = 8) -> Filled:
    """Make the tables, load the starting content, add articles by set-based statements."""
    filled = Filled(url, var)
    var.mkdir(parents=True, exist_ok=True)
    with opened(filled) as registry:
        logging.disable(logging.INFO)
        upgrade(registry.engine, registry.portal.migrations_dir)
        load_folder(registry, registry.portal.content_dir)
        _add_articles(registry, filled, articles, depth)
    return filled


def _add_articles(registry: Registry, filled: Filled, articles: int, depth: int) -> None:
    with work(registry) as session:
        writer = _Writer(session, registry)
        filled.section = writer.chain("pomiar", 3)
        filled.shallow = writer.articles(filled.section, articles // 2)
        filled.deep = writer.articles(writer.chain("gleboko", depth), articles // 2)
    with registry.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def _close(registry: Registry) -> None:
    listener = getattr(registry, "cache_listener", None)
    if listener is not None:
        listener.stop()
    registry.engine.dispose()


class _Writer:
    """Adds rows with known numbers, so that references can name them."""

    def __init__(self, session: Any, registry: Registry) -> None:
        self._session = session
        self._card = registry.content_types["article"].card
        self._next = session.scalar(select(func.max(Node.id))) + 1
        self._ids = {"/": session.scalar(select(Node.id).where(Node.path == "/"))}
        prepared = richtext.prepare(BODY, "pl")
        outline = [list(heading) for heading in prepared.outline]
        self._rendered = {"body": {"html": prepared.html, "outline": outline}}

    def chain(self, name: str, depth: int) -> str:
        """Put sections one under another; returns the path of the last."""
        parent = "/"
        for level in range(1, depth + 1):
            slug = f"{name}-{level}"
            row = self._row("section", parent, slug, level, f"Dział {name} {level}")
            row |= {"listing": "news", "page_size": PAGE_SIZE}
            self._session.execute(insert(Section), [row])
            parent = row["path"]
            self._ids[parent] = row["id"]
        return parent

    def articles(self, under: str, count: int) -> list[str]:
        """Put articles into a section, each with a few related ones; returns their paths."""
        paths: list[str] = []
        for start in range(0, count, BATCH):
            rows = list(self._articles(under, start, min(start + BATCH, count)))
            self._session.execute(insert(Article), rows)
            self._session.execute(insert(Reference), list(_related(rows)))
            paths += [row["path"] for row in rows]
        return paths

    def _articles(self, under: str, start: int, end: int) -> Iterator[dict[str, Any]]:
        for number in range(start, end):
            title = f"Wiadomość {number} o spółdzielniach i przedsiębiorstwach społecznych"
            row = self._row("article", under, f"wiadomosc-{number}", number, title)
            row["shown_on"] = date(2010, 1, 1) + timedelta(days=number % 6000)
            row["body"], row["rendered"] = BODY, self._rendered
            row["card"] = self._card(Article(**row))
            yield row

    def _row(self, kind: str, under: str, slug: str, position: int, title: str) -> dict[str, Any]:
        id_, self._next = self._next, self._next + 1
        lead = "Co zrobiły gminy, kto skorzystał i gdzie można o tym przeczytać więcej."
        return {
            "id": id_,
            "kind": kind,
            "parent_id": self._ids[under],
            "slug": slug,
            "path": f"{under.rstrip('/')}/{slug}",
            "position": position,
            "title": title,
            "lead": lead,
            "folded": fold(f"{title} {lead}"),
            "source": "Dane do pomiarów",
            "author": "Zespół redakcyjny",
            "state": State.PUBLISHED,
            "publish_at": LONG_AGO,
            "first_public_at": LONG_AGO,
            "visible_from": max(LONG_AGO, ALWAYS),
            "edited_on": date(2026, 1, 2),
        }


def _related(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for index, row in enumerate(rows):
        for position in range(RELATED):
            target = rows[(index + position + 1) % len(rows)]
            yield {
                "source_id": row["id"],
                "role": "related",
                "position": position,
                "target_id": target["id"],
            }
