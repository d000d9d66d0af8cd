"""What a form knows of the item it was opened with, and the page for when that has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import colander

from wielkopolskaes.content.fields import NodeRef, walk
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.forms import Form
from wielkopolskaes.forms.posted import number
from wielkopolskaes.forms.queries import chosen
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.editing.differences import Sides
from wielkopolskaes.newsroom.editing.merging import merge
from wielkopolskaes.newsroom.editing.pages import edit_page, surroundings
from wielkopolskaes.newsroom.editing.reading import Reader
from wielkopolskaes.newsroom.editing.schemas import form_schema
from wielkopolskaes.newsroom.editing.values import (
    digests_of,
    pack,
    stored_values,
    unpack,
)
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


@dataclass(frozen=True)
class Opened:
    """The version that a form was filled from, its fields' digests, and which are compared."""

    version: int
    base: dict[str, str]
    compared: list[str] = field(default_factory=list)

    def hidden(self) -> dict[str, object]:
        """Write it for the form's hidden fields."""
        return {"version": self.version, "base": pack(self.base),
                "compared": " ".join(self.compared)}  # fmt: skip


def opened_by(posted: Mapping[str, Any]) -> Opened:
    """Read it from a form; without a version nothing is taken for known."""
    version, base, compared = (
        str(posted.get(name, "")) for name in ("version", "base", "compared")
    )
    return Opened(number(version), unpack(base), compared.split()[:100])


class Comparison(NamedTuple):
    """A field that two people have changed: its name, its label, and both texts."""

    name: str
    label: str
    sides: Sides


def conflict_page(
    node: Node, request: Request, opened: Opened, data: dict[str, Any], *, taken: str = ""
) -> dict[str, Any]:
    """Show the form with all that can be put together, and the rest side by side.

    `taken` names a field whose text of the others is to replace one's own.
    """
    content_type = type_of(request.registry, node.kind)
    schema = form_schema(content_type, request)
    around = surroundings(node, request)
    current = stored_values(schema, node, around.uses)
    merged = merge(opened.base, current, data)
    fresh = opened.version == node.version
    values = dict(data) if fresh else merged.values
    if taken in values:
        values[taken] = current[taken]
    asked = set(opened.compared) | (set() if fresh else set(merged.both))
    differ = merge(digests_of(current), current, values).mine
    compared = [name for name in differ if name in asked]
    hidden = Opened(node.version, digests_of(current), compared).hidden()
    form = Form(
        schema, request, submit=_("Save"), hidden=hidden, items=around.choices,
        action=f"{desk_path(node)}/edycja",
    )  # fmt: skip
    more = {
        "comparisons": _comparisons(schema, request, compared, current, values),
        "theirs": [] if fresh else [_label(schema, request, name) for name in merged.theirs],
        "taken": _label(schema, request, taken) if taken in values else "",
    }
    return edit_page(node, request, form.render(values), around, conflict=True, **more)


def _comparisons(
    schema: colander.SchemaNode,
    request: Request,
    names: list[str],
    current: dict[str, Any],
    values: dict[str, Any],
) -> list[Comparison]:
    wanted = {
        str(value)
        for version in (current, values)
        for _name, node, value in walk(schema, {name: version[name] for name in names})
        if isinstance(node.typ, NodeRef)
    }
    reader = Reader(request, chosen(request.dbsession, wanted, request.identity, request.now))
    return [
        Comparison(name, _label(schema, request, name),
                   reader.compare(schema[name], current[name], values[name]))
        for name in names
    ]  # fmt: skip


def _label(schema: colander.SchemaNode, request: Request, name: str) -> str:
    return request.localizer.translate(schema[name].title)
