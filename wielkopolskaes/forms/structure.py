"""Widgets that hold others: a part of a form, and a list of parts that can be repeated.

Before a form is rendered `unfold` gives every field its place: `activities.2.title`. Places
are the ids of controls, the targets of the error summary and what the arranging buttons name.
"""

import weakref
from collections.abc import Iterator
from functools import cache
from typing import Any

from colander import Invalid, Mapping, Sequence, null
from deform.field import Field
from deform.widget import Widget
from markupsafe import Markup
from pyramid.httpexceptions import HTTPBadRequest

from wielkopolskaes.forms import quantities, widgets
from wielkopolskaes.forms.controls import control_of, longest_of
from wielkopolskaes.forms.lasting import name_of
from wielkopolskaes.forms.parts import is_blank, without_numbers
from wielkopolskaes.forms.rendering import Renderer

# Stands for the place of a part that JavaScript makes from a template.
PLACE = "__place__"
MOST_PARTS = 200

CONTROLS: dict[str, type[Widget]] = {
    "text": widgets.Control,
    "textarea": widgets.Textarea,
    "rich": widgets.Rich,
    "checkbox": widgets.Checkbox,
    "radio": widgets.Radio,
    "select": widgets.Select,
    "date": quantities.Date,
    "time": quantities.Time,
    "instant": quantities.Instant,
    "integer": quantities.Integer,
    "decimal": quantities.Number,
    "money": quantities.Money,
    "email": widgets.Email,
    "tel": widgets.Tel,
    "url": widgets.Url,
    "password": widgets.Password,
    "partial_date": widgets.PartialDate,
    "hidden": widgets.Hidden,
    "file": widgets.File,
    "item": widgets.Item,
    "image": widgets.Image,
}


class Part(Widget):
    """Fields that belong together. One that is optional and left blank counts as absent."""

    template = "mapping"
    script = ""

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render the fields inside."""
        inside = Markup().join(render(child) for child in field.children)
        more = {"field": field}
        return str(field.renderer.field(field, self.template, {"inside": inside}, lambda: more))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the fields inside; none of them raises."""
        if pstruct not in (null, "") and not isinstance(pstruct, dict):
            raise HTTPBadRequest("malformed form")
        values = pstruct or {}
        read = {child.name: child.deserialize(values.get(child.name, null))
                for child in field.children}  # fmt: skip
        return null if field.name and not field.schema.required and is_blank(values) else read


class Parts(Widget):
    """A list of things of one kind: each can be removed and moved, and one can be added."""

    template = "sequence"
    script = "repeat.js"

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render every part, numbered."""
        inside = Markup().join(part_html(part) for part in field.sequence_fields)

        def more() -> dict[str, Any]:
            return {
                "place": field.key,
                "most": longest_of(field.schema) or 0,
                "pattern": without_numbers(field.pattern),
                "thing": field.renderer.translate(field.children[0].schema.title),
            }

        return str(field.renderer.field(field, self.template, {"inside": inside}, more))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read every part."""
        if pstruct not in (null, "") and not isinstance(pstruct, list):
            raise HTTPBadRequest("malformed form")
        field.sequence_fields = []
        return [self._read(field, each) for each in pstruct or []]

    def _read(self, field: Any, pstruct: Any) -> Any:
        part = _new_part(field)
        field.sequence_fields.append(part)
        part.cstruct = part.deserialize(pstruct)
        return part.cstruct

    def handle_error(self, field: Any, error: Invalid) -> None:
        """Hand each error to the part that it is about."""
        field.error = field.error or error
        for each in error.children:
            part = field.sequence_fields[each.pos]
            part.widget.handle_error(part, each)


