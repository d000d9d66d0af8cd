"""Packing words and their values into the automaton that the lexicon walks.

Words that end alike share their ends (a minimal acyclic automaton, built from sorted words as in
Daciuk et al., "Incremental Construction of Minimal Acyclic Finite-State Automata", 2000), and the
states overlap in one row of cells: the arc of state `s` for letter `n` lies at cell `s + n`.
"""

from array import array
from itertools import groupby

from wielkopolskaes.search.analysis.lexicon import EMPTY, LETTER_BITS, VALUE

PATIENCE = 200
Arcs = tuple[tuple[int, int], ...]


class Automaton:
    """States by number; each is its arcs (letter, state), the value under the letter VALUE."""

    def __init__(self) -> None:
        self.states: list[Arcs] = []
        self._known: dict[Arcs, int] = {}
        self._open: list[list[tuple[int, int]]] = [[]]
        self._last = b""

    def add(self, word: bytes, value: int) -> None:
        """Add the next word; words come sorted and each once."""
        common = 0
        shortest = min(len(word), len(self._last))
        while common < shortest and word[common] == self._last[common]:
            common += 1
        self._close(common)
        self._open.extend([] for _ in word[common:])
        self._open[-1].append((VALUE, value))
        self._last = word

    def finish(self) -> int:
        """Close what is open and return the number of the first state."""
        self._close(0)
        return self._register(self._open.pop())

    def _close(self, depth: int) -> None:
        while len(self._open) > depth + 1:
            state = self._register(self._open.pop())
            letter = self._last[len(self._open) - 1] & EMPTY
            self._open[-1].append((letter, state))

    def _register(self, arcs: list[tuple[int, int]]) -> int:
        key = tuple(arcs)
        if key not in self._known:
            self._known[key] = len(self.states)
            self.states.append(key)
        return self._known[key]


def pack(states: list[Arcs], first: int) -> "tuple[array[int], int]":
    """Lay the states over each other; returns the cells and the place of the first state."""
    places = _place(states)
    cells = array("I", [EMPTY]) * (max(places) + EMPTY + 1)
    for place, arcs in zip(places, states, strict=True):
        for letter, target in arcs:
            content = target if letter == VALUE else places[target]
            cells[place + letter] = content << LETTER_BITS | letter
    return cells, places[first]


def _place(states: list[Arcs]) -> list[int]:
    # The states with the most arcs first: those with one fill the gaps that are left.
    places = [0] * len(states)
    room = _Room(sum(map(len, states)))
    order = sorted(range(len(states)), key=lambda number: -len(states[number]))
    for _, numbers in groupby(order, key=lambda number: len(states[number])):
        room.start()
        for number in numbers:
            places[number] = room.take([letter for letter, _ in states[number]])
    return places


class _Room:
    """Which cells are taken and which places begin a state: both only once."""

    def __init__(self, size: int) -> None:
        self._taken = bytearray(2 * size + 2 * EMPTY)
        self._begun = bytearray(2 * size + 2 * EMPTY)
        self._from = 0

    def start(self) -> None:
        """Look at all gaps again, for states of another size."""
        self._from = EMPTY

    def take(self, letters: list[int]) -> int:
        """Find a place where all letters fall on free cells, and take it."""
        cell = self._from = self._taken.find(0, self._from)
        tried = 0
        while not self._fits(cell - letters[0], letters):
            cell = self._taken.find(0, cell + 1)
            tried += 1
        if tried > PATIENCE:
            # So many gaps fit states of this size badly: they are left to smaller ones.
            self._from += (cell - self._from) // 2
        place = cell - letters[0]
        self._begun[place] = 1
        for letter in letters:
            self._taken[place + letter] = 1
        return place

    def _fits(self, place: int, letters: list[int]) -> bool:
        taken = self._taken
        return not self._begun[place] and not any(taken[place + letter] for letter in letters)
