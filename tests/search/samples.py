"""A small analysis and small documents: what engines are tried with."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st

from wielkopolskaes.search.backend import Change, Clause, Document, Phrase, Query, Sort

TODAY = date(2026, 6, 1)
_WORD = re.compile(r"\w+")
STEMS = {"kobiety": ("kobieta",), "kobiet": ("kobieta",), "piły": ("pila", "pilic"),
         "pila": ("pila",), "praca": ("praca",), "pracy": ("praca",)}  # fmt: skip


class Word(NamedTuple):
    keys: tuple[str, ...]
    surface: str
    start: int
    end: int


def folded(text):
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def analyse(text, lang):
    words = []
    for match in _WORD.finditer(text):
        surface = folded(match[0]) or match[0]
        keys = STEMS.get(match[0].lower(), (surface,))
        words.append(Word(keys, surface, match.start(), match.end()))
    return words


@dataclass(frozen=True)
class Readable:
    version: object
    ids: tuple[int, ...]


def changes(documents, start=1):
    return [Change(start + n, each.id, each) for n, each in enumerate(documents)]


def word(text, lang="pl"):
    tokens = analyse(text, lang)
    return Phrase(tuple(t.keys for t in tokens), tuple(t.surface for t in tokens))


def clause(text, **more):
    return Clause((word(text),), **more)


DOCUMENTS = [
    Document(1, "article", "pl", "Spółdzielnia kobiet", "Praca dla kobiety", "Piły i praca w Pile",
             tags=("theme:women",), day=date(2026, 5, 1), year=2026, section="aktualnosci"),
    Document(2, "article", "pl", "Praca", "", "kobiety i praca, spółdzielnia socjalna",
             tags=("theme:women", "theme:work"), day=date(2024, 5, 1), year=2024),
    Document(3, "document", "pl", "Regulamin pracy", "", "spółdzielnia", "socjalna praca",
             day=date(2020, 1, 1), year=2020, section="zasoby"),
    Document(4, "page", "en", "Social cooperative", "", "praca"),
    Document(5, "page", "pl", "", "", ""),
]  # fmt: skip

VOCABULARY = [
    "praca",
    "pracy",
    "kobiety",
    "kobiet",
    "piły",
    "pila",
    "zażółć",
    "OWES",
    "x",
    "3/2024",
]
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
documents = st.builds(
    Document,
    id=st.integers(1, 30),
    kind=st.sampled_from(["article", "page", "film"]),
    lang=st.sampled_from(["pl", "en"]),
    title=texts,
    lead=texts,
    text=texts,
    file_text=texts,
    section=st.sampled_from(["", "a", "b"]),
    tags=st.lists(st.sampled_from(["t:1", "t:2"]), max_size=2).map(tuple),
    day=st.none() | st.dates(date(2020, 1, 1), TODAY),
    year=st.none() | st.integers(2020, 2022),
)
phrases = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(" ".join).map(word)
clauses = st.builds(
    Clause,
    alternatives=st.lists(phrases, min_size=1, max_size=2).map(tuple),
    negated=st.booleans(),
) | st.builds(Clause, alternatives=st.just(()), prefix=st.sampled_from(["p", "k", "pra", "zz"]))
filters = st.dictionaries(
    st.sampled_from(["kind", "year", "section", "lang", "tag", "t"]),
    st.frozensets(st.sampled_from(["article", "page", "2020", "2021", "a", "pl", "t:1"])),
    max_size=2,
)
queries = st.builds(
    Query,
    clauses=st.lists(clauses, max_size=3).map(tuple),
    filters=filters,
    facets=st.just(("kind", "year", "section", "lang", "tag", "t")),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, 3),
    limit=st.integers(0, 20),
    lang=st.sampled_from(["", "pl"]),
    today=st.sampled_from([None, TODAY]),
)
