"""The description of the API (OpenAPI 3.1): the kinds and filters that there are at this moment."""

from typing import Any

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.opendata import ROOT, VERSION
from wielkopolskaes.opendata.asking import AFTER, LANG, LIMIT, MOST, PLACE, USUAL, WORDS
from wielkopolskaes.opendata.kinds import facets_of, kinds_of
from wielkopolskaes.opendata.schemas import PROBLEM, SCHEMAS
from wielkopolskaes.search.facets import LONGEST_VALUE, MOST_CHOSEN, Facet
from wielkopolskaes.search.query import MAX_LENGTH
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.site.problems import MEDIA_TYPE
from wielkopolskaes.types import Request

# What paths begin with: OpenAPI wants something there.
V = ROOT.removeprefix("/api")
# Messages in an f-string are not found by what gathers them.
_RECORDS, _ONE, _FILTERS = _("records"), _("one record"), _("filters and their values")
# Control characters are no text: `security.sanity` refuses them before anything reads them.
_PLAIN = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"


def document(request: Request) -> dict[str, Any]:
    """Write the description in the language of the request."""
    say = request.localizer.translate
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say(_("Open data of the portal ${name}", mapping={"name": SITE_NAME})),
            "version": VERSION,
            "description": say(_(
                "Read-only. Answers hold what everybody may see, whoever asks, and carry an ETag. "
                "A list is gone through by the link “next”: it names the last record of the page, "
                "so records that come or go meanwhile neither repeat nor hide others."
            )),
            "contact": {"url": absolute(request, "/kontakt")},
        },
        "servers": [{"url": absolute(request, "/api")}],
        "paths": _paths(request),
        "components": {
            "schemas": SCHEMAS,
            "parameters": _parameters(request),
            "responses": {"Problem": {
                "description": say(_("What was wrong")),
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }},
        },
    }  # fmt: skip


def _paths(request: Request) -> dict[str, Any]:
    say = request.localizer.translate
    paths = {
        V: _reading("root", say(_("What there is")), "Root"),
        f"{V}/openapi.json": _reading("description", say(_("This description")), "Description"),
        f"{V}/records": _reading("kinds", say(_("Kinds of records")), "Kinds"),
    }
    for content_type in kinds_of(request.registry).values():
        paths |= _of_kind(request, content_type)
    return paths


def _of_kind(request: Request, content_type: ContentType) -> dict[str, Any]:
    say, kind = request.localizer.translate, content_type.kind
    label = say(content_type.label)
    facets = facets_of(request, kind)
    ways = [_ref("parameters", name) for name in (WORDS, LIMIT, AFTER)]
    narrowed = [*ways, *map(_parameter_of, facets)]
    code = {
        "name": "code", "in": "path", "required": True,
        "schema": {"type": "string", "pattern": "^[A-Z0-9][A-Z0-9-]*$"},
    }  # fmt: skip
    return {
        f"{V}/records/{kind}": _reading(
            f"list_{kind}", f"{label}: {say(_RECORDS)}", "List", narrowed, ("503",)
        ),
        f"{V}/records/{kind}/{{code}}": _reading(
            f"show_{kind}", f"{label}: {say(_ONE)}", "Record", [code], ("404", "410")
        ),
        f"{V}/filters/{kind}": _reading(
            f"filters_{kind}", f"{label}: {say(_FILTERS)}", "Filters", [],
            ("503",),
        ),
    }  # fmt: skip


def _reading(
    name: str,
    summary: str,
    schema: str,
    more: list[dict[str, Any]] | None = None,
    refusals: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Describe an address that can be read."""
    there = {
        "description": summary,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": _ref("schemas", schema)}},
    }
    refused = {code: _ref("responses", PROBLEM) for code in ("400", *refusals)}
    answers = {"200": there, "304": {"description": "Not Modified"}, **refused}
    parameters = [_ref("parameters", LANG), *(more or ())]
    return {"get": {
        "operationId": name, "summary": summary, "parameters": parameters, "responses": answers,
    }}  # fmt: skip


def _parameters(request: Request) -> dict[str, Any]:
    say = request.localizer.translate
    described = (
        (LANG, _("Language of labels; of a record, the version to show"),
         {"type": "string", "enum": list(LANGUAGE_NAMES), "default": "pl"}),
        (WORDS, _("Words to search for"),
         {"type": "string", "maxLength": MAX_LENGTH, "pattern": _PLAIN}),
        (LIMIT, _("Records of a page"),
         {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        (AFTER, _("The place after which the page begins, as in the link “next”"),
         {"type": "string", "pattern": f"^{PLACE}$"}),
    )  # fmt: skip
    return {
        name: {"name": name, "in": "query", "description": say(text), "schema": schema}
        for name, text, schema in described
    }


def _parameter_of(facet: Facet) -> dict[str, Any]:
    """Describe a filter: of several values any will do."""
    value = {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE,
             "pattern": _PLAIN}  # fmt: skip
    return {
        "name": facet.parameter, "in": "query", "description": facet.title, "explode": True,
        "schema": {"type": "array", "items": value, "maxItems": MOST_CHOSEN},
    }  # fmt: skip


def _ref(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}
