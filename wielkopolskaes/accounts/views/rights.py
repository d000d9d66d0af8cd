"""Giving and taking roles, and what a person can see and do with them."""

from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from wielkopolskaes.accounts import logins, queries, roles, sessions
from wielkopolskaes.accounts.entry import with_login
from wielkopolskaes.accounts.errors import LastAdministrator, NotGrantable
from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.accounts.views.people import asked, chosen, crumbs
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.accounts.words import DEEDS, OFFICE, ROLES
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.security.access import items_allowed, may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import TWO_FACTORS, Permission, Role
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State
from wielkopolskaes.tree.words import STATES
from wielkopolskaes.types import Request


@view_config(route_name="desk.person_role", request_method="POST", permission=Permission.PEOPLE,
             confirmed=True)  # fmt: skip
def grant(request: Request) -> Response:
    """Give a role; the person's logins end, one's own goes on with a new token."""
    person = asked(request)
    role, node = chosen(request)
    try:
        if role is None:
            raise NotGrantable
        roles.grant(request.dbsession, person, role, node, request.now, keep=_kept(request, person))
    except NotGrantable:
        return HTTPSeeOther(f"/redakcja/osoby/{person.id}?odmowa=rola-nie")
    return _changed(request, person)


@view_config(route_name="desk.person_role_off", request_method="POST",
             permission=Permission.PEOPLE, confirmed=True)  # fmt: skip
def withdraw(request: Request) -> Response:
    """Take a role away; the person's logins end."""
    person = asked(request)
    found = request.dbsession.get(RoleGrant, number(posted(request, "grant")))
    if found is None or found.person_id != person.id:
        raise HTTPNotFound
    try:
        roles.withdraw(request.dbsession, found, keep=_kept(request, person))
    except LastAdministrator:
        return HTTPSeeOther(f"/redakcja/osoby/{person.id}?odmowa=administrator")
    return _changed(request, person)


def _kept(request: Request, person: Person) -> int | None:
    me = request.identity
    return me.login_id if me is not None and me.id == person.id else None


def _changed(request: Request, person: Person) -> Response:
    response = HTTPSeeOther(f"/redakcja/osoby/{person.id}?zrobiono=rola")
    login = sessions.find_login(request)
    if login is None or login.person_id != person.id:
        return response
    return with_login(request, response, logins.renew(request.dbsession, login))


class Place(NamedTuple):
    """Somewhere the person has roles: what they may do with an item in each state."""

    title: str
    roles: list[Any]
    rows: list[tuple[Any, list[bool]]]


class Supposed(NamedTuple):
    """An item that is not there, for asking what would be allowed."""

    path: str
    state: State
    owner_id: int | None = None

    def is_public(self, now: object) -> bool:
        """Tell nothing of readers: only roles count here."""
        return False

    def is_readable(self, now: object) -> bool:
        """Tell what the roles open once such an item is online."""
        return self.state is State.PUBLISHED


@view_config(route_name="desk.person_rights", request_method="GET", permission=Permission.PEOPLE)
def rights(request: Request) -> Response:
    """Answer "what can this person see and do?", here and at one address."""
    person, address = asked(request), request.GET.get("adres", "").strip()[:1000]
    identity = queries.identity_of(request.dbsession, person, request.now)
    values = {
        "page": desk_frame(request, _("What this person can see and do"), crumbs(request, person)),
        "person": person,
        "opens": bool(person.password_hash) and person.closed_at is None,
        "needs_code": not person.totp_enrolled_at
        and not identity.roles_anywhere.isdisjoint(TWO_FACTORS),
        "office": _office(request, identity),
        "deeds": list(DEEDS.values()),
        "places": _places(request, identity),
        "counts": _counts(request, identity),
        "address": address,
        "answer": _answer(request, identity, address) if address else None,
    }
    return show(request, "rights", values)


def _office(request: Request, identity: Identity) -> list[tuple[Any, bool]]:
    """Ask the policy itself, for somebody else than who asks."""
    from pyramid.authorization import ACLHelper

    from wielkopolskaes.security.access import principals

    office, helper = Office(request), ACLHelper()
    named = principals(identity, office)
    return [(words, bool(helper.permits(office, named, one))) for one, words in OFFICE.items()]


def _places(request: Request, identity: Identity) -> list[Place]:
    paths = sorted({grant.path for grant in identity.grants}, key=lambda path: path or "")
    places = []
    for path in paths:
        here = sorted(identity.roles_at(path))
        title = request.localizer.translate(_("Everywhere")) if path is None else path
        places.append(Place(title, [ROLES[r] for r in here], _rows(request, identity, path)))
        if Role.AUTHOR in here:
            title = f"{title} – {request.localizer.translate(_('items in their own care'))}"
            rows = _rows(request, identity, path, identity.id)
            places.append(Place(title, [ROLES[Role.OWNER]], rows))
    return places


def _rows(
    request: Request, identity: Identity, path: str | None, owner_id: int | None = None
) -> list[tuple[Any, list[bool]]]:
    # A place that no section can have: what holds there holds everywhere.
    where = "/\0" if path is None else path
    return [
        (
            STATES[state],
            [may(identity, deed, Supposed(where, state, owner_id), request.now) for deed in DEEDS],
        )
        for state in State
    ]


def _counts(request: Request, identity: Identity) -> list[tuple[Any, int]]:
    """Count with the condition that lists use."""
    found = []
    for deed in (Permission.VIEW, Permission.EDIT, Permission.PUBLISH):
        allowed = items_allowed(identity, deed, request.now)
        query = select(func.count()).select_from(Node).where(allowed)
        found.append((DEEDS[deed], request.dbsession.scalar(query) or 0))
    return found


def _answer(request: Request, identity: Identity, address: str) -> dict[str, Any]:
    path = address.removeprefix(request.portal.base_url).partition("?")[0].rstrip("/") or "/"
    item = request.dbsession.scalar(select(Node).where(Node.path == path))
    if item is None:
        return {"item": None}
    deeds = [(words, may(identity, deed, item, request.now)) for deed, words in DEEDS.items()]
    return {
        "item": item,
        "state": STATES[item.state],
        "public": item.is_public(request.now),
        "deeds": deeds,
    }
