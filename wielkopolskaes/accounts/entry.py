"""What every form that logs somebody in does alike: limits, words, cookies.

There are two of them: the page of the login, and the one that keeps a form whose login has ended
(`newsroom.editing.resuming`).
"""

from pyramid.i18n import TranslationString
from pyramid.response import Response

from wielkopolskaes.accounts import logins, secondfactor, sessions
from wielkopolskaes.accounts.devices import device_of
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.services import record
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.security import csrf, limits
from wielkopolskaes.site.desk import private
from wielkopolskaes.types import Request

WRONG = _("The e-mail address or the password is wrong. Check both and try again.")
WRONG_CODE = _("The code is wrong or has been used. Wait for the next one and type that.")
TOO_MANY = 429


def check_password(request: Request) -> Person | None:
    """Return whose address and password were typed; raises Refused after too many tries."""
    session, secret, email = request.dbsession, request.portal.secret, posted(request, "email")
    counted = [
        limits.count(secret, limits.LOGIN_PERSON, logins.normal_email(email)),
        limits.count(secret, limits.LOGIN_NETWORK, limits.address_key(request.remote_addr)),
        limits.count(secret, limits.LOGIN_ALL),
    ]
    tries = limits.attempt(session, counted, request.now)
    person = logins.check_password(
        session, request.registry.passwords, email, posted(request, "password"), device_of(request)
    )
    if person is not None:
        limits.give_back(session, tries)
    return person


def check_code(request: Request, person: Person) -> None:
    """Take the code that was typed; raises WrongCode, and Refused after too many.

    A wrong one is noted: whoever types it knows the password already.
    """
    session, now, secret = request.dbsession, request.now, request.portal.secret
    tries = limits.attempt(session, [limits.count(secret, limits.FACTOR, person.id)], now)
    recovery = posted(request, "recovery_code")
    try:
        if recovery:
            secondfactor.use_recovery_code(session, person, recovery, now)
        else:
            secondfactor.check(session, person, posted(request, "code"), secret, now)
    except WrongCode:
        record(session, "second_factor.failed", person)
        raise
    limits.give_back(session, tries)


def with_login(request: Request, response: Response, token: str) -> Response:
    """Let the browser keep the login; the stranger's cookie goes."""
    sessions.remember(request, response, token)
    csrf.forget(request, response)
    return private(response)


def too_many(refusal: limits.Refused) -> TranslationString:
    """Say for how long somebody has to wait; it is the same for everybody."""
    minutes = -(-refusal.seconds // 60)
    return _(
        "There have been too many tries. Try again in ${minutes} min; nothing has been locked.",
        mapping={"minutes": str(minutes)},
    )


def refuse(response: Response, refusal: limits.Refused) -> Response:
    """Turn the page of a form into the answer to too many tries."""
    response.status_int = TOO_MANY
    response.headers["Retry-After"] = str(refusal.seconds)
    return response
