"""A search as its address says it: what feeds and alerts ask again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from pyramid.registry import Registry
from webob.multidict import MultiDict

from wielkopolskaes.clock import day_of
from wielkopolskaes.search.backend import Query, Sort
from wielkopolskaes.search.facets import LONGEST_VALUE, MOST_CHOSEN
from wielkopolskaes.search.query import MAX_LENGTH, Parsed, parse

# The ways to narrow: what they are called in addresses, and in the index.
FACETS = {"typ": "kind", "dzial": "section", "rok": "year", "jezyk": "lang"}
LANGS = ("pl", "en")


@dataclass(frozen=True)
class Followed:
    """Words, the language they are read in, and what was chosen: (parameter, value), in order."""

    words: str
    lang: str = "pl"
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The search as the part of an address after "?"; the same search is the same text."""
        pairs = [("q", self.words), *self.chosen]
        return urlencode(pairs if self.lang == "pl" else [*pairs, ("lang", self.lang)])

    @property
    def filters(self) -> dict[str, frozenset[str]]:
        """What was chosen, by the names of the index."""
        return {
            name: frozenset(value for p, value in self.chosen if p == parameter)
            for parameter, name in FACETS.items()
            if any(p == parameter for p, _value in self.chosen)
        }


def read_followed(address: MultiDict[str, str], lang: str) -> Followed:
    """Read the search of an address, as the search page does."""
    chosen = (
        (parameter, value)
        for parameter in FACETS
        for value in sorted(set(_values(address.getall(parameter))))
    )
    return Followed(_readable(address.get("q", "")), lang, tuple(chosen))


def from_text(text: str) -> Followed:
    """Read what `Followed.text` has written."""
    address = MultiDict(parse_qsl(text))
    lang = address.get("lang", "pl")
    return read_followed(address, lang if lang in LANGS else "pl")


def parsed(registry: Registry, asked: Followed) -> Parsed:
    """Understand the words."""
    from wielkopolskaes.search.analysis import analyse

    return parse(asked.words, analyse, asked.lang, registry.search.spans)


def newest_first(registry: Registry, asked: Followed, now: datetime, limit: int) -> Query | None:
    """Make the query for the newest items; None when the words ask for nothing."""
    meaning = parsed(registry, asked)
    if meaning.empty:
        return None
    return Query(
        clauses=meaning.clauses,
        filters={**asked.filters, **meaning.filters},
        sort=Sort.NEWEST,
        limit=limit,
        lang=asked.lang,
        today=day_of(now),
    )


def _values(values: Iterable[str]) -> list[str]:
    """Take the values that the search page takes."""
    return [value for value in values if 0 < len(value) <= LONGEST_VALUE][:MOST_CHOSEN]


def _readable(words: str) -> str:
    """Leave no character that a subject of a letter or a line of a list could not hold."""
    plain = "".join(char if char.isprintable() else " " for char in words.strip()[:MAX_LENGTH])
    return " ".join(plain.split())
