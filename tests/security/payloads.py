"""Hostile texts for every field: one payload a line, as JSON where a line cannot say it."""

import json
from itertools import cycle
from pathlib import Path

import colander

from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText
from wielkopolskaes.films.schemas import is_embed

CORPUS = Path(__file__).parent / "xss_corpus.txt"


def payloads():
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line and not line.startswith("# ")]
    return [json.loads(line) if line.startswith('"') and _is_json(line) else line for line in found]


def _is_json(line):
    try:
        return isinstance(json.loads(line), str)
    except ValueError:
        return False


class Supply:
    """Give payloads in turn, as many at a time as there is room for."""

    def __init__(self):
        self._left = cycle(payloads())
        self._next = next(self._left)

    def take(self, room):
        text = self._next[:room]
        self._next = next(self._left)
        while len(text) + len(self._next) + 1 <= room:
            text = f"{text} {self._next}"
            self._next = next(self._left)
        return text


def spoil(field, value, supply):
    """Put payloads into every text of a form's values, as long as the field lets them be."""
    if isinstance(field.typ, colander.Mapping):
        return {child.name: spoil(child, value[child.name], supply)
                for child in field.children if child.name in value}  # fmt: skip
    if isinstance(field.typ, colander.Sequence):
        return [spoil(field.children[0], each, supply) for each in value]
    if isinstance(field.typ, RichText):
        return f"<p>{value}</p>{supply.take(4000)}"
    if not isinstance(field.typ, colander.String) or isinstance(field.typ, NodeRef | PartialDate):
        return value
    if not value:
        return value  # It has a form of its own.
    if hasattr(field, "read_as"):
        return f"{value} {' '.join(supply.take(1000).replace('-->', '').split())}"
    rules = getattr(field.validator, "validators", [field.validator])
    closed = (colander.OneOf, colander.Regex)
    if is_embed in rules or any(isinstance(rule, closed) for rule in rules):
        return value
    longest = [rule.max for rule in rules if isinstance(rule, colander.Length) and rule.max]
    return supply.take(min([*longest, 1000]))
