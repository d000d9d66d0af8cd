"""Whose work a record is, as catalogues and citations name it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from wielkopolskaes.content.registry import Say
from wielkopolskaes.records.record import Contributor, Record, Role

# Who stands at the head of a citation: the first of these that a record has.
_HEADS = (Role.AUTHOR, Role.EDITOR, Role.DIRECTOR, Role.PRODUCER, Role.LEADER)


class Name(NamedTuple):
    """The name of a person; `given` is empty for one of a single word, and for organisations."""

    family: str
    given: str = ""


def name_of(contributor: Contributor) -> Name:
    """Part a person's name: its last word is the family's ("Anna Maria Nowak-Kowalska")."""
    words = one_line(contributor.name)
    if not contributor.is_person:
        return Name(words)
    given, _, family = words.rpartition(" ")
    return Name(family, given)


def named(record: Record, *roles: Role) -> list[Contributor]:
    """List who did something, in the record's order."""
    return [each for each in record.contributors if each.role in roles and each.name.strip()]


def heads(record: Record) -> list[Contributor]:
    """List those under whose names a record is cited: its authors, else who comes nearest."""
    found = (named(record, role) for role in _HEADS)
    return next((people for people in found if people), [])


def by_role(
    people: Sequence[Mapping[str, Any]], words: Mapping[str, str], say: Say
) -> list[tuple[str, list[str]]]:
    """Put names under what these people, `{name, role}`, did; in the order of the words."""
    order = list(words)
    ordered = sorted(people, key=lambda person: order.index(person["role"]))
    return [
        (say(words[role]), [person["name"] for person in group])
        for role, group in groupby(ordered, key=lambda person: person["role"])
    ]


def one_line(text: str) -> str:
    """Put a text on one line, without what only steers a machine."""
    words = " ".join(text.split())
    return "".join(char for char in words if char.isprintable())
