"""The values of fields as plain text for people, so that two versions can be compared."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import colander

from wielkopolskaes.content.fields import NodeRef, RichText
from wielkopolskaes.content.richtext import text_of
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.editing.differences import Sides, compare
from wielkopolskaes.types import Request

# Where a line of text ends; a link, a picture or a stress is no line of its own.
_END = re.compile(r"</(?:p|h[2-4]|li|tr|caption|blockquote|figcaption|pre|dt|dd)>|<[bh]r>")
_EMPTY: tuple[Any, ...] = (None, "", colander.null)


class Reader:
    """Puts the values of one item's fields into words; `items` are those that fields name."""

    def __init__(self, request: Request, items: Mapping[str, Choice]) -> None:
        self._translate = request.localizer.translate
        self._items = items

    def compare(self, field: colander.SchemaNode, theirs: Any, mine: Any) -> Sides:
        """Compare two values; texts that differ in form alone are shown with their tags."""
        left, right = self.text(field, theirs), self.text(field, mine)
        if left == right and isinstance(field.typ, RichText):
            left, right = (_END.sub(r"\g<0>\n", value) for value in (theirs, mine))
        return compare(left, right)

    def text(self, field: colander.SchemaNode, value: Any) -> str:
        """Write a value as people read it, lists a line for each thing."""
        if value in _EMPTY:
            return ""
        if isinstance(field.typ, colander.Mapping):
            return self._mapping(field, value)
        if isinstance(field.typ, colander.Sequence):
            return "\n".join(self.text(field.children[0], each) for each in value)
        return self._leaf(field, value)

    def _mapping(self, field: colander.SchemaNode, value: Mapping[str, Any]) -> str:
        parts = [(child, self.text(child, value.get(child.name))) for child in field.children]
        return "\n".join(f"{self.name(child)}: {text}" for child, text in parts if text)

    def _leaf(self, field: colander.SchemaNode, value: Any) -> str:
        if isinstance(field.typ, RichText):
            return "\n".join(filter(None, map(text_of, _END.sub("\n", value).split("\n"))))
        if isinstance(field.typ, NodeRef):
            item = self._items.get(str(value))
            return f"{item.title} ({item.path})" if item else str(value)
        if isinstance(field.typ, colander.Boolean):
            return self._translate(_("Yes") if value else _("No"))
        if isinstance(value, date):
            return value.isoformat()
        labels = getattr(field, "labels", {})
        return self._translate(labels[value]) if value in labels else str(value)

    def name(self, field: colander.SchemaNode) -> str:
        """Name a field as its form does."""
        return self._translate(field.title)
