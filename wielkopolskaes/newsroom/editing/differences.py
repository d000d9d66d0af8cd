"""The words in which two texts differ, for showing them side by side."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing costs up to the product of the lengths: beyond this, whole parts are shown as changed.
_MOST_WORK = 1_000_000


class Run(NamedTuple):
    """Neighbouring words; `own` when the other text does not have them there."""

    text: str
    own: bool


class Sides(NamedTuple):
    """Two texts, each cut into what both have and what is its own."""

    theirs: list[Run]
    mine: list[Run]


def compare(theirs: str, mine: str) -> Sides:
    """Compare by lines first, then by words in the lines that differ."""
    sides = Sides([], [])
    for own, left, right in _changes(_lines(theirs), _lines(mine)):
        if not own:
            _add(sides, "".join(left), "".join(right), own=False)
            continue
        for own_word, words, others in _changes(_words(left), _words(right)):
            _add(sides, "".join(words), "".join(others), own=own_word)
    return sides


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _words(lines: Sequence[str]) -> list[str]:
    return _PIECE.findall("".join(lines))


def _add(sides: Sides, left: str, right: str, *, own: bool) -> None:
    for side, text in ((sides.theirs, left), (sides.mine, right)):
        if text:
            side.append(Run(text, own))


def _changes(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield what is equal and what is not, in order."""
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    stop_left, stop_right = len(left) - end, len(right) - end
    yield False, left[:start], right[:start]
    middle, other = left[start:stop_left], right[start:stop_right]
    if len(middle) * len(other) > _MOST_WORK:
        yield True, middle, other
    else:
        for tag, i, j, k, m in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
            yield tag != "equal", middle[i:j], other[k:m]
    yield False, left[stop_left:], right[stop_right:]


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Count how many pieces both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))
