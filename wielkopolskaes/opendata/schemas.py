"""The shapes of the API's answers (JSON Schema 2020-12)."""

from dataclasses import fields
from typing import Any

from wielkopolskaes.records.record import Kind, Record, Role

PROBLEM = "Problem"
_TEXT = {"type": "string"}
_ADDRESS = {"type": "string", "format": "uri"}
_NUMBER = {"type": "integer", "minimum": 0}


def _thing(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    """Describe an object; all is required unless told."""
    names = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": names}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _links(*names: str, maybe: str = "") -> dict[str, Any]:
    known = dict.fromkeys((*names, *([maybe] if maybe else [])), _ADDRESS)
    return _thing(known, list(names))


_CONTRIBUTOR = _thing({
    "name": _TEXT,
    "role": {"enum": [role.value for role in Role]},
    "is_person": {"type": "boolean"},
})  # fmt: skip
_SUBJECT = _thing({"vocabulary": _TEXT, "term": _TEXT, "label": _TEXT})
_FILE = _thing({"path": _ADDRESS, "media_type": _TEXT, "size": _NUMBER, "title": _TEXT})
_MAYBE_NUMBER = {"type": ["integer", "null"], "minimum": 0}
# What is no plain text of a record.
_SPECIAL: dict[str, Any] = {
    "kind": {"enum": [kind.value for kind in Kind]},
    "version": {"type": "integer", "minimum": 1},
    "modified": {"type": "string", "format": "date-time"},
    "contributors": _list(_CONTRIBUTOR),
    "subjects": _list(_SUBJECT),
    "coverage": _list(_TEXT),
    "relations": _list(_ADDRESS),
    "files": _list(_FILE),
    "features": _list(_TEXT),
    "pages": _MAYBE_NUMBER,
    "duration": _MAYBE_NUMBER,
}
_RECORD = {
    **{field.name: _SPECIAL.get(field.name, _TEXT) for field in fields(Record)},
    "permanent_address": _ADDRESS,
    "address": _ADDRESS,
    "links": _links("self"),
}
del _RECORD["node_id"]
_KIND = _thing({"kind": _TEXT, "label": _TEXT, "records": _NUMBER,
                "links": _links("records", "filters")})  # fmt: skip
_VALUE = _thing({"value": _TEXT, "label": _TEXT, "records": _NUMBER})
_FILTER = _thing({"parameter": _TEXT, "title": _TEXT, "values": _list(_VALUE)})
_EACH = {"$ref": "#/components/schemas/Record"}

SCHEMAS: dict[str, Any] = {
    "Root": _thing({"links": _links("self", "description", "records", "page")}),
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Kinds": _thing({"items": _list(_KIND), "links": _links("self")}),
    "List": _thing({
        "total": _NUMBER, "items": _list(_EACH), "links": _links("self", "first", maybe="next"),
    }),
    "Record": _thing(_RECORD),
    "Filters": _thing({"items": _list(_FILTER), "links": _links("self")}),
    PROBLEM: _thing(
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
         "parameter": _TEXT, "known": _list(_TEXT), "incident": _TEXT},
        ["type", "title", "status"],
    ),
}  # fmt: skip
