"""The catalogue of the open data by DCAT-AP 3: a data set of each kind of record."""

from collections.abc import Iterator, Sequence

from wielkopolskaes.i18n import LANGUAGE_NAMES, _, localizer_of
from wielkopolskaes.opendata import PAGE, ROOT
from wielkopolskaes.opendata.graph import Ref, Text, Thing, Value, instant
from wielkopolskaes.opendata.oai import ADDRESS as OAI
from wielkopolskaes.opendata.sets import Set, sets_of
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.footer import contact_of
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.site.metadata import OFFICE
from wielkopolskaes.types import Request

_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"pl": Ref(f"{_EU}/language/POL"), "en": Ref(f"{_EU}/language/ENG")}
# Wielkopolska in the classification of territorial units, NUTS 2021, and the country.
_WHERE = [Ref("http://data.europa.eu/nuts/code/PL41"), Ref(f"{_EU}/country/POL")]
_PUBLISHER = Ref("http://purl.org/adms/publishertype/RegionalAuthority")
# Media types and the European list's names of what a set can be taken away as.
_FILES = {
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "json": ("application/json", "JSON"),
}
_XML = "text/xml", "XML"
_SUBJECTS = (_("social economy"), _("social cooperatives"), _("EQUAL Initiative"))
_TITLE = _("Open data of the portal ${name}", mapping={"name": SITE_NAME})
_ABOUT = _("Descriptions of all that the portal collects about the social economy of Wielkopolska.")
_SET_ABOUT = _(
    "All public records of the kind “${label}” with people, subjects, areas, licences and sources."
)
_SET_TITLE = _("${label}: all records")
_API, _OAI = _("JSON API"), _("OAI-PMH repository")


def catalogue(request: Request) -> Thing:
    """Describe everything; the same whoever asks, in both languages at once."""
    sets = sets_of(request)
    services = [_api(request, sets), _oai(request, sets)]
    newest = max((each.modified for each in sets if each.modified), default=None)
    return Thing("dcat:Catalog", {
        "dct:title": _said(request, _TITLE),
        "dct:description": _said(request, _ABOUT),
        "dct:publisher": _publisher(request),
        "foaf:homepage": Thing("foaf:Document", address=absolute(request, PAGE)),
        "dct:language": list(_LANGUAGES.values()),
        "dct:spatial": _WHERE,
        "dct:modified": [instant(newest)] if newest else [],
        "dct:license": _licence(request),
        "dcat:themeTaxonomy": Ref(f"{_EU}/data-theme"),
        "dcat:dataset": [_set(request, each) for each in sets],
        "dcat:service": services,
    }, _named(request, "katalog"))  # fmt: skip


def _set(request: Request, each: Set) -> Thing:
    return Thing("dcat:Dataset", {
        "dct:title": _about(request, each, _SET_TITLE),
        "dct:description": _about(request, each, _SET_ABOUT),
        "dct:identifier": Text(_named(request, each.kind)),
        "dct:publisher": Ref(absolute(request, "/#organization")),
        "dcat:contactPoint": _contact(request),
        "dcat:theme": Ref(f"{_EU}/data-theme/SOCI"),
        "dcat:keyword": [text for word in _SUBJECTS for text in _said(request, word)],
        "dct:language": list(_LANGUAGES.values()),
        "dct:spatial": _WHERE,
        "dct:accrualPeriodicity": Ref(f"{_EU}/frequency/IRREG"),
        "dct:accessRights": Ref(f"{_EU}/access-right/PUBLIC"),
        "dct:modified": [instant(each.modified)] if each.modified else [],
        "dcat:landingPage": Thing("foaf:Document", address=absolute(request, each.page or PAGE)),
        "dcat:distribution": list(_distributions(request, each)),
    }, _named(request, each.kind))  # fmt: skip


