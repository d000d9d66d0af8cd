"""The editing form of a type: its own schema, and for a new item the address."""

from functools import cache

import colander
from sqlalchemy.orm import Session

from wielkopolskaes.content.fields import text
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import kinds, resolver
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.slugs import MAX_SLUG
from wielkopolskaes.types import Request


def form_schema(
    content_type: ContentType, request: Request, *, new: bool = False
) -> colander.SchemaNode:
    """Return the schema of a form, bound to the request's session; with an address if `new`."""
    session: Session = request.dbsession
    return _schema(content_type, new).bind(
        markup="html",
        resolve=resolver(session),
        kind_of=kinds(session),
        hosts=request.portal.hosts,
    )


@cache
def _schema(content_type: ContentType, new: bool) -> colander.SchemaNode:
    """Make the schema once for a type; binding copies it."""
    schema = content_type.schema()
    if new:
        schema.children.insert(1, _slug())
    return schema


def _slug() -> colander.SchemaNode:
    hint = _("Left empty, it is made from the title. Small letters a–z, digits and hyphens.")
    return text("slug", _("Last part of the address"), MAX_SLUG, description=hint)
