"""The lexicon: from a form of a Polish word to its lemmas, read from a mapped file.

`tools/build_lexicon.py` writes the file. It is a minimal acyclic automaton over the folded forms,
laid out as one row of cells: from state `s` the letter number `n` leads through cell `s + n`, which
holds that letter and the next state. A form that ends in a state with a value has that value's
lemmas, written as what to cut off its end and what to put there.
"""

import mmap
import struct
from array import array
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeAlias

MAGIC = b"WPLEX\x01\r\n"
HEADER = struct.Struct("=8sIIII")
# A cell holds the letter (a is 1) in its low bits; the letter VALUE leads to a value.
LETTER_BITS = 5
EMPTY = 31
VALUE = 0
FILE = Path(__file__).parents[1] / "data" / "lexicon.bin"


class DamagedLexicon(Exception):
    """The file is not a lexicon of this version, or was made on another kind of machine."""


class Lemma(NamedTuple):
    """How a form becomes its lemma.

    `endings` tell it from others that only agree when folded: szkoła from szkolą. They are empty
    where nothing has to be told apart.
    """

    strip: int
    add: str
    endings: tuple[str, ...]


Lemmas: TypeAlias = tuple[Lemma, ...]


class Lexicon:
    """A table of forms; the file stays mapped and is shared by all processes."""

    def __init__(self, path: Path = FILE) -> None:
        """Map a file; raises DamagedLexicon."""
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            magic, _digest, self._first, cells, length = HEADER.unpack_from(self._map)
        except (ValueError, struct.error):
            raise DamagedLexicon(str(path)) from None
        end = HEADER.size + cells * 4
        if magic != MAGIC or end + length != len(self._map):
            raise DamagedLexicon(str(path))
        self._cells = memoryview(self._map)[HEADER.size : end].cast("I")
        # Where each value begins and the last one ends: all of them as strings take 2.5 MB.
        lines = self._map[end:].splitlines(keepends=True)
        self._begins = array("I", accumulate(map(len, lines), initial=end))
        self._lemmas = cache(self._read_lemmas)

    def find(self, folded: str, spelled: str) -> tuple[str, ...]:
        """Return the keys of the lemmas of a form, none when it is unknown.

        `folded` must hold only a to z. Letters with diacritics in `spelled` choose between lemmas;
        a word without any may have been typed without them and keeps most.
        """
        state, cells = self._first, self._cells
        for byte in folded.encode():
            letter = byte & EMPTY
            cell = cells[state + letter]
            if cell & EMPTY != letter:
                return ()
            state = cell >> LETTER_BITS
        cell = cells[state]
        if cell & EMPTY != VALUE:
            return ()
        lemmas, plain = self._lemmas(cell >> LETTER_BITS)
        if folded == spelled:
            lemmas = plain
        elif len(lemmas) > 1:
            lemmas = _choose(lemmas, spelled)
        return tuple(folded[: len(folded) - strip] + add for strip, add, _ in lemmas)

    def _read_lemmas(self, value: int) -> tuple[Lemmas, Lemmas]:
        line = self._map[self._begins[value] : self._begins[value + 1]].decode()
        parts = (part.split(":") for part in line.split())
        lemmas = tuple(Lemma(int(strip), add, tuple(more)) for strip, add, *more in parts)
        return lemmas, _plain(lemmas)


def read_digest(path: Path) -> str:
    """Return the digest of a lexicon, without opening it."""
    with path.open("rb") as file:
        head = file.read(HEADER.size)
    return f"{HEADER.unpack(head)[1]:08x}" if len(head) == HEADER.size else ""


def _choose(lemmas: Lemmas, spelled: str) -> Lemmas:
    # A spelling that nothing agrees with has lost only some of its diacritics.
    fitting = tuple(lemma for lemma in lemmas if spelled.endswith(lemma.endings))
    return fitting or lemmas


def _plain(lemmas: Lemmas) -> Lemmas:
    """Return the lemmas of a form that is typed without diacritics.

    Where it is right as it stands, one that needs its last letter changed is not believed: pojawia
    is of pojawiać, not pojawią without its tail. Other letters are what people leave out.
    """
    exact = {lemma for lemma in lemmas if any(ending.isascii() for ending in lemma.endings)}
    if not exact:
        return lemmas
    return tuple(
        lemma
        for lemma in lemmas
        if lemma in exact or not all(ending[:-1].isascii() for ending in lemma.endings)
    )


def write_lemmas(lemmas: Lemmas) -> str:
    """Write a value as `Lexicon` reads it."""
    return " ".join(":".join((str(lemma.strip), lemma.add, *lemma.endings)) for lemma in lemmas)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of this process."""
    return Lexicon()
