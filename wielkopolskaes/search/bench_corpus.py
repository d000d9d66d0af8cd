"""The files that `search bench` reads: documents, who may see them, queries."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wielkopolskaes.search.backend import Document

PUBLIC = frozenset({"published", "public"})
ANYBODY = frozenset({"everyone", "public", "anonymous", "anyone", "all"})


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the corpus; `readable` says whether the reader of the bench may see it."""

    document: Document
    readable: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Anybody; in a corpus that knows no such role, who has the most frequent one."""

    states: frozenset[str]
    roles: frozenset[str]

    def may(self, raw: Mapping[str, object]) -> bool:
        listed = _strings(raw.get("roles"))
        return str(raw.get("state") or "published") in self.states and (
            not listed or not self.roles.isdisjoint(listed)
        )


def reader_of(path: Path) -> Reader:
    """Choose who searches."""
    states: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for raw in _lines(path):
        states[str(raw.get("state") or "published")] += 1
        roles.update(_strings(raw.get("roles")))
    return Reader(_chosen(states, PUBLIC), _chosen(roles, ANYBODY))


def _chosen(counts: Counter[str], usual: frozenset[str]) -> frozenset[str]:
    return usual & set(counts) or frozenset(name for name, _ in counts.most_common(1))


def rows(path: Path, reader: Reader) -> Iterator[Row]:
    """Read a corpus, one JSON object a line."""
    for number, raw in enumerate(_lines(path), 1):
        yield Row(_document(number, raw), reader.may(raw))


def _lines(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _document(number: int, raw: Mapping[str, object]) -> Document:
    # Ids of the corpus may be anything; each engine gets the numbers of the lines.
    return Document(
        number,
        str(raw.get("type") or "page"),
        "pl",
        str(raw.get("title") or ""),
        text=str(raw.get("body") or ""),
        tags=tuple(_strings(raw.get("tags"))),
        day=_day(str(raw.get("date") or "")),
        year=int(str(raw["year"])) if raw.get("year") else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _strings(value: object) -> list[str]:
    some = value if isinstance(value, list) else [value] if value else []
    return [str(each) for each in some]


def asked(path: Path) -> dict[str, list[str]]:
    """Read queries by kind, from either of the two shapes that files have."""
    raw = json.loads(path.read_text("utf-8"))
    found: dict[str, list[str]] = {}
    if isinstance(raw, dict):
        pairs = [(kind, query) for kind, queries in raw.items() for query in queries]
    else:
        pairs = [(each["kind"], each["q"]) for each in raw]
    for kind, query in pairs:
        text = query["q"] if isinstance(query, dict) else query
        found.setdefault(str(kind).replace("_", " "), []).append(str(text))
    return found
