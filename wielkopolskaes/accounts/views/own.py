"""One's own account: name, language, password, second factor, logins."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.accounts import logins, queries, secondfactor, services, sessions
from wielkopolskaes.accounts.entry import refuse, too_many, with_login
from wielkopolskaes.accounts.errors import WeakPassword
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.accounts.views.arriving import NO_NAME, reason
from wielkopolskaes.accounts.views.confirming import check_own_password
from wielkopolskaes.accounts.views.notices import notices
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.security import limits
from wielkopolskaes.security.permissions import TWO_FACTORS, Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request


@view_config(route_name="account.own", request_method="GET", permission=Permission.ACCOUNT)
def account(request: Request) -> Response:
    """Show all that there is to one's account."""
    person = sessions.own_login(request).person
    return _page(request, Sheet({"name": person.name, "lang": person.lang}))


@view_config(route_name="account.own", request_method="POST", permission=Permission.ACCOUNT)
def change(request: Request) -> Response:
    """Change one's name and language."""
    name, lang = " ".join(posted(request, "name").split()), posted(request, "lang")
    sheet = Sheet({"name": name, "lang": lang})
    if not 0 < len(name) <= services.LONGEST_NAME:
        sheet.errors["name"] = NO_NAME
    if lang not in LANGUAGE_NAMES:
        sheet.errors["lang"] = _("Choose one of the languages.")
    if sheet.errors:
        return _page(request, sheet)
    services.rename(request.dbsession, sessions.own_login(request).person, name=name, lang=lang)
    return HTTPSeeOther("/konto?zrobiono=dane")


@view_config(route_name="account.password", request_method="GET", permission=Permission.ACCOUNT)
def ask_password(request: Request) -> Response:
    """Ask for the old and the new password."""
    return _password_page(request, Sheet())


@view_config(route_name="account.password", request_method="POST", permission=Permission.ACCOUNT)
def change_password(request: Request) -> Response:
    """Change the password; the other logins end, this one goes on with a new token."""
    login, sheet = sessions.own_login(request), Sheet()
    try:
        if check_own_password(request, login, sheet, "old_password"):
            services.change_password(
                request.dbsession, login.person, password=posted(request, "password"),
                hasher=request.registry.passwords, now=request.now, keep=login.id,
            )  # fmt: skip
    except limits.Refused as refusal:
        sheet.errors["old_password"] = too_many(refusal)
        return refuse(_password_page(request, sheet), refusal)
    except WeakPassword as error:
        sheet.errors["password"] = reason(error)
    if sheet.errors:
        return _password_page(request, sheet)
    token = logins.renew(request.dbsession, login)
    return with_login(request, HTTPSeeOther("/konto?zrobiono=haslo"), token)


@view_config(route_name="account.logins", request_method="POST", permission=Permission.ACCOUNT)
def end_logins(request: Request) -> Response:
    """End one of one's own logins, or all but this one."""
    own, asked = sessions.own_login(request), posted(request, "login")
    if asked == "inne":
        logins.end_all(request.dbsession, own.person, but=own.id)
        return HTTPSeeOther("/konto?zrobiono=logowania")
    found = request.dbsession.get(Login, number(asked))
    if found is not None and found.person_id == own.person_id:
        logins.end(request.dbsession, found)
    return HTTPSeeOther("/konto?zrobiono=logowania")


def _page(request: Request, sheet: Sheet) -> Response:
    login = sessions.own_login(request)
    person, session = login.person, request.dbsession
    values = {
        "page": desk_frame(request, _("My account")),
        "sheet": sheet,
        "notices": notices(request),
        "person": person,
        "languages": list(LANGUAGE_NAMES.items()),
        "logins": queries.living_logins(session, person.id, request.now),
        "this": login.id,
        "codes_left": secondfactor.recovery_codes_left(session, person),
        "must_have": any(grant.role in TWO_FACTORS for grant in person.grants),
    }
    return show(request, "account", values, sheet.status)


def _password_page(request: Request, sheet: Sheet) -> Response:
    page = desk_frame(request, _("Change your password"), _crumbs(request))
    values = {"page": page, "sheet": sheet, "person": sessions.own_login(request).person}
    return show(request, "change_password", values, sheet.status)


def _crumbs(request: Request) -> list[tuple[str, str]]:
    return [(request.localizer.translate(_("My account")), "/konto")]
