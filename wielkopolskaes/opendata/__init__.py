"""Open data: all records for programs, made of `records.record.Record` without knowing any type.

`api` answers JSON described by OpenAPI (`openapi`), `oai` answers harvesters,
`pages` other portals and people. A type that is a
record is there by itself, with the filters of the database that lists it. Everybody hears what a
stranger may know.
"""

from pyramid.config import Configurator

VERSION = "1"
ROOT = f"/api/v{VERSION}"
PAGE = "/otwarte-dane"
# The catalogue, by the endings of its addresses: address and media type.
CATALOGUES = {
    "ttl": (f"{PAGE}/katalog.ttl", "text/turtle"),
    "jsonld": (f"{PAGE}/katalog.jsonld", "application/ld+json"),
}


def includeme(config: Configurator) -> None:
    """Add the addresses."""
    # Before the others: it is asked of any of their addresses.
    config.add_route("api.preflight", "/api/*rest", request_method="OPTIONS")
    kind, code = "{kind:[a-z][a-z0-9-]*}", "{code:[A-Z0-9][A-Z0-9-]*}"
    for name, path in (
        ("root", ""),
        ("openapi", "/openapi.json"),
        ("kinds", "/records"),
        ("list", f"/records/{kind}"),
        ("record", f"/records/{kind}/{code}"),
        ("filters", f"/filters/{kind}"),
    ):
        config.add_route(f"api.{name}", f"{ROOT}{path}")
    config.add_route("opendata.page", PAGE)
    config.add_route("opendata.catalogue", f"{PAGE}/katalog.{{ending:ttl|jsonld}}")
    config.scan("wielkopolskaes.opendata.api")
    config.scan("wielkopolskaes.opendata.pages")
    config.include("wielkopolskaes.opendata.oai")
