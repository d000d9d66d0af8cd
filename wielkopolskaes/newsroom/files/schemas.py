"""What is asked about an uploaded file: some of its type's own fields."""

from typing import Any

import colander

from wielkopolskaes.content.registry import ContentType

ASKED = {
    "image": ("title", "alt", "decorative", "caption", "credit", "licence", "consent", "focal_x",
              "focal_y"),
    "document": ("title", "lead", "language", "accessible"),
}  # fmt: skip


def decision_schema(content_type: ContentType, **bindings: Any) -> colander.SchemaNode:
    """Return the type's schema with these fields only; the language of a file must be said."""
    # A type's own fields are shared by all of its schemas.
    schema = content_type.schema().clone()
    by_name = {field.name: field for field in schema.children}
    schema.children = [by_name[name] for name in ASKED[content_type.kind]]
    for field in schema.children:
        field.group = ""
        if field.name == "language":
            field.missing = colander.required
    schema.groups = ()
    return schema.bind(**bindings)
