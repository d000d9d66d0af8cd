"""The address that harvesters ask, by GET or by POST; nothing in either changes anything."""

from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.opendata.kinds import kinds_of
from wielkopolskaes.opendata.oai import ADDRESS
from wielkopolskaes.opendata.oai.dublin import NAMESPACE, SCHEMA, as_dublin
from wielkopolskaes.opendata.oai.harvest import Harvested, earliest, one
from wielkopolskaes.opendata.oai.lists import Portion, portion
from wielkopolskaes.opendata.oai.naming import identifier, part
from wielkopolskaes.opendata.oai.protocol import (
    PREFIX,
    TOKEN,
    OaiError,
    check_prefix,
    read,
    written,
)
from wielkopolskaes.opendata.oai.xml import Element
from wielkopolskaes.records.queries import records_of
from wielkopolskaes.records.record import Record
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.footer import contact_of
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.site.problems import OPEN_HEADERS
from wielkopolskaes.types import Request

_ROOT = {
    "xmlns": "http://www.openarchives.org/OAI/2.0/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.openarchives.org/OAI/2.0/"
    " http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
}
# With these the request is not repeated: it is what is wrong.
_UNSAID = frozenset({"badVerb", "badArgument"})


@view_config(route_name="oai", request_method="GET")
def by_get(request: Request) -> Response:
    """Answer a request in the address."""
    # No parameter is named: what harvesters go through once fills no cache.
    request.cacheable()
    request.uses("nodes")
    return _answered(request, request.GET)


@view_config(route_name="oai", request_method="POST", require_csrf=False)
def by_post(request: Request) -> Response:
    """Answer the same request sent as a form: the protocol knows both."""
    return _answered(request, request.POST)


def _answered(request: Request, given: Any) -> Response:
    said: Mapping[str, str] = {}
    try:
        verb, arguments = read(given)
        said = {"verb": verb, **arguments}
        inside = Element(verb, ANSWERS[verb](request, arguments))
    except OaiError as error:
        inside = Element("error", str(error), {"code": error.code})
        said = {} if error.code in _UNSAID else said
    document = Element("OAI-PMH", [
        Element("responseDate", written(request.now)),
        Element("request", absolute(request, ADDRESS), said),
        inside,
    ], _ROOT)  # fmt: skip
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'
    response = Response(body, content_type="text/xml", charset="utf-8")
    response.headers.update(OPEN_HEADERS)
    return response


def identify(request: Request, _arguments: Mapping[str, str]) -> list[Element]:
    """Say what repository this is."""
    kinds = kinds_of(request.registry)
    first = earliest(request.dbsession, kinds, request.now) or request.now
    contact = contact_of(request)
    mail = contact.get("email") or parseaddr(request.portal.mail_from)[1]
    told = {
        "repositoryName": SITE_NAME, "baseURL": absolute(request, ADDRESS),
        "protocolVersion": "2.0", "adminEmail": mail, "earliestDatestamp": written(first),
        # What lies in the trash for long is deleted for good, and then forgotten here, too.
        "deletedRecord": "transient", "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }  # fmt: skip
    return [Element(name, text) for name, text in told.items()]


def list_formats(request: Request, arguments: Mapping[str, str]) -> list[Element]:
    """List the formats: there is one."""
    if "identifier" in arguments:
        _find(request, arguments["identifier"])
    told = {"metadataPrefix": PREFIX, "schema": SCHEMA, "metadataNamespace": NAMESPACE}
    return [Element("metadataFormat", [Element(name, text) for name, text in told.items()])]


def list_sets(request: Request, arguments: Mapping[str, str]) -> list[Element]:
    """List the sets: one of each kind of record."""
    if TOKEN in arguments:
        raise OaiError("badResumptionToken", "Sets are listed in one portion.")
    say = request.localizer.translate
    return [
        Element("set", [Element("setSpec", kind), Element("setName", say(content_type.label))])
        for kind, content_type in kinds_of(request.registry).items()
    ]


def list_identifiers(request: Request, arguments: Mapping[str, str]) -> list[Element]:
    """List what changed, without saying what it is."""
    found = portion(request, "ListIdentifiers", arguments)
    return _with_token([_header(request, each) for each in found.items], found)


def list_records(request: Request, arguments: Mapping[str, str]) -> list[Element]:
    """List what changed."""
    found = portion(request, "ListRecords", arguments)
    return _with_token(_records(request, found.items), found)


def get_record(request: Request, arguments: Mapping[str, str]) -> list[Element]:
    """Tell one record, or that there was one."""
    check_prefix(arguments["metadataPrefix"])
    return _records(request, [_find(request, arguments["identifier"])])


ANSWERS: Mapping[str, Callable[[Request, Mapping[str, str]], list[Element]]] = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
    "GetRecord": get_record,
}


def _find(request: Request, name: str) -> Harvested:
    told = part(name, _domain(request))
    letters = {each.letter: each for each in kinds_of(request.registry).values()}
    content_type = letters.get(told.letter) if told else None
    found = None
    if told and content_type:
        found = one(request.dbsession, content_type, request.now, told.code, told.lang)
    if found is None:
        raise OaiError("idDoesNotExist", "There is no such record.")
    return found


def _records(request: Request, items: Sequence[Harvested]) -> list[Element]:
    live = [each.id for each in items if each.live]
    known = {record.node_id: record for record in records_of(request, live)}
    return [_record(request, each, known.get(each.id)) for each in items]


def _record(request: Request, item: Harvested, record: Record | None) -> Element:
    if record is None:
        return Element("record", [_header(request, item._replace(live=False))])
    metadata = Element("metadata", [as_dublin(record, request)])
    return Element("record", [_header(request, item), metadata])


def _header(request: Request, item: Harvested) -> Element:
    letter = kinds_of(request.registry)[item.kind].letter
    name = identifier(_domain(request), letter, item.code, item.lang)
    inside = [
        Element("identifier", name),
        Element("datestamp", written(item.stamp)),
        Element("setSpec", item.kind),
    ]
    return Element("header", inside, {} if item.live else {"status": "deleted"})


def _with_token(elements: list[Element], found: Portion) -> list[Element]:
    """Add the token, or its empty element at the end of a list of several portions."""
    if not (found.token or found.begun_at):
        return elements
    about = {"completeListSize": str(found.size), "cursor": str(found.begun_at)}
    if found.expires:
        about = {"expirationDate": written(found.expires), **about}
    return [*elements, Element(TOKEN, found.token, about)]


def _domain(request: Request) -> str:
    return urlsplit(request.portal.base_url).hostname or "localhost"
