"""Reading a hunspell dictionary: its words, and the forms that its rules make of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

# The longest condition of the rules is shorter: words that end alike take the same rules.
ENDING = 12


class Rule(NamedTuple):
    """A suffix: what is cut off, what comes instead, and how the word must end."""

    strip: str
    add: str
    condition: re.Pattern[str]


class Entry(NamedTuple):
    """A line of the dictionary; each flag is a letter that names rules."""

    word: str
    flags: str


class Dictionary:
    """The words of a dictionary with their rules."""

    def __init__(self, folder: Path) -> None:
        self._rules = _read_rules(folder / "index.aff")
        lines = (folder / "index.dic").read_text(encoding="utf-8").splitlines()[1:]
        self.entries = [Entry(*line.partition("/")[::2]) for line in lines if line]
        self._fitting = lru_cache(maxsize=None)(self._find_fitting)

    def forms(self, entry: Entry) -> Iterator[str]:
        """Make all forms of a word, itself first; the negating prefix is left aside."""
        yield entry.word
        for flag in entry.flags:
            for rule in self._fitting(flag, entry.word[-ENDING:]):
                yield entry.word.removesuffix(rule.strip) + rule.add

    def _find_fitting(self, flag: str, ending: str) -> tuple[Rule, ...]:
        rules = self._rules.get(flag, ())
        return tuple(rule for rule in rules if rule.condition.search(ending))


def _read_rules(path: Path) -> dict[str, list[Rule]]:
    rules = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            _, flag, strip, add, condition = parts[:5]
            strip, add = ("" if text == "0" else text for text in (strip, add.partition("/")[0]))
            rules[flag].append(Rule(strip, add, re.compile(f"(?:{condition})$")))
    return rules
