"""Importing at the desk: a file, its preview, its report; templates and files to correct."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from webob.compat import cgi_FieldStorage

from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.importing import DESK, services
from wielkopolskaes.importing.exports import MEDIA_TYPES, Files, example_of, kept_under
from wielkopolskaes.importing.jobs import ATTEMPTS, PLAN, WRITE
from wielkopolskaes.importing.models import Import, Stage
from wielkopolskaes.importing.plans import Action
from wielkopolskaes.importing.process import LARGEST, Unreadable, read_table, suffix_of
from wielkopolskaes.importing.queries import counts, may_import, own, places
from wielkopolskaes.importing.references import References
from wielkopolskaes.importing.scope import record_types
from wielkopolskaes.importing.showing import preview
from wielkopolskaes.importing.words import Words
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.newsroom.arranging.answers import desk_values
from wielkopolskaes.newsroom.resources import find_item
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private, private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:importing/templates"
TITLE = _("Import of records")
_NO_FILE = _("Choose a file.")
_NO_SECTION = _("Choose the section that new items go to.")


@view_config(
    route_name="desk.import", permission=Permission.IMPORT, request_method="GET",
    renderer=f"{TEMPLATES}/upload.jinja2",
)  # fmt: skip
def ask(context: Office, request: Request) -> dict[str, Any]:
    """Offer the form, templates, and the files that can be corrected."""
    return _form(request, [], {})


@view_config(route_name="desk.import", permission=Permission.IMPORT, request_method="POST")
def take(context: Office, request: Request) -> Response:
    """Read a file and lead to its preview; a longer one is planned by the worker."""
    typed = {"section": posted(request, "section"), "kind": posted(request, "kind")}
    section = find_item(request.dbsession, number(typed["section"]))
    if section is None or not may_import(request.identity, section, request.now):
        return _again(request, "section", _NO_SECTION, typed)
    part = request.POST.get("file")
    if not isinstance(part, cgi_FieldStorage):
        return _again(request, "file", _NO_FILE, typed)
    filename = str(part.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        found = _taken(request, part.file.read(LARGEST + 1), filename, section, typed["kind"])
    except Unreadable as refusal:
        return _again(request, "file", refusal.message, typed)
    return HTTPSeeOther(f"{DESK}/{found.id}")


def _taken(request: Request, data: bytes, filename: str, section: Node, kind: str) -> Import:
    table = read_table(data, filename)
    session, lang = request.dbsession, request.locale_name
    known = kind if kind in record_types(request.registry) else ""
    found = services.take_in(
        session, request.registry, table, person=request.identity, section=section,
        filename=filename, kind=known, is_table=suffix_of(filename) != "json", lang=lang,
        now=request.now,
    )  # fmt: skip
    if len(table.rows) > services.AT_ONCE:
        enqueue(session, PLAN, {"import_id": found.id, "lang": lang}, run_after=request.now)
    else:
        services.plan(session, request.registry, found, lang=lang, now=request.now)
    return found


def _again(request: Request, field: str, words: str, typed: dict[str, str]) -> Response:
    values = _form(request, [(field, words)], typed)
    return private_page(request, f"{TEMPLATES}/upload.jinja2", values, 422)


def _form(request: Request, errors: list[tuple[str, str]], typed: dict[str, str]) -> dict[str, Any]:
    types = record_types(request.registry)
    return desk_values(request, TITLE, _above(request)[0]) | {
        "errors": errors,
        "typed": typed,
        "places": places(request.dbsession, request.registry, request.identity, request.now),
        "types": [(kind, each.label) for kind, each in types.items()],
        "formats": ("xlsx", "csv", "json"),
        "own": own(request.dbsession, request.identity.id),
        "address": DESK,
    }


def _own(request: Request) -> Import:
    """Return the import that the address names, if it is the person's own."""
    found = request.dbsession.get(Import, number(request.matchdict["id"]))
    if found is None or found.person_id != request.identity.id:
        raise HTTPNotFound
    return found


@view_config(
    route_name="desk.import.one", permission=Permission.IMPORT, request_method="GET",
    renderer=f"{TEMPLATES}/preview.jinja2",
)  # fmt: skip
def show(context: Office, request: Request) -> dict[str, Any]:
    """Show what each row would do; after the import, what it has done."""
    return _page(request, _own(request))


