"""`Form`: a schema on a page. Views make one, render it, and validate what comes back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import colander
from markupsafe import Markup
from pyramid.csrf import get_csrf_token

from wielkopolskaes.forms.parts import parse, rearrange, without_blanks
from wielkopolskaes.types import Request

if TYPE_CHECKING:
    from deform.field import Field

    from wielkopolskaes.forms.queries import Choice

# The whole form, where an error is about no field.
WHOLE = ""


class Refused(Exception):
    """What was sent is not what the schema asks for; `form` shows it with its errors."""

    status = 422

    def __init__(self, form: "Form") -> None:
        super().__init__(form.errors)
        self.form = form


class Rearranged(Refused):
    """A part was added, removed or moved without JavaScript; nothing has been checked yet."""

    status = 200


class Form:
    """A form of one schema; it lives for one request.

    `submit` labels the main button, `buttons` are `(name, label)` of others beside it; `hidden`
    travels with the form beside the schema's fields; `items` are those that pickers show as
    chosen, by number, where the view knows them already. In templates `{{ form }}` is everything;
    for a layout of one's own there are `open`, `summary`, `fields`, `group`, `rest` and `close`.
    """

    def __init__(
        self,
        schema: colander.SchemaNode,
        request: Request,
        *,
        submit: str,
        action: str = "",
        form_id: str = "form",
        buttons: Sequence[tuple[str, str]] = (),
        hidden: Mapping[str, object] | None = None,
        items: Mapping[str, "Choice"] | None = None,
    ) -> None:
        from wielkopolskaes.forms.lasting import name_of, with_our_words
        from wielkopolskaes.forms.rendering import Renderer
        from wielkopolskaes.forms.structure import grow

        self.request, self.submit, self.action = request, submit, action
        self.buttons, self.hidden, self.form_id = buttons, dict(hidden or {}), form_id
        self.groups: Sequence[tuple[str, str]] = getattr(schema, "groups", ())
        lasts_as = name_of(schema)
        self._renderer = Renderer(request, form_id, items or {}, lasts_as)
        # A lasting schema has our words already.
        own = with_our_words(schema.clone()) if lasts_as is None else schema
        self._root = grow(own, self._renderer)
        self._extra_errors: list[str] = []
        self._refused = False
        self._ready = False
        # In the order of the page: the fields of the form, by their groups, and all fields.
        self._groups: dict[str, list[Field]] = {}
        self._all: list[Field] = []
        self._done: set[str] = set()

    # what views call

    def render(self, values: Mapping[str, Any] | None = None) -> "Form":
        """Show these values; without any, what a new item has."""
        known = {child.name for child in self._root.children}
        given = {name: _plain(value) for name, value in (values or {}).items() if name in known}
        self._root.set_appstruct(given)
        return self

    def validate(self, items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """Return what the schema reads of a posted form; raise Refused, or Rearranged.

        A form that no page of ours can have sent is a 400.
        """
        data, pressed = parse(items)
        if pressed:
            self._renderer.focus = rearrange(data, pressed, self._room())
            self._root.cstruct = self._root.deserialize(data)
            raise Rearranged(self)
        self._root.cstruct = self._root.deserialize(without_blanks(data))
        try:
            return self._root.schema.deserialize(self._root.cstruct)
        except colander.Invalid as error:
            self._root.widget.handle_error(self._root, error)
            raise self._refusal() from error

    def refused(self, errors: Mapping[str, str]) -> Refused:
        """Make the exception for what only a verb could find, by the place of the field.

        Places are written as in ids: `title`, `activities.2.title`; `WHOLE` is the form.
        """
        for field in self._shown():
            if field.key and field.key in errors:
                field.error = colander.Invalid(field.schema, errors[field.key])
        self._extra_errors += [self._say(errors[WHOLE])] if WHOLE in errors else []
        return self._refusal()

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """List `(id of the control or "", label, message)` in the order of the page."""
        if not self._refused:
            return []
        found = [("", "", message) for message in self._extra_errors]
        for field in self._shown():
            message = self._renderer.error_of(field)
            if message:
                where = self._renderer.id_of(field) if field.key else ""
                found.append((where, self._renderer.label_of(field), message))
        return found

    # what templates call

    def __html__(self) -> str:
        """Render everything."""
        return str(self.summary + self.open() + self.rest() + self.close())

    def open(self) -> Markup:
        """Begin the form: the token, what is hidden, and the button that Enter presses."""
        self._done.clear()
        hidden = {"csrf_token": get_csrf_token(self.request), **self.hidden}
        files = any(field.widget.template == "file" for field in self._shown())
        about = {"action": self.action, "files": files}
        return self._renderer.filled(
            "open", lambda hidden: {"hidden": hidden, **about}, hidden, self.action, files,
            *hidden,
        )  # fmt: skip

    @property
    def summary(self) -> Markup:
        """List what is wrong, with links to the fields; nothing when nothing is."""
        return self._renderer("summary", errors=self.errors) if self._refused else Markup()

    def fields(self, *names: str) -> Markup:
        """Render these fields."""
        from wielkopolskaes.forms.structure import render

        self._done.update(names)
        self._prepare()
        by_name = {field.name: field for field in self._root.children}
        return Markup("").join(render(by_name[name]) for name in names)

    def __getitem__(self, name: str) -> Markup:
        return self.fields(name)

    def group(self, name: str) -> Markup:
        """Render the fields of a group in a `details`, open when there is an error inside."""
        from wielkopolskaes.forms.structure import shown

        members = self._in_group(name)
        names = [field.name for field in members if field.name not in self._done]
        if not names:
            return Markup()
        opened = any(each.error or self._renderer.is_focused(each)
                     for field in members for each in shown(field))  # fmt: skip

        def values(differing: Mapping[str, Any]) -> dict[str, Any]:
            title = self._say(dict(self.groups).get(name, name))
            return {"title": title, "opened": opened, **differing}

        inside = {"inside": self.fields(*names)}
        return self._renderer.filled("group", values, inside, name, opened)

    def rest(self) -> Markup:
        """Render the fields that the template has not shown: those of no group, then groups."""
        alone = [field.name for field in self._in_group("") if field.name not in self._done]
        shown = self.fields(*alone)
        return shown + Markup("").join(self.group(name) for name, _title in self.groups)

    def close(self) -> Markup:
        """End the form: the buttons, and the parts that JavaScript adds to lists."""
        from wielkopolskaes.forms.structure import prototypes

        submit, rich = self._say(self.submit), "editor.js" in self.scripts
        buttons = tuple((name, self._say(label)) for name, label in self.buttons)

        def values(_differing: Mapping[str, Any]) -> dict[str, Any]:
            return {"submit": submit, "buttons": buttons, "rich": rich,
                    "templates": prototypes(self._root)}  # fmt: skip

        return self._renderer.filled("close", values, {}, submit, buttons, rich)

    @property
    def scripts(self) -> list[str]:
        """Name the modules of static/js that make this form more comfortable."""
        used = {field.widget.script for field in self._shown()} - {""}
        return sorted(used | ({"summary.js"} if self._refused else set()))

    def _refusal(self) -> Refused:
        self._refused = True
        return Refused(self)

    def _say(self, words: str) -> str:
        return self._renderer.translate(words)

    def _in_group(self, name: str) -> list["Field"]:
        """List the fields of a group, or with an empty name those of none."""
        self._prepare()
        return self._groups.get(name, [])

    def _shown(self) -> list["Field"]:
        """List the form and all its fields in the order of the page."""
        self._prepare()
        return self._all

    def _prepare(self) -> None:
        """Give every field its place, and look up with one query the items that they name."""
        if self._ready:
            return
        from wielkopolskaes.forms.queries import chosen
        from wielkopolskaes.forms.structure import first_control, shown, unfold
        from wielkopolskaes.forms.widgets import Item

        self._ready = True
        unfold(self._root)
        self._groups = {name: [] for name in ("", *(name for name, _title in self.groups))}
        for field in self._root.children:
            group = getattr(field.schema, "group", "")
            self._groups[group if group in self._groups else ""].append(field)
        top = [field for members in self._groups.values() for field in members]
        self._all = [self._root, *(each for field in top for each in shown(field))]
        self._renderer.focus = first_control(self._root, self._renderer.focus)
        fields = [field for field in self._all if isinstance(field.widget, Item)]
        named = {field.widget.shown(field, field.cstruct).strip() for field in fields}
        known, request = self._renderer.items, self.request
        more = chosen(request.dbsession, named - set(known), request.identity, request.now)
        self._renderer.items = {**known, **more}

    def _room(self) -> dict[str, int]:
        from wielkopolskaes.forms.structure import room

        return room(self._root)


def _plain(value: Any) -> Any:
    """Say null for None, which colander would spell out."""
    if value is None:
        return colander.null
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