def grow(schema: Any, renderer: Renderer) -> Field:
    """Make the fields of a schema, with our widgets; those of a lasting one are copies."""
    kept = schema.__dict__.get("fields")
    if kept is not None and kept.schema is schema:
        return _copy(kept, renderer)
    root = Field(schema, renderer=renderer, focus="off")
    for field in _all_of(root):
        field.widget = _widget(control_of(field.schema))
    if name_of(schema) is not None and schema.bindings is None:
        # What is bound to a request goes with it.
        schema.fields = _copy(root, None)
    return root


@cache
def _widget(control: str) -> Widget:
    structure: dict[str, type[Widget]] = {"mapping": Part, "sequence": Parts}
    return (structure.get(control) or CONTROLS[control])()


def _copy(field: Field, renderer: Renderer | None, parent: Field | None = None) -> Field:
    """Do what `Field.clone` does, without first making each field from its schema."""
    copied = Field.__new__(Field)
    copied.__dict__.update(field.__dict__)
    copied.renderer = renderer
    copied._parent = None if parent is None else weakref.ref(parent)
    copied.children = [_copy(child, renderer, copied) for child in field.children]
    return copied


def _all_of(field: Field) -> Iterator[Field]:
    yield field
    for child in field.children:
        yield from _all_of(child)


def _new_part(field: Field) -> Field:
    part = _copy(field.children[0], field.renderer)
    part.list_ = field
    return part


def unfold(field: Field, key: str = "", pattern: str = "") -> None:
    """Give the field and those inside of it their places; make the parts of lists."""
    field.key, field.pattern = key, pattern
    if isinstance(field.typ, Sequence):
        if not hasattr(field, "sequence_fields"):
            field.sequence_fields = [_filled(field, value) for value in field.cstruct or ()]
        for index, part in enumerate(field.sequence_fields):
            part.number = index + 1
            unfold(part, f"{key}.{index}", pattern)
    for child in field.children if isinstance(field.typ, Mapping) else ():
        prefix, above = (f"{key}.", f"{pattern}.") if key else ("", "")
        unfold(child, f"{prefix}{child.name}", f"{above if pattern else ''}{child.name}")


def _filled(field: Field, value: Any) -> Field:
    part = _new_part(field)
    if value is not null:
        part.cstruct = value
    return part


def render(field: Field) -> Markup:
    """Render one field."""
    # Widgets return what their templates have escaped.
    return Markup(field.widget.serialize(field, field.cstruct))  # noqa: S704


def part_html(part: Field) -> Markup:
    """Render one part of a list with the buttons that move and remove it."""
    more = {"place": part.key, "part": isinstance(part.typ, Mapping)}
    found: Markup = part.renderer.field(part, "part", {"inside": render(part)}, lambda: more)
    return found


def prototypes(root: Field) -> list[tuple[str, Markup]]:
    """Render an empty part of every list, by the place of the list in the schema."""
    found = []
    for field in _lists(root, ""):
        part = _new_part(field)
        part.number = 0
        unfold(part, PLACE, field.pattern)
        found.append((field.pattern, part_html(part)))
    return found


def _lists(field: Field, pattern: str) -> Iterator[Field]:
    if isinstance(field.typ, Sequence):
        field.pattern = pattern
        yield field
    for child in field.children:
        inside = isinstance(field.typ, Sequence)
        name = pattern if inside else f"{pattern}.{child.name}".lstrip(".")
        yield from _lists(child, name)


def shown(field: Field) -> Iterator[Field]:
    """Yield the field and all those inside of it, in the order of the page."""
    yield field
    inside = field.sequence_fields if isinstance(field.typ, Sequence) else field.children
    for each in inside:
        yield from shown(each)


def first_control(root: Field, key: str) -> str:
    """Name the place of the first control of what is at this place."""
    for field in shown(root):
        if key and field.key == key:
            while isinstance(field.typ, Mapping):
                field = field.children[0]  # noqa: PLW2901
            return str(field.key)
    return ""


def room(root: Field) -> dict[str, int]:
    """Tell how many parts each list may hold, by its place in the schema."""
    return {field.pattern: longest_of(field.schema) or MOST_PARTS for field in _lists(root, "")}
