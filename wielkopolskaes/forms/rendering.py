"""deform's renderer over the portal's own Jinja2: no template of deform is ever used."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from markupsafe import Markup
from pyramid_jinja2 import IJinja2Environment

from wielkopolskaes.cache.memo import Memo
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.i18n import _
from wielkopolskaes.site.patterns import fill, mark, pattern_of
from wielkopolskaes.types import Request

FOLDER = "wielkopolskaes:forms/templates"
MACROS = ("attributes", "notes", "words")


class Renderer:
    """Renders the templates of forms, in the language of the request.

    It also holds what all fields of a form share while it is shown: the prefix of their ids,
    the place that gets the focus, the items that the fields refer to. `name` is that of the
    form's schema, when it is a lasting one.
    """

    def __init__(
        self, request: Request, form_id: str, items: Mapping[str, Choice], name: Hashable = None
    ) -> None:
        self.request = request
        self.form_id = form_id
        self.focus = ""
        self.items = items
        self._name = None if name is None else (name, request.locale_name, form_id)
        self._environment = request.registry.queryUtility(IJinja2Environment, name=".jinja2")
        macros = self._environment.get_template(f"{FOLDER}/macros.jinja2").module
        # Handed over rather than imported, which each template would do anew.
        self._shared = {name: getattr(macros, name) for name in MACROS} | {
            "lang": request.locale_name,
            "form_id": form_id,
            "request": request,
        }

    def __call__(self, template: str, **values: Any) -> Markup:
        source = self._environment.get_template(f"{FOLDER}/{template}.jinja2")
        given = self._shared | values
        # The templates escape what they are given.
        return Markup(source.render(given, me=given))  # noqa: S704

    def filled(
        self,
        template: str,
        values: Callable[[Mapping[str, Any]], dict[str, Any]],
        differing: Mapping[str, Any],
        *key: Hashable,
    ) -> Markup:
        """Render a template once for all forms of a lasting schema, with room for what differs.

        `values` gets `differing`, or marks that stand for it, and gives all that the template
        shows; the rest of it must be told by `key`.
        """
        if self._name is None:
            return self(template, **values(differing))

        def make() -> tuple[str, ...]:
            return pattern_of(self(template, **values({name: mark(name) for name in differing})))

        memo: Memo = self.request.registry.form_patterns
        return fill(memo.get((template, *self._name, *key), (), make), differing)

    def field(
        self,
        field: Any,
        template: str,
        differing: Mapping[str, Any],
        more: Callable[[], Mapping[str, Any]],
        *key: Hashable,
    ) -> Markup:
        """Render the template of a field; one that is wrong or has the focus looks its own way.

        `more` are its values besides `about`; those that differ between items are `differing`,
        and `key` names what else makes a difference.
        """

        def values(differing: Mapping[str, Any]) -> dict[str, Any]:
            return {**self.about(field), **more(), **differing}

        if field.error is not None or self.is_focused(field):
            return self(template, **values(differing))
        return self.filled(template, values, differing, field.pattern, field.key, *key)

    def translate(self, text: Any) -> str:
        """Put a text into the language of the request."""
        return self.request.localizer.translate(text) if text else ""

    def id_of(self, field: Any) -> str:
        """Name the field's control in the page."""
        return f"{self.form_id}-{field.key}"

    def about(self, field: Any) -> dict[str, Any]:
        """Collect what every template of a field shows around its control."""
        node = field.schema
        return {
            "field": field,
            "id": self.id_of(field),
            "name": field.name or "item",
            "label": self.title_of(field),
            "hint": self.translate(node.description),
            "error": self.error_of(field),
            "needed": self._needed(field),
            "number": getattr(field, "number", 0),
            "focused": self.is_focused(field),
            "autocomplete": getattr(node, "autocomplete", ""),
        }

    def error_of(self, field: Any) -> str:
        """Say what is wrong with the field itself, not with the fields inside of it."""
        if field.error is None:
            return ""
        wrong = getattr(field, "wrong", None)
        messages = [wrong] if wrong else field.error.messages()
        return " ".join(self.translate(message) for message in messages if message)

    def is_focused(self, field: Any) -> bool:
        """Tell whether the field gets the focus after a part was added, removed or moved."""
        return bool(self.focus) and field.key == self.focus

    def title_of(self, field: Any) -> str:
        """Name the field; a part of a list without a name of its own has that of the list."""
        title = field.schema.title or (field.list_.schema.title if field.parent is None else "")
        return self.translate(title)

    def label_of(self, field: Any) -> str:
        """Name the field where nothing stands around it."""
        if not field.key:
            return ""
        number = getattr(field, "number", 0)
        own = f"{self.title_of(field)} {number}" if number else self.title_of(field)
        above = self.label_of(field.list_.parent if number else field.parent)
        return f"{above}, {own}" if above else own

    def _needed(self, field: Any) -> str:
        # A part that is left empty goes away: nothing in a list is needed for itself.
        if not field.schema.required or hasattr(field, "number"):
            return ""
        parent = field.parent
        if parent is not None and parent.key and not parent.schema.required:
            return self.translate(_("required in this part"))
        return self.translate(_("required"))
