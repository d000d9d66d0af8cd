"""The administration of people: finding them, inviting, their data, the end of an account."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.accounts import logins, queries, services
from wielkopolskaes.accounts.confirmation import is_confirmed
from wielkopolskaes.accounts.errors import (
    AlreadyKnown,
    BadEmail,
    LastAdministrator,
    NobodyTakesOver,
    NotGrantable,
)
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.accounts.views.arriving import NO_NAME, reason
from wielkopolskaes.accounts.views.notices import notices
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.accounts.words import ROLES
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.security.permissions import GRANTED, Permission, Role
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

PEOPLE = _("People")


@view_config(route_name="desk.people", request_method="GET", permission=Permission.PEOPLE)
def listed(request: Request) -> Response:
    """List people, or those whose names and addresses hold some words."""
    words = request.GET.get("q", "")[:200]
    found = queries.people(request.dbsession, words)
    values = {
        "page": desk_frame(request, PEOPLE),
        "notices": notices(request),
        "words": words,
        "people": [(person, _standing(person), _roles(person)) for person in found],
    }
    return show(request, "people", values)


@view_config(route_name="desk.person_new", request_method="GET", permission=Permission.PEOPLE,
             confirmed=True)  # fmt: skip
def ask_invitation(request: Request) -> Response:
    """Ask who is to be invited."""
    return _invitation(request, Sheet({"lang": "pl", "role": Role.AUTHOR.value}))


@view_config(route_name="desk.person_new", request_method="POST", permission=Permission.PEOPLE,
             confirmed=True)  # fmt: skip
def invite(request: Request) -> Response:
    """Invite somebody, with their first role."""
    names = ("email", "name", "lang", "role", "section")
    sheet = Sheet({name: " ".join(posted(request, name).split()) for name in names})
    values = sheet.values
    role, node = chosen(request)
    if not 0 < len(values["name"]) <= services.LONGEST_NAME:
        sheet.errors["name"] = NO_NAME
    elif values["lang"] not in LANGUAGE_NAMES:
        sheet.errors["lang"] = _("Choose one of the languages.")
    else:
        person = _invited(request, sheet, role, node)
        if person is not None:
            return HTTPSeeOther(f"/redakcja/osoby/{person.id}?zrobiono=zaproszenie")
    return _invitation(request, sheet)


def _invited(request: Request, sheet: Sheet, role: Role | None, node: Node | None) -> Person | None:
    values = sheet.values
    try:
        if values["role"] and role is None:
            raise NotGrantable
        person, _token = services.invite(
            request.dbsession, email=values["email"], name=values["name"], lang=values["lang"],
            grants=[(role, node)] if role else [], now=request.now,
        )  # fmt: skip
    except NotGrantable:
        sheet.errors["role"] = _("This role cannot be given there.")
    except (AlreadyKnown, BadEmail) as error:
        sheet.errors["email"] = reason(error)
    else:
        return person
    return None


def chosen(request: Request) -> tuple[Role | None, Node | None]:
    """Read the role and the section that a form names; raises NotFound for no section of ours."""
    role, section = posted(request, "role"), posted(request, "section")
    node = request.dbsession.get(Node, number(section)) if section else None
    if section and node is None:
        raise HTTPNotFound
    return (Role(role) if role in {r.value for r in GRANTED} else None), node


@view_config(route_name="desk.person", request_method="GET", permission=Permission.PEOPLE)
def shown(request: Request) -> Response:
    """Show one person: data, roles, logins, and what can be done."""
    return show(request, "person", _values(request, asked(request), Sheet()))


@view_config(route_name="desk.person_email", request_method="POST",
             permission=Permission.PEOPLE, confirmed=True)  # fmt: skip
def change_email(request: Request) -> Response:
    """Give the person another address; nobody has one who was never here or is here no more."""
    person, email = asked(request), posted(request, "email")
    if person.closed_at is not None or not person.email:
        raise HTTPNotFound
    try:
        services.change_email(request.dbsession, person, email, request.now)
    except (AlreadyKnown, BadEmail) as error:
        sheet = Sheet({"email": email}, {"email": reason(error)})
        return show(request, "person", _values(request, person, sheet), sheet.status)
    return _back(person, "dane")


@view_config(route_name="desk.person_invite", request_method="POST",
             permission=Permission.PEOPLE, confirmed=True)  # fmt: skip
def invite_again(request: Request) -> Response:
    """Send the invitation once more, or open a closed account again.

    An erased person stays erased: the row would be taken for them, and erased, ever again.
    """
    person = asked(request)
    if person.is_erased:
        raise HTTPNotFound
    if person.closed_at is not None:
        services.reopen(request.dbsession, person, request.now)
        return _back(person, "otwarcie")
    if not person.password_hash and person.email:
        services.invite_again(request.dbsession, person, request.now)
    return _back(person, "zaproszenie")


@view_config(route_name="desk.person_logout", request_method="POST",
             permission=Permission.PEOPLE)  # fmt: skip
def end_logins(request: Request) -> Response:
    """End all logins of the person; one's own goes on."""
    person, me = asked(request), request.identity
    logins.end_all(request.dbsession, person, but=me.login_id if me else None)
    return _back(person, "logowania")


