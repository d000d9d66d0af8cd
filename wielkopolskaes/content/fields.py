"""Colander types of our own: rich text, a reference to another item, a date known in part.

A schema must be bound before use: `markup` ("html" or "markdown"), `resolve` (a path or an
id to a node id, None when there is no such item), `kind_of` (a node id to its kind; None while
items are only being placed) and `hosts` (names of this portal).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import colander

from wielkopolskaes.content import richtext
from wielkopolskaes.i18n import _

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# The same as people write it: 17.05.2024, 5.2024.
_WRITTEN_DATE = re.compile(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})")
# A refusal that names more words than these helps nobody.
_FEW = 30
_TOO_LONG = _("Shorten this to at most ${max} characters.")
_TOO_MANY = _("Keep at most ${max} of these.")
# What no page and no feed can hold: XML knows no such characters.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class RichText(colander.SchemaType):
    """HTML that has been through the whole text pipeline, whatever came in."""

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """Give the stored HTML to a form."""
        return appstruct

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Turn what was typed, pasted or read into clean HTML with links by node id."""
        if cstruct is colander.null or cstruct == "":
            return ""
        if not isinstance(cstruct, str):
            raise colander.Invalid(node, _("This is not text."))
        html = cstruct
        if node.bindings["markup"] == "markdown":
            html = richtext.to_html(cstruct)
        return richtext.internalise(html, node.bindings["resolve"], node.bindings["hosts"])


class NodeRef(colander.SchemaType):
    """Another item, named by its path or its number, of one of these kinds or of any."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def serialize(self, node: colander.SchemaNode, appstruct: Any) -> Any:
        """Give the number to a form."""
        return appstruct if appstruct is colander.null else str(appstruct)

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Find the item; an unknown one is an error that names it."""
        if cstruct is colander.null or cstruct == "":
            return colander.null
        found = node.bindings["resolve"](str(cstruct))
        if found is None:
            raise colander.Invalid(node, _("There is no item at ${path}.",
                                           mapping={"path": str(cstruct)}))  # fmt: skip
        kind_of = node.bindings["kind_of"]
        if self.kinds and kind_of is not None and kind_of(found) not in self.kinds:
            raise colander.Invalid(node, _("The item at ${path} is of another kind.",
                                           mapping={"path": str(cstruct)}))  # fmt: skip
        return found


class PartialDate(colander.String):
    """A year, a month or a day, as exactly as the source knows it: 2012, 2012-05, 2012-05-01."""

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Accept a whole date or its beginning, in numbers as machines or as people put them."""
        value = "" if cstruct is colander.null else str(cstruct).strip()
        if not value:
            return colander.null
        if written := _WRITTEN_DATE.fullmatch(value):
            day, month, year = written.groups()
            value = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
        if not _is_partial_date(value):
            raise colander.Invalid(node, _("Write a year, a month or a day: 2012, 05.2012 or "
                                           "01.05.2012."))  # fmt: skip
        return value


def _is_partial_date(value: str) -> bool:
    match = PARTIAL_DATE.fullmatch(value)
    if match is None:
        return False
    try:
        date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        return False
    return True


class OneOfList(colander.OneOf):
    """One of some words; of many it is not said which they are."""

    def __call__(self, node: colander.SchemaNode, value: Any) -> None:
        """Refuse any other."""
        if value not in self.choices and len(self.choices) > _FEW:
            raise colander.Invalid(node, _("There is no “${value}” in the list.",
                                           mapping={"value": value}))  # fmt: skip
        super().__call__(node, value)


def at_most(limit: int) -> colander.Length:
    """Accept a text that is not longer."""
    return colander.Length(max=limit, max_err=_TOO_LONG)


def tidy(value: Any) -> Any:
    """Leave out blanks at the ends and what cannot be shown; nothing left is no value."""
    if not isinstance(value, str):
        return value
    return _UNSHOWABLE.sub("", value).strip() or colander.null


def rich(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare an optional rich text field."""
    return colander.SchemaNode(RichText(), name=name, title=title, missing="", **kw)


def text(name: str, title: str, limit: int, **kw: Any) -> colander.SchemaNode:
    """Declare a line or paragraph of plain text; optional unless `missing` says otherwise."""
    rules = {"preparer": tidy, "validator": at_most(limit), "missing": ""}
    return colander.SchemaNode(colander.String(), name=name, title=title, **(rules | kw))


def choice(name: str, title: str, options: Mapping[str, str], **kw: Any) -> colander.SchemaNode:
    """Declare a field that takes one of a few words; `options` say each to people."""
    rules = {"validator": OneOfList(tuple(options)), "labels": options}
    return colander.SchemaNode(colander.String(), name=name, title=title, **(rules | kw))


def many(
    name: str, title: str, item: colander.SchemaNode, limit: int = 200, **kw: Any
) -> colander.SchemaNode:
    """Declare a list of at most `limit` things."""
    rules = {"missing": (), "validator": colander.Length(max=limit, max_err=_TOO_MANY)}
    return colander.SchemaNode(colander.Sequence(), item, name=name, title=title, **(rules | kw))


def day(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare a day; required unless `missing` says otherwise."""
    return colander.SchemaNode(colander.Date(), name=name, title=title, **kw)


def flag(name: str, title: str, *, missing: bool = False, **kw: Any) -> colander.SchemaNode:
    """Declare a yes or no; what is not said is `missing`."""
    return colander.SchemaNode(colander.Boolean(), name=name, title=title, missing=missing, **kw)


def item(name: str, title: str, *kinds: str, **kw: Any) -> colander.SchemaNode:
    """Declare a reference to an item of these kinds, or of any; optional."""
    return colander.SchemaNode(NodeRef(*kinds), name=name, title=title, **({"missing": None} | kw))


def url(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare an external address; only http and https lead anywhere a reader can go."""
    pattern = colander.Regex(
        r"https?://[^\s\x00-\x20\x7f<>\"]+\Z", msg=_("Write a full address: https://…")
    )
    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing="", control="url",
        validator=colander.All(pattern, at_most(500)), **kw,
    )  # fmt: skip


def walk(
    schema: colander.SchemaNode, value: Any, name: str = ""
) -> Iterator[tuple[str, colander.SchemaNode, Any]]:
    """Yield every leaf of a deserialised value with its dotted name and its schema node."""
    if isinstance(schema.typ, colander.Mapping):
        for child in schema.children:
            if isinstance(value, dict) and child.name in value:
                dotted = f"{name}.{child.name}" if name else child.name
                yield from walk(child, value[child.name], dotted)
    elif isinstance(schema.typ, colander.Sequence):
        for index, item in enumerate(value or ()):
            yield from walk(schema.children[0], item, f"{name}.{index}")
    elif value is not None and value is not colander.null:
        yield name, schema, value
