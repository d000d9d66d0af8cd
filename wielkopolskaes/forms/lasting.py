"""Schemas that many forms are made of: prepared once, and known to all forms by one name."""

from collections.abc import Hashable, Iterator

import colander

from wielkopolskaes.forms.controls import control_of
from wielkopolskaes.i18n import _


def lasting(schema: colander.SchemaNode, name: Hashable) -> colander.SchemaNode:
    """Prepare a schema that was made for this, and name it.

    Forms keep what they have rendered for it, so all schemas with this name must look the same:
    the same fields, labels and limits. Copies and bound schemas go on under the name.
    """
    for node in nodes(with_our_words(schema)):
        node.control = control_of(node)
    schema.lasts_as = name
    return schema


def with_our_words(schema: colander.SchemaNode) -> colander.SchemaNode:
    """Have a field that is left empty told so in our words."""
    for node in nodes(schema):
        node.missing_msg = _("Fill in this field.")
    return schema


def name_of(schema: colander.SchemaNode) -> Hashable:
    """Return the name of a lasting schema, None of any other."""
    return getattr(schema, "lasts_as", None)


def nodes(node: colander.SchemaNode) -> Iterator[colander.SchemaNode]:
    """Yield the node and all those inside of it."""
    yield node
    for child in node.children:
        yield from nodes(child)