def _distributions(request: Request, each: Set) -> Iterator[Thing]:
    for ending, path in each.files:
        yield _distribution(request, each, ending.upper(), path, _FILES[ending], download=True)
    api = f"{ROOT}/records/{each.kind}"
    yield _distribution(request, each, "API", api, _FILES["json"], service="api")
    oai = f"{OAI}?verb=ListRecords&metadataPrefix=oai_dc&set={each.kind}"
    yield _distribution(request, each, "OAI-PMH", oai, _XML, service="oai")


def _distribution(
    request: Request,
    each: Set,
    name: str,
    path: str,
    form: tuple[str, str],
    *,
    download: bool = False,
    service: str = "",
) -> Thing:
    address = Ref(absolute(request, path))
    media_type, listed = form
    return Thing("dcat:Distribution", {
        "dct:title": [
            Text(f"{each.label_in(request.registry, lang)} ({name})", lang)
            for lang in LANGUAGE_NAMES
        ],
        "dcat:accessURL": address,
        "dcat:downloadURL": [address] if download else [],
        "dcat:accessService": [Ref(_named(request, service))] if service else [],
        "dcat:mediaType": Ref(f"https://www.iana.org/assignments/media-types/{media_type}"),
        "dct:format": Ref(f"{_EU}/file-type/{listed}"),
        "dct:license": _licence(request),
        "dcatap:availability": Ref(f"{_EU}/planned-availability/STABLE"),
    }, _named(request, f"{each.kind}-{name.lower()}"))  # fmt: skip


def _api(request: Request, sets: Sequence[Set]) -> Thing:
    return _service(request, "api", _API, absolute(request, ROOT), sets,
                    absolute(request, f"{ROOT}/openapi.json"))  # fmt: skip


def _oai(request: Request, sets: Sequence[Set]) -> Thing:
    return _service(request, "oai", _OAI, absolute(request, OAI), sets,
                    "http://www.openarchives.org/OAI/openarchivesprotocol.html")  # fmt: skip


def _service(
    request: Request, name: str, title: str, address: str, sets: Sequence[Set], described: str
) -> Thing:
    return Thing("dcat:DataService", {
        "dct:title": _said(request, title),
        "dcat:endpointURL": Ref(address),
        "dcat:endpointDescription": Ref(described),
        "dcat:servesDataset": [Ref(_named(request, each.kind)) for each in sets],
        "dct:publisher": Ref(absolute(request, "/#organization")),
        "dcat:contactPoint": _contact(request),
        "dct:accessRights": Ref(f"{_EU}/access-right/PUBLIC"),
        "dct:license": _licence(request),
    }, _named(request, name))  # fmt: skip


def _publisher(request: Request) -> Thing:
    told: dict[str, Value] = {"foaf:name": Text(OFFICE, "pl"), "dct:type": _PUBLISHER}
    return Thing("foaf:Agent", told, absolute(request, "/#organization"))


def _contact(request: Request) -> Thing:
    contact = contact_of(request)
    mail = contact.get("email")
    return Thing("vcard:Organization", {
        "vcard:fn": Text(contact.get("unit") or OFFICE),
        "vcard:hasURL": Ref(absolute(request, "/kontakt")),
        "vcard:hasEmail": [Ref(f"mailto:{mail}")] if mail else [],
    })  # fmt: skip


def _licence(request: Request) -> list[Value]:
    address = request.portal.data_licence
    return [Ref(address)] if address else []


def _said(request: Request, message: str) -> list[Value]:
    """Say it in every language."""
    return [
        Text(localizer_of(request.registry, lang).translate(message), lang)
        for lang in LANGUAGE_NAMES
    ]


def _about(request: Request, each: Set, message: str) -> list[Value]:
    """Say something of a kind, which has a name of its own in each language."""
    registry = request.registry
    return [
        Text(
            localizer_of(registry, lang).translate(
                _(message, mapping={"label": each.label_in(registry, lang)})
            ),
            lang,
        )
        for lang in LANGUAGE_NAMES
    ]


def _named(request: Request, name: str) -> str:
    return absolute(request, f"{PAGE}#{name}")
