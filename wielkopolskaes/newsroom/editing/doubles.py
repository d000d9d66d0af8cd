"""A record that may be there already: said before it is saved, never in the way of who insists."""

from typing import Any

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.duplicates.queries import NEW, described, suspects
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.rows import Row
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

GO_ON = "mimo_to"


class Doubled(Refused):
    """Records that may be the same one; the form can be sent all the same."""

    def __init__(self, form: Form, doubles: list[tuple[Row, str]]) -> None:
        super().__init__(form)
        form.buttons = [(GO_ON, _("Save all the same"))]
        self.doubles = doubles


def check_doubles(
    request: Request, content_type: ContentType, form: Form, data: dict[str, Any],
    node: Node | None = None,
) -> None:  # fmt: skip
    """Raise Doubled when a new record, or what an old one is known by, may double another."""
    if not content_type.record or posted(request, GO_ON):
        return
    id_ = NEW if node is None else node.id
    entry = described(content_type, id_, data)
    if node is not None and entry == described(content_type, id_, _stored(content_type, node)):
        return
    found = suspects(request.dbsession, content_type, id_, data, identity=request.identity,
                     now=request.now)  # fmt: skip
    if found:
        raise Doubled(form, found)


def _stored(content_type: ContentType, node: Node) -> dict[str, Any]:
    known_by = content_type.known_by
    names = ("code", "translation_key", *known_by.fields, *known_by.titles)
    return {name: getattr(node, name) for name in names}
