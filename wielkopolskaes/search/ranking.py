"""What makes one document stand above another; every engine computes it alike.

BM25F with the weights of the fields, against a fixed length: a document's part of the score is
then known when it is written, in one byte. That byte takes the place of the number of times a
word occurs, so a posting list is at once the list of scores.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import log

from wielkopolskaes.search.backend import Clause

# How much a word counts in each field of a `Document`.
FIELDS = (("title", 3.0), ("lead", 1.5), ("text", 1.0), ("file_text", 0.5))
# A file is another text than the page it is on, and often a hundred times as long: its words are
# weighed by themselves, or the title of an item would say less the more its file does.
APART = frozenset({"file_text"})
SATURATION = 1.2
LENGTH_PART = 0.5
TYPICAL_LENGTH = 400
HEAVIEST = 255

# A word as it was typed counts a little more than its other forms.
EXACT = 0.3
# The item whose whole title was typed stands above all others.
EXACT_TITLE = 10_000.0
FRESH, HALF_LIFE = 0.15, 730
OWN_LANGUAGE = 1.25

MAX_EXPANSION = 64
MAX_EXPANSIONS = 256
MAX_OFFSET = MAX_LIMIT = 10_000


def impact(count: float, length: float) -> int:
    """Return the weight of a word, 1 to 255, from its weighted count and the document's length."""
    return max(1, round(HEAVIEST * count / (count + SATURATION * share(length))))


def apart(count: float, length: float) -> float:
    """Return what a word is worth that stands so often in a file of so many words.

    Never much more than two: what a file says all over is still not what the page is about.
    """
    held = count / max(1.0, share(length))
    return held * (1 + SATURATION) / (held + SATURATION)


def share(length: float) -> float:
    """Return by how much a text of so many words makes each of them count for less."""
    return 1 - LENGTH_PART + LENGTH_PART * length / TYPICAL_LENGTH


def blend(weight: int, exact: int) -> int:
    """Return the weight of a word whose typed form weighs `exact`, 0 where that is absent."""
    # The two parts are rounded by themselves, so that columns can be added.
    return inexact(weight) + surplus(exact)


def inexact(weight: int) -> int:
    return max(1, round(weight / (1 + EXACT))) if weight else 0


def surplus(exact: int) -> int:
    return round(EXACT * exact / (1 + EXACT))


def rarity(documents: int, holding: int) -> float:
    """Return how much a word says that `holding` of `documents` hold."""
    return log(1 + (max(documents - holding, 0) + 0.5) / (holding + 0.5))


@lru_cache(16_384)
def boost(day: int, today: date | None, own_language: bool) -> float:
    """Return the small factor of age and language; `day` is an ordinal, 0 for none."""
    language = OWN_LANGUAGE if own_language else 1.0
    if not day or today is None:
        return language
    age = max(0, today.toordinal() - day)
    return language * (1 + FRESH * 0.5 ** (age / HALF_LIFE))


def most_boost(today: date | None, lang: str) -> float:
    """Return the largest `boost` of any document; the smallest is 1."""
    return (OWN_LANGUAGE if lang else 1.0) * (1 + FRESH if today else 1.0)


def expansions(prefixes: int) -> int:
    """Return how many words each prefix of a query may stand for."""
    return min(MAX_EXPANSION, MAX_EXPANSIONS // max(prefixes, 1))


def whole_title(clauses: Sequence[Clause]) -> str:
    """Return what was typed as a title would be, "" where no title can be meant."""
    exact = [clause.alternatives[0].exact if clause.alternatives else () for clause in clauses]
    if not all(exact) or any(clause.negated or clause.prefix for clause in clauses):
        return ""
    return " ".join(surface for surfaces in exact for surface in surfaces)