@view_config(route_name="desk.person_factor", request_method="POST",
             permission=Permission.PEOPLE, confirmed=True)  # fmt: skip
def turn_off_factor(request: Request) -> Response:
    """Help somebody who has lost the telephone and the codes; not oneself."""
    person = asked(request)
    if person.id != request.authenticated_userid:
        services.turn_off_second_factor(request.dbsession, person)
    return _back(person, "kod")


@view_config(route_name="desk.person_close", request_method="GET", permission=Permission.PEOPLE,
             confirmed=True)  # fmt: skip
def ask_closing(request: Request) -> Response:
    """Ask who takes over the person's items."""
    return _closing(request, asked(request), Sheet())


@view_config(route_name="desk.person_close", request_method="POST", permission=Permission.PEOPLE,
             confirmed=True)  # fmt: skip
def close(request: Request) -> Response:
    """Close the account; one's own only another administrator can close."""
    person, sheet = asked(request), Sheet({"reason": posted(request, "reason")[:1000]})
    sheet.values["heir"] = posted(request, "heir")
    heir = request.dbsession.get(Person, number(sheet.values["heir"]))
    try:
        if person.id == request.authenticated_userid:
            raise LastAdministrator
        services.close(
            request.dbsession, person, heir=heir, now=request.now, reason=sheet.values["reason"]
        )
    except NobodyTakesOver:
        sheet.errors["heir"] = _("Choose who takes over the items of this person.")
    except LastAdministrator:
        sheet.errors["heir"] = _("Another administrator has to close this account.")
    if sheet.errors:
        return _closing(request, person, sheet)
    return HTTPSeeOther(f"/redakcja/osoby/{person.id}")


def asked(request: Request) -> Person:
    """Return the person of the address; raises NotFound."""
    person = request.dbsession.get(Person, number(request.matchdict["id"]))
    if person is None:
        raise HTTPNotFound
    return person


def crumbs(request: Request, person: Person | None = None) -> list[tuple[str, str]]:
    """Lead from the desk to a person."""
    found = [(request.localizer.translate(PEOPLE), "/redakcja/osoby")]
    if person is not None:
        found.append((person.name or str(person.id), f"/redakcja/osoby/{person.id}"))
    return found


def _back(person: Person, done: str) -> Response:
    return HTTPSeeOther(f"/redakcja/osoby/{person.id}?zrobiono={done}")


def _values(request: Request, person: Person, sheet: Sheet) -> dict[str, Any]:
    session = request.dbsession
    sheet.values.setdefault("email", person.email)
    sheet.values.setdefault("role", Role.AUTHOR.value)
    return {
        "page": desk_frame(request, person.name or _("Somebody invited"), crumbs(request)),
        "sheet": sheet,
        "notices": notices(request),
        "person": person,
        "standing": _standing(person),
        "confirmed": is_confirmed(request),
        "is_me": person.id == request.authenticated_userid,
        "grants": _grants(request, person),
        "roles": [(role.value, ROLES[role]) for role in GRANTED],
        "sections": queries.sections(session),
        "items": services.items_in_care(session, person),
        "logins": queries.living_logins(session, person.id, request.now),
    }


def _grants(request: Request, person: Person) -> list[tuple[int, Any, str]]:
    paths = {id_: f"{title} ({path})" for id_, title, path in queries.sections(request.dbsession)}
    return [
        (grant.id, ROLES[grant.role], paths.get(grant.node_id, "?") if grant.node_id else "")
        for grant in sorted(person.grants, key=lambda g: (g.node_id or 0, g.role))
    ]


def _invitation(request: Request, sheet: Sheet) -> Response:
    values = {
        "page": desk_frame(request, _("Invite a person"), crumbs(request)),
        "sheet": sheet,
        "languages": list(LANGUAGE_NAMES.items()),
        "roles": [(role.value, ROLES[role]) for role in GRANTED],
        "sections": queries.sections(request.dbsession),
    }
    return show(request, "person_new", values, sheet.status)


def _closing(request: Request, person: Person, sheet: Sheet) -> Response:
    values = {
        "page": desk_frame(request, _("Close the account"), crumbs(request, person)),
        "sheet": sheet,
        "person": person,
        "items": services.items_in_care(request.dbsession, person),
        "heirs": [(str(heir.id), heir.name) for heir in queries.heirs(request.dbsession, person)],
    }
    return show(request, "person_close", values, sheet.status)


def _roles(person: Person) -> list[Any]:
    return [ROLES[role] for role in GRANTED if any(g.role is role for g in person.grants)]


def _standing(person: Person) -> str:
    if person.closed_at is not None:
        return "closed"
    return "active" if person.password_hash else "invited"