def _above(request: Request) -> list[tuple[str, str]]:
    """Lead from the content to the imports."""
    say = request.localizer.translate
    return [(say(_("Content")), "/redakcja/tresci"), (say(TITLE), DESK)]


def _page(request: Request, found: Import) -> dict[str, Any]:
    section = request.dbsession.get_one(Node, found.section_id)
    values = desk_values(request, found.filename, *_above(request))
    return values | preview(request, found) | {
        "section": section, "address": f"{DESK}/{found.id}", "stages": Stage, "actions": Action,
    }  # fmt: skip


@view_config(route_name="desk.import.write", permission=Permission.IMPORT, request_method="POST")
def write(context: Office, request: Request) -> Response:
    """Write what the person has agreed to; a second press finds it done."""
    session = request.dbsession
    found = _own(request)
    session.refresh(found, with_for_update=True)
    address = f"{DESK}/{found.id}"
    if found.stage is not Stage.READY or Action.WRONG in counts(session, found):
        return HTTPSeeOther(address)
    ticked = [number(each) for each in request.POST.getall("wiersz") if isinstance(each, str)]
    services.choose(session, found, everything=posted(request, "aktualizuj") == "1", ticked=ticked)
    lang = request.locale_name
    if services.is_long(session, found):
        found.stage = Stage.WRITING
        enqueue(session, WRITE, {"import_id": found.id, "lang": lang}, run_after=request.now,
                max_attempts=ATTEMPTS)  # fmt: skip
        return HTTPSeeOther(address)
    try:
        if services.apply(session, request.registry, found, lang=lang, now=request.now):
            return HTTPSeeOther(address)
    except services.MayNotImport as refusal:
        raise HTTPForbidden from refusal
    return private_page(request, f"{TEMPLATES}/preview.jinja2", _page(request, found), 409)


@view_config(route_name="desk.import.drop", permission=Permission.IMPORT, request_method="POST")
def drop(context: Office, request: Request) -> Response:
    """Throw the file away; what was imported from it stays."""
    found = _own(request)
    if found.stage is not Stage.WRITING:
        services.discard(request.dbsession, found)
    return HTTPSeeOther(DESK)


@view_config(route_name="desk.import.template", permission=Permission.IMPORT, request_method="GET")
def template(context: Office, request: Request) -> Response:
    """Give an empty table of a type, with a row that explains its columns."""
    types, suffix = record_types(request.registry), request.matchdict["format"]
    kind = request.matchdict["kind"]
    if kind not in types or suffix not in MEDIA_TYPES:
        raise HTTPNotFound
    words = Words(request.registry, request.locale_name)
    body = Files(types, words).template(suffix, kind, example_of(types[kind], words))
    return _file(body, suffix, f"wzor-{kind}")


@view_config(route_name="desk.import.records", permission=Permission.IMPORT, request_method="GET")
def records(context: Office, request: Request) -> Response:
    """Give the records of a section with all their fields, to be corrected and imported again."""
    section = find_item(request.dbsession, number(request.matchdict["id"]))
    suffix = request.matchdict["format"]
    if section is None or suffix not in MEDIA_TYPES:
        raise HTTPNotFound
    if not may_import(request.identity, section, request.now):
        raise HTTPNotFound
    types, session = record_types(request.registry), request.dbsession
    asked = {"identity": request.identity, "now": request.now}
    references = References(session, types.values(), request.portal.hosts, **asked)
    kept = kept_under(session, section, types, references, **asked)
    words = Words(request.registry, request.locale_name)
    return _file(Files(types, words).write(suffix, kept, references), suffix,
                 f"{section.slug or 'zapisy'}-do-poprawy")  # fmt: skip


def _file(body: bytes, suffix: str, name: str) -> Response:
    media_type = MEDIA_TYPES[suffix]
    charset = "utf-8" if media_type.startswith("text/") else None
    response = Response(body, content_type=media_type, charset=charset)
    response.content_disposition = f'attachment; filename="{name}.{suffix}"'
    return private(response)
