"""The editing form of a type: its own schema, and for a new item the address."""

from functools import cache

import colander
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.content.fields import text
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import kinds, resolver
from wielkopolskaes.forms.lasting import lasting
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.slugs import MAX_SLUG
from wielkopolskaes.types import Request


def form_schema(
    content_type: ContentType, request: Request, *, new: bool = False
) -> colander.SchemaNode:
    """Return the schema that reads a form, bound to the session; with an address if `new`."""
    session: Session = request.dbsession
    return shown_schema(content_type, new=new).bind(
        markup="html",
        resolve=resolver(session),
        kind_of=kinds(session),
        hosts=request.portal.hosts,
    )


@cache
def shown_schema(content_type: ContentType, *, new: bool = False) -> colander.SchemaNode:
    """Return the schema for a form that is only shown; made once for a type."""
    # A copy: what is made of a class of colander shares its fields with all others of it.
    schema = content_type.schema().clone()
    if new:
        schema.children.insert(1, _slug())
    return lasting(schema, (content_type.schema, new))


def _slug() -> colander.SchemaNode:
    hint = _("Left empty, it is made from the title. Small letters a–z, digits and hyphens.")
    return text("slug", _("Last part of the address"), MAX_SLUG, description=hint)


def labels_of(registry: Registry) -> dict[str, str]:
    """Return what the fields of all forms are called, by their names in the forms."""
    found: dict[str, str] = {}
    for content_type in registry.content_types.values():
        _collect(shown_schema(content_type, new=True), found)
    return found


def _collect(node: colander.SchemaNode, found: dict[str, str]) -> None:
    for child in node.children:
        if child.title and child.name:
            found.setdefault(child.name, child.title)
        _collect(child, found)
