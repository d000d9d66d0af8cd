"""The page that asks people to prove anew who they are."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.accounts import logins, sessions
from wielkopolskaes.accounts.entry import WRONG_CODE, check_code, refuse, too_many
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.audit.services import record
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.security import limits
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.addresses import safe_next
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request

WRONG_PASSWORD = _("This is not your password.")


@view_config(route_name="account.confirm", request_method="GET", permission=Permission.ACCOUNT)
def ask(request: Request) -> Response:
    """Ask for the password, and for a code of those who have a second factor."""
    return _form(request, Sheet({"powrot": safe_next(request.GET.get("powrot", ""), "/konto")}))


@view_config(route_name="account.confirm", request_method="POST", permission=Permission.ACCOUNT)
def confirm(request: Request) -> Response:
    """Note the proof and go back to what asked for it."""
    sheet = Sheet({"powrot": safe_next(posted(request, "powrot"), "/konto")})
    login = sessions.own_login(request)
    try:
        is_right = check_own_password(request, login, sheet, "password")
        if is_right and login.person.totp_enrolled_at:
            check_code(request, login.person)
    except limits.Refused as refusal:
        sheet.errors["password"] = too_many(refusal)
        return refuse(_form(request, sheet), refusal)
    except WrongCode:
        sheet.errors["code"] = WRONG_CODE
    if sheet.errors:
        return _form(request, sheet)
    logins.confirm(request.dbsession, login, request.now)
    return HTTPSeeOther(sheet.values["powrot"])


def check_own_password(request: Request, login: Login, sheet: Sheet, field: str) -> bool:
    """Tell whether the person typed their own password; raises Refused after too many tries."""
    session, person = request.dbsession, login.person
    counted = [limits.count(request.portal.secret, limits.CONFIRMATION, person.id)]
    tries = limits.attempt(session, counted, request.now)
    if request.registry.passwords.verify(person.password_hash, posted(request, field)):
        limits.give_back(session, tries)
        return True
    record(session, "confirmation.failed", person)
    sheet.errors[field] = WRONG_PASSWORD
    return False


def _form(request: Request, sheet: Sheet) -> Response:
    person = sessions.own_login(request).person
    values = {
        "page": desk_frame(request, _("Confirm that it is you")),
        "sheet": sheet,
        "with_code": bool(person.totp_enrolled_at),
    }
    return show(request, "confirm", values, sheet.status)
