"""Who may get a page from the cache, and which page it is that they ask for."""

import re
from wsgiref.types import WSGIEnvironment

from wielkopolskaes.cache.store import Key

_LOOK = re.compile(r"wyglad=(c[01]t[012])")
# A request with one of these asks for something that the address alone does not tell.
_PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_HX_REQUEST")
# Parameters that other people's sites put on links to ours; no view reads them.
_TRACKER = re.compile(r"(utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid)=.*")
_LONGEST_QUERY = 300


def is_anonymous_read(environ: WSGIEnvironment) -> bool:
    """Tell whether the answer may be one that is made for everybody.

    The cookie of the look is not a person; any other one may be, even one that is not ours.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    cookie = environ.get("HTTP_COOKIE")
    if cookie and not _LOOK.fullmatch(cookie):
        return False
    return not any(map(environ.__contains__, _PERSONAL))


def key_of(environ: WSGIEnvironment) -> Key:
    """Name the page. Parameters keep their bytes: `strona=2` and `strona=%32` are two pages.

    A tracker leads to the page without it.
    """
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    query, cookie = environ.get("QUERY_STRING"), environ.get("HTTP_COOKIE")
    return Key(
        environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
        f"{environ['wsgi.url_scheme']}://{host.lower()}",
        tuple(p for p in query.split("&") if not _TRACKER.fullmatch(p)) if query else (),
        cookie.removeprefix("wyglad=") if cookie else "",
    )


def is_plain(environ: WSGIEnvironment, parameters: tuple[str, ...]) -> bool:
    """Tell whether the query holds these parameters only, each at most once.

    The page of an address with a tracker is not kept, although it is the same: something
    on it may repeat the address it was asked for under.
    """
    query = environ.get("QUERY_STRING")
    if not query:
        return True
    names = [part.partition("=")[0] for part in query.split("&")]
    return (
        len(query) <= _LONGEST_QUERY
        and len(names) == len(set(names))
        and all(name in parameters for name in names)
    )
