"""The trail of events at the desk: who did what, narrowed by person, action, item and days."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.i18n import TranslationString
from pyramid.response import Response
from sqlalchemy import select

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.actions import ACTIONS
from wielkopolskaes.audit.exports import as_csv, as_json
from wielkopolskaes.audit.queries import Wanted, all_of_person, count, page_of
from wielkopolskaes.audit.services import record
from wielkopolskaes.audit.wording import tell
from wielkopolskaes.clock import day_of
from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.content.services import resolver
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private
from wielkopolskaes.types import Request

LIST = "/redakcja/zdarzenia"
PAGE_SIZE = 50
FORMATS = {"csv": "text/csv", "json": "application/json"}
# The names of the form's fields, as they stand in addresses.
FIELDS = ("osoba", "czynnosc", "tresc", "od", "do")


def show_events(request: Request) -> dict[str, Any]:
    """List the events asked for, a page at a time, with the form that asks."""
    typed = {name: request.GET.get(name, "").strip() for name in FIELDS}
    wanted, notices = _read(request, typed)
    page, total = page_number(request), count(request.dbsession, wanted)
    query = urlencode({name: value for name, value in typed.items() if value})
    address = f"{LIST}?{query}&strona=" if query else f"{LIST}?strona="
    found = page_of(request.dbsession, wanted, size=PAGE_SIZE, number=page)
    return {
        "page": desk_frame(request, _("Events")),
        "typed": typed,
        "errors": notices,
        "narrowed": bool(query),
        "person_id": wanted.person,
        "people": _people(request),
        "actions": _actions(request),
        "events": tell(request, found),
        "total": total,
        "pager": make_pager(page, PAGE_SIZE, total, address),
    }


def show_export(request: Request) -> dict[str, Any]:
    """Offer the events of one person as a file."""
    person = _person(request)
    crumbs = [(request.localizer.translate(_("Events")), LIST)]
    title = _("Events of ${name}", mapping={"name": person.name})
    total = count(request.dbsession, Wanted(person=person.id))
    return {"page": desk_frame(request, title, crumbs), "person": person, "total": total}


def post_export(request: Request) -> Response:
    """Give the file; that it was given is an event itself."""
    person, kind = _person(request), posted(request, "format")
    if kind not in FORMATS:
        raise HTTPBadRequest
    events = all_of_person(request.dbsession, person.id)
    if kind == "csv":
        text = as_csv(events)
    else:
        about = {"id": person.id, "name": person.name, "email": person.email}
        text = as_json(events, about, request.now)
    record(request.dbsession, "events.exported", person, after={"format": kind})
    name = f"zdarzenia-osoba-{person.id}-{day_of(request.now)}.{kind}"
    response = Response(text, content_type=FORMATS[kind], charset="utf-8")
    response.content_disposition = f'attachment; filename="{name}"'
    return private(response)


def _person(request: Request) -> Person:
    person = request.dbsession.get(Person, int(request.matchdict["id"]))
    if person is None:
        raise HTTPNotFound
    return person


def _read(request: Request, typed: dict[str, str]) -> tuple[Wanted, dict[str, TranslationString]]:
    """Understand what was typed; of what makes no sense, say so and do not narrow by it."""
    errors: dict[str, TranslationString] = {}
    days: dict[str, date] = {}
    for name in ("od", "do"):
        try:
            days.update({name: _day(typed[name])} if typed[name] else {})
        except ValueError:
            errors[name] = _("This is no day; write it as 2026-11-30.")
    item = resolver(request.dbsession)(typed["tresc"]) if typed["tresc"] else None
    if typed["tresc"] and item is None:
        # What was deleted for good is still in the trail, by its number.
        item = number(typed["tresc"]) or None
        if item is None:
            errors["tresc"] = _("There is no item at this address.")
    action = typed["czynnosc"] if typed["czynnosc"] in ACTIONS else ""
    person = number(typed["osoba"]) or None
    return Wanted(person, action, item, days.get("od"), days.get("do")), errors


def _day(text: str) -> date:
    """Read a day on which there may have been an event; raises ValueError."""
    day = date.fromisoformat(text)
    if not date.min.year < day.year < date.max.year:
        # Its midnight in Poland, or that of the next day, is beyond the calendar.
        raise ValueError(text)
    return day


def _people(request: Request) -> list[tuple[int, str]]:
    query = select(Person.id, Person.name).order_by(Person.name, Person.id)
    return [(id_, name) for id_, name in request.dbsession.execute(query)]


def _actions(request: Request) -> list[tuple[str, str]]:
    translate = request.localizer.translate
    return [(action, translate(label)) for action, label in ACTIONS.items()]


def includeme(config: Configurator) -> None:
    """Add the pages; all of them ask for the permission to read events."""
    templates = "wielkopolskaes:audit/templates"
    config.add_route("desk.events", LIST, factory=Office)
    config.add_route("desk.events.export", rf"{LIST}/osoba/{{id:\d{{1,9}}}}", factory=Office)
    for view, route, method, renderer, options in (
        (show_events, "desk.events", "GET", "events", {}),
        (show_export, "desk.events.export", "GET", "export", {"confirmed": True}),
        (post_export, "desk.events.export", "POST", "", {"confirmed": True}),
    ):
        config.add_view(
            view, route_name=route, request_method=method, permission=Permission.AUDIT,
            renderer=f"{templates}/{renderer}.jinja2" if renderer else None, **options,
        )  # fmt: skip
