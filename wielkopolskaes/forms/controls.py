"""Which control a schema node gets: the one that it names, else the one for its type."""

from collections.abc import Iterator
from typing import Any

import colander

from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText
from wielkopolskaes.forms.types import Instant, Upload

# From here on a text has more room than one line.
LONG_TEXT = 250
BY_TYPE: tuple[tuple[type, str], ...] = (
    (RichText, "rich"),
    (PartialDate, "partial_date"),
    (Instant, "instant"),
    (Upload, "file"),
    (colander.Mapping, "mapping"),
    (colander.Sequence, "sequence"),
    (colander.Boolean, "checkbox"),
    (colander.Date, "date"),
    (colander.Time, "time"),
    (colander.Integer, "integer"),
    (colander.Money, "money"),
    (colander.Decimal, "decimal"),
    (colander.Float, "decimal"),
)


def control_of(node: colander.SchemaNode) -> str:
    """Name the control; a node's `control` keyword wins."""
    named = getattr(node, "control", None)
    if named:
        return str(named)
    if isinstance(node.typ, NodeRef):
        return "image" if node.typ.kinds == ("image",) else "item"
    for typ, control in BY_TYPE:
        if isinstance(node.typ, typ):
            return control
    return _control_of_text(node)


def _control_of_text(node: colander.SchemaNode) -> str:
    if options_of(node):
        return "select"
    if any(isinstance(each, colander.Email) for each in _validators(node)):
        return "email"
    longest = longest_of(node)
    return "textarea" if longest is not None and longest > LONG_TEXT else "text"


def options_of(node: colander.SchemaNode) -> list[str]:
    """List the words that the node accepts, if it accepts only some."""
    for each in _validators(node):
        if isinstance(each, colander.OneOf):
            return [str(choice) for choice in each.choices]
    return []


def longest_of(node: colander.SchemaNode) -> int | None:
    """Tell how long a text, or how many things a list may hold."""
    limits = [each.max for each in _validators(node) if isinstance(each, colander.Length)]
    return min((limit for limit in limits if limit is not None), default=None)


def _validators(node: colander.SchemaNode) -> Iterator[Any]:
    validator = node.validator
    yield from getattr(validator, "validators", (validator,))
