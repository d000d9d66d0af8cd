"""Records for search engines: schema.org beyond what the page of every item says."""

from typing import Any

from wielkopolskaes.records.citing import address_of
from wielkopolskaes.records.crediting import named
from wielkopolskaes.records.record import Contributor, File, Kind, Record, Role
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.types import Request

_TYPES = {
    Kind.ARTICLE: "Article",
    Kind.BOOK: "Book",
    Kind.REPORT: "Report",
    Kind.FILM: "VideoObject",
    Kind.PROJECT: "Project",
    Kind.RESULT: "CreativeWork",
}
# For schema.org a project is an organisation, and has neither a language nor an author.
_OF_WORKS = ("inLanguage", "datePublished", "dateModified", "author", "publisher")
_ROLES = {
    "author": Role.AUTHOR, "editor": Role.EDITOR, "translator": Role.TRANSLATOR,
    "illustrator": Role.ILLUSTRATOR, "producer": Role.PRODUCER, "director": Role.DIRECTOR,
    "creator": Role.SCREENWRITER, "actor": Role.PRESENTER, "contributor": Role.PARTNER,
    "sourceOrganization": Role.LEADER,
}  # fmt: skip


def as_linked(thing: dict[str, Any], record: Record, request: Request) -> dict[str, Any]:
    """Complete what the page says of its item."""
    if record.kind is Kind.PROJECT:
        known = {name: value for name, value in thing.items() if name not in _OF_WORKS}
        more = _project(record)
    else:
        known, more = thing, _work(record, request) | _film(thing, record)
    found = known | _any(record, request) | {k: v for k, v in more.items() if v}
    return {name: value for name, value in found.items() if value}


def _any(record: Record, request: Request) -> dict[str, Any]:
    return {
        "@type": _TYPES[record.kind],
        "name": record.title,
        "identifier": absolute(request, address_of(record)),
        "keywords": [subject.label for subject in record.subjects],
        "sameAs": _same(record),
    }


def _project(record: Record) -> dict[str, Any]:
    return {
        "alternateName": record.number,
        "foundingDate": record.issued,
        "parentOrganization": _agents(named(record, Role.LEADER)),
        "member": _agents(named(record, Role.PARTNER)),
        "areaServed": list(record.coverage),
    }


def _work(record: Record, request: Request) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": record.publisher, "location": record.place}
    people = {name: _agents(named(record, role)) for name, role in _ROLES.items()}
    return people | {
        "publisher": _there(publisher) if record.publisher else None,
        "datePublished": record.issued,
        "version": str(record.version),
        "isbn": record.isbn if record.kind is Kind.BOOK else "",
        "numberOfPages": record.pages if record.kind is Kind.BOOK else None,
        "duration": f"PT{record.duration}S" if record.duration else "",
        "isPartOf": record.series and {"@type": "CreativeWorkSeries", "name": record.series},
        "license": record.licence,
        "isBasedOn": record.source_url,
        "spatialCoverage": list(record.coverage),
        "mentions": [{"@id": absolute(request, path)} for path in record.relations],
        "encoding": [_media(file, request) for file in record.files],
    }


def _film(thing: dict[str, Any], record: Record) -> dict[str, Any]:
    if record.kind is not Kind.FILM:
        return {}
    return {
        "thumbnailUrl": thing.get("image"),
        "embedUrl": record.player,
        "accessibilityFeature": list(record.features),
    }


def _same(record: Record) -> list[str]:
    doi = f"https://doi.org/{record.doi}" if record.doi else ""
    return [address for address in (doi, record.link) if address]


def _agents(people: list[Contributor]) -> list[dict[str, str]]:
    return [
        {"@type": "Person" if each.is_person else "Organization", "name": each.name}
        for each in people
    ]


def _media(file: File, request: Request) -> dict[str, Any]:
    return _there(
        {
            "@type": "MediaObject",
            "contentUrl": absolute(request, file.path),
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "name": file.title,
        }
    )


def _there(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value}
