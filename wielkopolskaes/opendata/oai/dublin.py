"""Records as unqualified Dublin Core (oai_dc)."""

from collections.abc import Iterator
from typing import NamedTuple

from wielkopolskaes.opendata.oai.xml import Element
from wielkopolskaes.records.citing import KINDS, address_of
from wielkopolskaes.records.crediting import heads, name_of, one_line
from wielkopolskaes.records.record import Contributor, Kind, Record
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.types import Request

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
# The vocabulary of types that the Dublin Core has; other kinds are told in words alone.
_TYPES = {Kind.ARTICLE: "Text", Kind.BOOK: "Text", Kind.REPORT: "Text", Kind.FILM: "MovingImage"}


class Term(NamedTuple):
    """One element; `lang` is that of its text, where it is in one."""

    name: str
    text: str
    lang: str = ""


def as_dublin(record: Record, request: Request) -> Element:
    """Write a record."""
    terms = [
        Element(f"dc:{term.name}", term.text, {"xml:lang": term.lang} if term.lang else {})
        for term in _terms(record, request)
        if term.text.strip()
    ]
    attributes = {
        "xmlns:oai_dc": NAMESPACE,
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
    }
    return Element("oai_dc:dc", terms, attributes)


def _terms(record: Record, request: Request) -> Iterator[Term]:
    say = request.localizer.translate
    people = heads(record)
    yield Term("title", record.title, record.work_lang)
    yield from (Term("creator", _name(each)) for each in people)
    yield from (Term("subject", each.label) for each in record.subjects)
    yield Term("description", record.abstract, record.lang)
    yield Term("publisher", one_line(record.publisher) or SITE_NAME)
    others = (each for each in record.contributors if each not in people)
    yield from (Term("contributor", _name(each)) for each in others)
    yield Term("date", record.issued)
    yield Term("type", _TYPES.get(record.kind, ""))
    yield Term("type", say(KINDS[record.kind]), request.locale_name)
    yield from (Term("format", each) for each in dict.fromkeys(f.media_type for f in record.files))
    yield from (Term("identifier", each) for each in _identifiers(record, request))
    yield Term("source", record.source_url or record.source)
    yield Term("language", record.work_lang)
    yield from (Term("relation", each) for each in _relations(record, request))
    yield from (Term("coverage", each) for each in record.coverage)
    yield Term("rights", record.licence)


def _name(contributor: Contributor) -> str:
    name = name_of(contributor)
    return f"{name.family}, {name.given}" if name.given else name.family


def _identifiers(record: Record, request: Request) -> Iterator[str]:
    yield absolute(request, address_of(record))
    yield f"https://doi.org/{record.doi}" if record.doi else ""
    yield f"urn:isbn:{record.isbn}" if record.isbn else ""


def _relations(record: Record, request: Request) -> Iterator[str]:
    yield from (absolute(request, path) for path in record.relations)
    yield from (absolute(request, file.path) for file in record.files)
    yield record.link
    yield one_line(", ".join(filter(None, (record.series, record.number * bool(record.series)))))
