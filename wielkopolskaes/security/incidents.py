"""What a reader gets when something broke here: a number to quote, and never a trace.

The page below needs no template, no catalogue and no database, so that it is there when any of
them is what broke.
"""

import errno
import secrets
import sqlite3
from datetime import UTC, datetime
from wsgiref.types import WSGIEnvironment

from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError  # noqa: A004

# Without the letters and digits that people mix up when they read a number out on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = "wielkopolskaes.incident"
# The database does not answer, or not in time: it will again, and the request may come again.
DATABASE_DOWN = (OperationalError, InterfaceError, TimeoutError)
RETRY_SECONDS = "10"
NO_ROOM = 507

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_POSTGRESQL_FULL = "53100"
_TEXTS = {
    NO_ROOM: (
        "Na serwerze zabrakło miejsca",
        "Tego, co do nas wysłano, nie zapisaliśmy; wszystko, co mamy, jest bezpieczne. "
        "Spróbuj ponownie później albo napisz do nas.",
        "There is no room left on the server. Nothing has been saved, and nothing is lost.",
    ),
    503: (
        "Chwilowo nie możemy odpowiedzieć",
        "Portal jest przeciążony albo trwają prace techniczne. Spróbuj ponownie za chwilę.",
        "The portal cannot answer right now. Please try again in a moment.",
    ),
    500: (
        "Coś się u nas zepsuło",
        "To nasz błąd, nie Twój. Spróbuj ponownie za chwilę; jeśli błąd wróci, napisz do nas.",
        "This is our fault, not yours. Please try again in a moment or write to us.",
    ),
    413: (
        "To za dużo",
        "To, co do nas wysłano, jest większe, niż możemy przyjąć; niczego nie zapisaliśmy. "
        "Wróć, wybierz mniejszy plik i wyślij formularz jeszcze raz.",
        "This is larger than we can take. Nothing has been saved; please choose a smaller file.",
    ),
    400: (
        "Nie możemy pokazać tej strony",
        "Wróć do strony głównej i spróbuj stamtąd.",
        "We cannot show this page. Please start from the home page.",
    ),
}

_PAGE = """<!DOCTYPE html>
<html lang="pl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – Wielkopolska Ekonomia Społeczna</title>
<link rel="stylesheet" href="/static/{release}/css/site.css">
</head>
<body>
<header class="site-header cloth">
<div class="masthead wrap"><a class="wordmark" href="/">
<span><span>Wielkopolska</span> Ekonomia Społeczna</span></a></div>
<div class="band"></div>
</header>
<main id="tresc">
<div class="wrap trouble">
<p class="code" aria-hidden="true">{code}</p>
<div class="page-head">
<h1>{title}</h1>
<p class="lead">{text}</p>
<p lang="en">{english}</p>
{number}<p class="actions"><a class="button" href="/">Strona główna</a></p>
</div>
</div>
</main>
</body>
</html>
"""
_NUMBER = '<p class="meta">Numer zdarzenia: {incident}</p>\n'


def code_of(error: BaseException) -> int:
    """Choose the status for what broke: 507 for a full disk, 503 for no database, else 500."""
    if _is_full(error):
        return NO_ROOM
    return 503 if isinstance(error, DATABASE_DOWN) else 500


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _DISK_FULL
    told = getattr(error, "orig", None)
    if isinstance(told, sqlite3.Error):
        return getattr(told, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(told, "sqlstate", None) == _POSTGRESQL_FULL


def open_incidents(environ: WSGIEnvironment) -> None:
    """Begin a request: layers that copy the environment still share the one number in it."""
    environ[KEY] = []


def incident_of(environ: WSGIEnvironment) -> str:
    """Return the number of what went wrong in this request; a request has at most one."""
    held: list[str] = environ.setdefault(KEY, [])
    if not held:
        held.append("-".join(_four() for _half in range(2)))
    return held[0]


def known_incident(environ: WSGIEnvironment) -> str:
    """Return the number if something went wrong, else nothing."""
    return "".join(environ.get(KEY, []))


def _four() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(4))


def plain_page(code: int, incident: str = "", release: str = "") -> bytes:
    """The page for ``code`` when the real one cannot be made.

    ``release`` is that of the static files; what stands in `static/errors` has one of its own.
    """
    title, text, english = _TEXTS.get(code) or _TEXTS[500 if code > 499 else 400]
    number = _NUMBER.format(incident=incident) if incident else ""
    # Style sheets are kept for a year under the address they came by: a new address each day.
    release = release or f"{datetime.now(UTC):%Y%m%d}"
    texts = {"title": title, "text": text, "english": english, "number": number}
    return _PAGE.format(code=code, release=release, **texts).encode()
