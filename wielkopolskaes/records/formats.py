"""Citations for programs: BibTeX, RIS and CSL-JSON."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from wielkopolskaes.records.citing import Cited
from wielkopolskaes.records.crediting import heads, name_of, named, one_line
from wielkopolskaes.records.record import Contributor, Kind, Role

# What TeX takes for commands. BibTeX counts braces even after a backslash, hence words for them.
_TEX = str.maketrans(
    {char: f"\\{char}" for char in "%&#$_"}
    | {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
_BIB_TYPES = {Kind.ARTICLE: "article", Kind.BOOK: "book", Kind.REPORT: "techreport"}
_RIS_TYPES = {Kind.ARTICLE: "JOUR", Kind.BOOK: "BOOK", Kind.REPORT: "RPRT", Kind.FILM: "VIDEO"}
_CSL_TYPES = {
    Kind.ARTICLE: "article-journal",
    Kind.BOOK: "book",
    Kind.REPORT: "report",
    Kind.FILM: "motion_picture",
}
# The series of an article is the magazine that it stands in.
_CSL_SERIES = {Kind.ARTICLE: "container-title"}
_MADE_BY = {"author": Role.AUTHOR, "editor": Role.EDITOR, "translator": Role.TRANSLATOR,
            "director": Role.DIRECTOR, "illustrator": Role.ILLUSTRATOR}  # fmt: skip


class Format(NamedTuple):
    """A kind of file: its media type, and what writes it."""

    media_type: str
    write: Callable[[Cited], str]


def as_bibtex(what: Cited) -> str:
    """Write an entry for BibTeX and biblatex, in UTF-8."""
    record = what.record
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bib_fields(what) if value)
    entry = _BIB_TYPES.get(record.kind, "misc")
    return f"@{entry}{{{record.letter}{record.code},\n{fields}}}\n"


def as_ris(what: Cited) -> str:
    """Write a record of RIS; its lines end as its readers on Windows expect."""
    lines = [f"{tag}  - {one_line(str(value))}" for tag, value in _ris_lines(what) if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(what: Cited) -> str:
    """Write the input of citation processors: a list of one item."""
    item = {name: value for name, value in _csl_fields(what).items() if value}
    return json.dumps([item], ensure_ascii=False, indent=1)


FORMATS = {
    "bib": Format("application/x-bibtex", as_bibtex),
    "ris": Format("application/x-research-info-systems", as_ris),
    "csl.json": Format("application/vnd.citationstyles.csl+json", as_csl),
}


def _bib_fields(what: Cited) -> Iterator[tuple[str, str]]:
    record = what.record
    editors = named(record, Role.EDITOR)
    authors = [each for each in heads(record) if each not in editors]
    # The second pair of braces keeps capital letters as they are.
    yield "title", f"{{{_tex(record.title)}}}"
    yield "author", _bib_people(authors)
    yield "editor", _bib_people(editors)
    yield "translator", _bib_people(named(record, Role.TRANSLATOR))
    yield "year", what.year
    yield "month", str(int(record.issued[5:7])) if record.issued[5:7] else ""
    yield "institution" if record.kind is Kind.REPORT else "publisher", _tex(what.publisher)
    yield "address", _tex(record.place)
    yield "journal" if record.kind is Kind.ARTICLE else "series", _tex(record.series)
    yield "number", _tex(record.number)
    yield "isbn", _tex(record.isbn)
    yield "issn", _tex(record.issn)
    yield "doi", _bare(record.doi)
    yield "pagetotal", str(record.pages or "")
    yield "url", _bare(what.address)
    yield "urldate", what.accessed.isoformat()
    yield "version", str(record.version)
    yield "langid", {"pl": "polish", "en": "english"}.get(record.work_lang, record.work_lang)
    yield "abstract", _tex(record.abstract)
    yield "keywords", ", ".join(_tex(each.label).replace(",", ";") for each in record.subjects)


def _bib_people(people: list[Contributor]) -> str:
    return " and ".join(map(_bib_name, people))


def _bib_name(contributor: Contributor) -> str:
    name = name_of(contributor)
    if not name.given:
        # In braces it is one name, whatever commas and "and" it holds.
        return f"{{{_tex(name.family)}}}"
    return f"{_tex(name.family)}, {_tex(name.given)}"


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX)


def _bare(address: str) -> str:
    """Write what TeX takes as it stands; braces would end it early."""
    return one_line(address).replace("{", "%7B").replace("}", "%7D")


def _ris_lines(what: Cited) -> Iterator[tuple[str, Any]]:
    record = what.record
    yield "TY", _RIS_TYPES.get(record.kind, "GEN")
    yield "ID", f"{record.letter}{record.code}"
    yield "TI", record.title
    people, editors = heads(record), named(record, Role.EDITOR)
    yield from (("AU", _ris_name(each)) for each in people if each not in editors)
    yield from (("ED", _ris_name(each)) for each in editors)
    yield "PY", what.year
    yield "DA", record.issued.replace("-", "/")
    yield "PB", what.publisher
    yield "CY", record.place
    yield "T2", record.series
    yield "M1", record.number
    yield "SN", record.isbn or record.issn
    yield "DO", record.doi
    yield "SP", record.pages
    yield "ET", record.version
    yield "LA", record.work_lang
    yield "AB", record.abstract
    yield from (("KW", each.label) for each in record.subjects)
    yield "UR", what.address
    yield "Y2", f"{what.accessed:%Y/%m/%d}"


def _ris_name(contributor: Contributor) -> str:
    name = name_of(contributor)
    return f"{name.family}, {name.given}" if name.given else name.family


def _csl_fields(what: Cited) -> dict[str, Any]:
    record = what.record
    people = {name: _csl_people(named(record, role)) for name, role in _MADE_BY.items()}
    if heads(record) and heads(record)[0].role in (Role.PRODUCER, Role.LEADER):
        people["author"] = _csl_people(heads(record))
    return people | {
        "id": f"{record.letter}{record.code}",
        "type": _CSL_TYPES.get(record.kind, "document"),
        "title": one_line(record.title),
        "issued": _csl_date(record.issued),
        "accessed": _csl_date(what.accessed.isoformat()),
        "publisher": what.publisher,
        "publisher-place": record.place,
        _CSL_SERIES.get(record.kind, "collection-title"): record.series,
        "number": record.number,
        "ISBN": record.isbn,
        "ISSN": record.issn,
        "DOI": record.doi,
        "number-of-pages": record.pages,
        "URL": what.address,
        "version": str(record.version),
        "language": record.work_lang,
        "abstract": one_line(record.abstract),
        "keyword": ", ".join(each.label for each in record.subjects),
    }


def _csl_people(people: list[Contributor]) -> list[dict[str, str]]:
    names = map(name_of, people)
    return [
        {"family": name.family, "given": name.given} if name.given else {"literal": name.family}
        for name in names
    ]


def _csl_date(issued: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in issued.split("-")]]} if issued else None
