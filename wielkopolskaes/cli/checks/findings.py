"""The form in which every check reports."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How bad it is; a note does not change the exit code."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


class Finding(NamedTuple):
    """What was looked at and what was seen."""

    level: Level
    subject: str
    text: str


def fine(subject: str, text: str) -> Finding:
    return Finding(Level.FINE, subject, text)


def note(subject: str, text: str) -> Finding:
    return Finding(Level.NOTE, subject, text)


def wrong(subject: str, text: str) -> Finding:
    return Finding(Level.WRONG, subject, text)
