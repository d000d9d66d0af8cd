"""A small graph, written as JSON-LD and as Turtle: what a catalogue needs of RDF and no more."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NAMED = {char: f"\\{name}" for char, name in zip('\\"\n\r\t\b\f', '\\"nrtbf', strict=True)}
# Inside of <> Turtle takes none of these, however they are escaped.
_IN_ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"


@dataclass(frozen=True)
class Text:
    """A literal: in a language, of a type ("xsd:dateTime"), or neither."""

    value: str
    lang: str = ""
    type: str = ""


@dataclass(frozen=True)
class Ref:
    """Something that is only named, by its address."""

    address: str


@dataclass(frozen=True)
class Thing:
    """Something that is described; without an address it is known inside of another one only."""

    type: str
    told: "Mapping[str, Value | Sequence[Value]]" = field(default_factory=dict)
    address: str = ""


Value = Text | Ref | Thing


def instant(moment: datetime) -> Text:
    """Write an instant."""
    return Text(moment.replace(microsecond=0).isoformat(), type="xsd:dateTime")


def as_json_ld(thing: Thing) -> bytes:
    """Write the graph as JSON-LD 1.1."""
    return json.dumps({"@context": PREFIXES, **_object(thing)}, ensure_ascii=False).encode()


def as_turtle(thing: Thing) -> bytes:
    """Write the graph as Turtle: each thing with an address stands by itself."""
    heads = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    told = (f"{_iri(each.address)} {_said(each)} ." for each in _addressed(thing))
    return ("\n".join([*heads, "", *told]) + "\n").encode()


def _values(thing: Thing) -> "Iterator[tuple[str, list[Value]]]":
    for name, given in thing.told.items():
        values = [given] if isinstance(given, Text | Ref | Thing) else list(given)
        if values:
            yield name, values


def _object(value: Value) -> dict[str, object]:
    match value:
        case Text(text, lang, kind):
            more = {"@language": lang} if lang else {"@type": kind} if kind else {}
            return {"@value": text, **more}
        case Ref(address):
            return {"@id": _quoted(address)}
        case Thing():
            names = {"@id": _quoted(value.address)} if value.address else {}
            told = {name: [_object(one) for one in many] for name, many in _values(value)}
            return {**names, "@type": value.type, **told}


def _addressed(thing: Thing) -> Iterator[Thing]:
    """Find everything that has an address, each once, what holds it first."""
    if thing.address:
        yield thing
    for _name, values in _values(thing):
        for value in values:
            if isinstance(value, Thing):
                yield from _addressed(value)


def _said(thing: Thing) -> str:
    lines = [f"a {thing.type}"]
    for name, values in _values(thing):
        lines.append(f"{name} {', '.join(map(_term, values))}")
    return " ;\n  ".join(lines)


def _term(value: Value) -> str:
    match value:
        case Text(text, lang, kind):
            return _literal(text) + (f"@{lang}" if lang else f"^^{kind}" if kind else "")
        case Ref(address):
            return _iri(address)
        case Thing():
            return _iri(value.address) if value.address else f"[ {_said(value)} ]"


def _literal(text: str) -> str:
    return f'"{"".join(_NAMED.get(char, char) for char in text)}"'


def _iri(address: str) -> str:
    return f"<{_quoted(address)}>"


def _quoted(address: str) -> str:
    return quote(address, safe=_IN_ADDRESS)
