"""Addresses: absolute ones from the settings, and the way back that a request may ask for."""

import re
from urllib.parse import quote

from wielkopolskaes.types import Request

# A path of this portal: one slash, then nothing that a browser reads as another host or drops.
_WAY_BACK = re.compile(r"/(?![/\\])[^\x00-\x20\x7f-\x9f\\\u2028\u2029]{0,2000}", re.ASCII)


def safe_next(wanted: str, default: str = "/") -> str:
    """Return the path to go back to, or the default when it might lead to another site."""
    if not _WAY_BACK.fullmatch(wanted):
        return default
    return quote(wanted, safe="/?#[]@!$&'()*+,;=:%-._~")


def absolute(request: Request, path: str) -> str:
    """Return the full address of a path: from the settings, never from the Host header."""
    return f"{request.portal.base_url}{path}"


def path_query(request: Request) -> str:
    """Return the address of the page itself, for the way back from the look switches."""
    query = request.environ.get("QUERY_STRING", "")
    path = quote(request.path_info, safe="/-._~@!$&'()*+,;=:")
    return f"{path}?{query}" if query else path
