"""Records: results, publications, films and projects, for catalogues, citations and harvesters.

A type of content that is a record says so with `ContentType.record`; all that is made of records
(permanent addresses, citations, exports, open data) knows `Record` alone and no type.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Answer permanent addresses, citations and lists as files."""
    config.add_route("record", "/{letter:[a-z]}/{code:[A-Z0-9][A-Z0-9-]*}")
    config.add_route(
        "record.citation",
        r"/{letter:[a-z]}/{code:[A-Z0-9][A-Z0-9-]*}.{format:bib|ris|csl\.json}",
    )
    config.scan("wielkopolskaes.records.views")
