"""The fields of the index. The TOC of every commit names this module: it must not move."""

from datetime import date

from whoosh import columns, fields
from whoosh.formats import Existence, Positions

NAME = "portal"
# What a change of the layout raises; an index of another format is made anew.
FORMAT = "2"

WORDS = "words"
# Frequent words in a row; see `pairs`.
PAIRS = "pairs"
FORMS = "forms"
TITLE = "title"
SEQUENCE = "seq"
ANALYSIS = "analysis"

ID_COLUMN = columns.NumericColumn("q")
DAY_COLUMN = columns.NumericColumn("i")


def _posted(format_: object) -> fields.FieldType:
    kind = fields.ID()
    kind.format = format_
    kind.analyzer = None
    return kind


SCHEMA = fields.Schema(
    id=fields.COLUMN(ID_COLUMN),
    day=fields.COLUMN(DAY_COLUMN),
    words=_posted(Positions()),
    forms=_posted(Existence()),
    pairs=_posted(Existence()),
    title=_posted(Existence()),
    seq=_posted(Existence()),
    analysis=_posted(Existence()),
    kind=_posted(Existence()),
    lang=_posted(Existence()),
    section=_posted(Existence()),
    tag=_posted(Existence()),
    year=_posted(Existence()),
)


def day_number(day: date | None) -> int:
    """Return a day as a number; 0 is none."""
    return day.toordinal() if day else 0
