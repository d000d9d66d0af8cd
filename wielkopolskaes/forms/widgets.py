"""deform's widgets, all of them our own: each renders one template of this folder.

A widget keeps what was typed on its field and gives it back letter for letter; what colander
gets is made from it. None raises for a value: what cannot be read goes on as UNREADABLE, so
that one pass of the schema finds all errors.
"""

from collections.abc import Hashable
from typing import Any

from colander import null
from deform.widget import Widget
from pyramid.httpexceptions import HTTPBadRequest

from wielkopolskaes.content.richtext import typo
from wielkopolskaes.forms.controls import longest_of, options_of
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.i18n import _

UNREADABLE = "?"


class Control(Widget):
    """A line of text, and what all controls have in common.

    `script` names the module that makes the control more comfortable, where JavaScript runs.
    """

    template = "text"
    type = "text"
    inputmode = ""
    script = ""
    narrow = False
    unreadable: Any = None

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render the control with what was typed, else with the value of the item."""
        value = self.shown(field, cstruct)
        type_ = self.type_for(value)

        def more() -> dict[str, Any]:
            about = {"widget": self, "value": value, "type": type_}
            return about | self.more(field, value)

        differing, key = self.differing(field, value), self.key(field, value)
        return str(field.renderer.field(field, self.template, differing, more, type_, *key))

    def shown(self, field: Any, cstruct: Any) -> str:
        """Return the text of the control."""
        if hasattr(field, "typed"):
            return str(field.typed)
        value = initial(field.schema) if cstruct in (null, None) else cstruct
        return "" if value in (null, None) else self.write(str(value))

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Keep what was typed; return what the schema reads."""
        if pstruct is null:
            return null
        if not isinstance(pstruct, str):
            raise HTTPBadRequest("malformed form")
        field.typed = pstruct
        value = self.read(pstruct)
        if value == UNREADABLE and self.unreadable:
            field.wrong = self.unreadable
        return value or null

    def read(self, typed: str) -> str:
        """Turn what was typed into what the schema reads."""
        return typed.strip()

    def write(self, value: str) -> str:
        """Turn what the schema writes into what people read."""
        return value

    def type_for(self, value: str) -> str:
        """Choose the type of the input."""
        return self.type

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add values for the template."""
        return {}

    def differing(self, field: Any, value: str) -> dict[str, Any]:
        """Name the values that differ between items, for a control that many forms share.

        Everything that was typed is among them.
        """
        return {"value": value}

    def key(self, field: Any, value: str) -> tuple[Hashable, ...]:
        """Tell what else makes one such control look otherwise than another."""
        return ()


def initial(node: Any) -> Any:
    """Return what a new item has in a field until somebody says otherwise."""
    if node.default is not null or node.required or node.missing in (None, null, "", ()):
        return node.serialize(null)
    return node.serialize(node.missing)


class Email(Control):
    type = "email"


class Tel(Control):
    type = "tel"
    narrow = True


class Url(Control):
    type = "url"


class PartialDate(Control):
    narrow = True


class Password(Control):
    """Nothing is taken away from a password, and nothing typed comes back in the page."""

    template = "password"
    script = "password.js"

    def shown(self, field: Any, cstruct: Any) -> str:
        """Passwords do not travel back."""
        return ""

    def read(self, typed: str) -> str:
        """Blanks belong to a password."""
        return typed


class Textarea(Control):
    """Paragraphs; below the limit of the schema the page counts what is left."""

    template = "textarea"
    script = "counter.js"

    def read(self, typed: str) -> str:
        """Browsers send two characters for each end of a line."""
        return typed.replace("\r\n", "\n").strip()

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add how much may be typed."""
        limit = longest_of(field.schema) or 0
        rows = getattr(field.schema, "rows", 0) or (2 if 0 < limit <= 400 else 4)
        return {"limit": limit, "rows": rows}

    def differing(self, field: Any, value: str) -> dict[str, Any]:
        """Count what may still be typed."""
        limit = longest_of(field.schema) or 0
        return {"value": value, "left": limit - len(self.read(value))}


class Rich(Textarea):
    """Formatted text: HTML, which an editor shows as it will look."""

    template = "rich"
    script = "editor.js"


class Hidden(Control):
    template = "hidden"

    def read(self, typed: str) -> str:
        """Nobody types here."""
        return typed


