"""The words of a document as PostgreSQL keeps them.

A *lexeme* is a mark and a word: `k` and a key, `f` and a form as it was written, folded. Keys
have their places, forms none. What PostgreSQL cannot keep as it is has a digest instead.

A *number* is what a document's weight of one lexeme is kept as: 55 bits of the lexeme's digest
above the 8 bits of the weight (see `ranking`). The numbers of a document ascend, so that
`width_bucket` finds one by halving.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from wielkopolskaes.search.weighing import Weighed

KEY, FORM, DIGEST = "k", "f", "x"
LONGEST = 255
# Limits of a tsvector: places, places of one lexeme, and half of the bytes that it may have.
MAX_PLACE, MAX_PLACES, MAX_BYTES = 16_383, 255, 1 << 19
# Parts of one document share so many places, so that each phrase lies whole in one of them.
OVERLAP = 32

Places = Mapping[str, Sequence[int]]


def lexeme(mark: str, word: str) -> str:
    """Return what stands for a key or a form."""
    data = word.encode("utf-8", "surrogatepass")
    if len(data) > LONGEST or not storable(word):
        return f"{DIGEST}{mark}{blake2b(data, digest_size=16).hexdigest()}"
    return mark + word


def storable(text: str) -> bool:
    """Tell whether PostgreSQL can keep a text at all."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


@lru_cache(1 << 16)
def number(mark: str, word: str) -> int:
    """Return the number of a word, its weight still 0."""
    digest = blake2b(lexeme(mark, word).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 9 << 8


def numbers(weighed: Weighed) -> list[int]:
    """Return the weights of all words of a document."""
    found = [number(KEY, key) | weight for key, weight in weighed.keys.items()]
    found += [number(FORM, form) | weight for form, weight in weighed.surfaces.items()]
    return sorted(found)


def quoted(lexeme: str) -> str:
    """Quote a lexeme for a tsvector or a tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def parts(weighed: Weighed) -> Iterator[str]:
    """Write the words of a document as one tsvector, or as many as it takes."""
    keys = {quoted(lexeme(KEY, key)): places for key, places in weighed.places.items()}
    forms = [quoted(lexeme(FORM, form)) for form in weighed.surfaces]
    windows = list(_windows(keys, 0, weighed.end))
    # Forms have no place: they go where there is room.
    for start, inside in windows:
        room = MAX_BYTES - _size(inside)
        taken, forms = _fitting(forms, room)
        yield " ".join((*_placed(inside, start), *taken))
    while forms:
        taken, forms = _fitting(forms, MAX_BYTES)
        yield " ".join(taken)


def _windows(places: Places, start: int, end: int) -> Iterator[tuple[int, Places]]:
    """Divide a document until each part keeps to the limits; its first place comes with it."""
    if end - start <= MAX_PLACES or _fits(places, end - start):
        yield start, places
        return
    middle = (start + end) // 2
    yield from _windows(_between(places, start, middle + OVERLAP), start, middle + OVERLAP)
    yield from _windows(_between(places, middle, end), middle, end)


def _fits(places: Places, length: int) -> bool:
    return (
        length < MAX_PLACE
        and all(len(found) <= MAX_PLACES for found in places.values())
        and _size(places) <= MAX_BYTES
    )


def _between(places: Places, start: int, end: int) -> Places:
    cut = {key: found[bisect_left(found, start) : bisect_left(found, end)]
           for key, found in places.items()}  # fmt: skip
    return {key: found for key, found in cut.items() if found}


def _size(places: Places) -> int:
    # Each lexeme has an entry, each list of places a length; both may be padded.
    return sum(8 + 4 * len(key) + 2 * len(found) for key, found in places.items())


def _placed(places: Places, start: int) -> Iterable[str]:
    for key, found in places.items():
        yield f"{key}:{','.join(str(place - start + 1) for place in found)}"


def _fitting(forms: list[str], room: int) -> tuple[list[str], list[str]]:
    """Take as many forms as there is room for; return them and the rest."""
    for count, form in enumerate(forms):
        room -= 8 + 4 * len(form)
        if room < 0:
            return forms[:count], forms[count:]
    return forms, []