class Checkbox(Control):
    template = "checkbox"

    def shown(self, field: Any, cstruct: Any) -> str:
        """Without a value the box shows what a new item has."""
        value = initial(field.schema) if cstruct in (null, None) else cstruct
        return "true" if value == "true" else ""

    def differing(self, field: Any, value: str) -> dict[str, Any]:
        """A box has a mark or none: each is a control of its own."""
        return {}

    def key(self, field: Any, value: str) -> tuple[Hashable, ...]:
        """Tell which of the two it is."""
        return (value,)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """A browser sends nothing for an empty box."""
        if pstruct is not null and not isinstance(pstruct, str):
            raise HTTPBadRequest("malformed form")
        return "true" if pstruct == "true" else "false"


class Select(Control):
    """One of a few words. A word that is no longer among them stays visible, with its error."""

    template = "select"

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add the options, each with its label."""
        labels, words = getattr(field.schema, "labels", {}), self._words(field)
        translate = field.renderer.translate
        options = [(word, translate(labels.get(word, word))) for word in words]
        return {"options": options, "blank": not field.schema.required or not value}

    def differing(self, field: Any, value: str) -> dict[str, Any]:
        """A word that is none of the options is somebody's own."""
        return {"unknown": value} if self._is_unknown(field, value) else {}

    def key(self, field: Any, value: str) -> tuple[Hashable, ...]:
        """Tell which of the options is chosen, if one of them is."""
        unknown = self._is_unknown(field, value)
        return unknown, "" if unknown else value

    def _is_unknown(self, field: Any, value: str) -> bool:
        return bool(value) and value not in self._words(field)

    @staticmethod
    def _words(field: Any) -> list[str]:
        return options_of(field.schema) or list(getattr(field.schema, "labels", {}))


class Radio(Select):
    template = "radio"


class File(Control):
    """A file. Pages cannot give one back: after an error it must be chosen again."""

    template = "file"

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """An input without a file sends an empty text."""
        if pstruct is null or isinstance(pstruct, str | bytes):
            return null
        if not hasattr(pstruct, "filename"):
            raise HTTPBadRequest("malformed form")
        field.typed = ""
        return pstruct

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add the endings of names that the dialog offers."""
        return {"accept": getattr(field.schema, "accept", "")}


class Item(Control):
    """Another item, by its path or number; pasted addresses of this portal are understood."""

    template = "item"
    script = "picker.js"

    def read(self, typed: str) -> str:
        """Accept a whole address."""
        return typed.strip()

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Leave of an address of this portal its path."""
        value = super().deserialize(field, pstruct)
        if value is not null and not value.isdecimal() and "/" not in value:
            # Words of a title, of which nothing has been chosen.
            field.wrong = _("Choose one of the items that appear while you type, or write the "
                            "number or the address of one.")  # fmt: skip
        home = field.renderer.request.portal.base_url.rstrip("/")
        if value is not null and value.startswith(f"{home}/"):
            return value.removeprefix(home).partition("?")[0].partition("#")[0]
        return value

    def more(self, field: Any, value: str) -> dict[str, Any]:
        """Add what kinds of items may be chosen, and whether one is."""
        is_chosen, has_picture = self.key(field, value)
        kinds = " ".join(getattr(field.schema.typ, "kinds", ()))
        return {"kinds": kinds, "is_chosen": is_chosen, "has_picture": has_picture}

    def differing(self, field: Any, value: str) -> dict[str, Any]:
        """Add the item that is chosen, if the person may see it."""
        chosen = self._chosen(field, value)
        if chosen is None:
            return {"value": value}
        shown = typo(chosen.title, field.renderer.request.locale_name)
        return {"value": value, "title": chosen.title, "shown": shown, "path": chosen.path,
                "picture": chosen.picture}  # fmt: skip

    def key(self, field: Any, value: str) -> tuple[Hashable, ...]:
        """Tell whether an item is shown beside the control, and whether with its picture."""
        chosen = self._chosen(field, value)
        return chosen is not None, bool(chosen and chosen.picture)

    @staticmethod
    def _chosen(field: Any, value: str) -> Choice | None:
        found: Choice | None = field.renderer.items.get(value.strip())
        return found


class Image(Item):
    template = "image"
