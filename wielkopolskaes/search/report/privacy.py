"""Which queries are counted, and which of them only as a number.

A reader may type anything, their own name and number included. What looks like personal data is
counted among the rest and its words are thrown away at once. Of anything else the words are kept
that stand on public pages anyway; others wait until the query was asked on several days
(`flushing.established`).
"""

import re

from wielkopolskaes.search.readers import person_of
from wielkopolskaes.types import Request

# Six digits in a row are no year and no postcode: a PESEL, a passport, an account, a case.
_LONG_NUMBER = re.compile(r"\d{6}")
# Nine digits, however they are grouped, are a telephone or a NIP; two years are not.
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_GROUPED = re.compile(r"\d(?:[\s().,/+-]{0,3}\d){8}")
_MAIL = re.compile(r"\S\s?@|\(at\)|\[at\]", re.IGNORECASE)
# Addresses of pages carry tokens and names.
_WEB = re.compile(r"://|\bwww\.\S+[/?]", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:ul|al|os|pl)\.?\s+[^\W\d_].*?\d|\b(?:ulica|aleja|osiedle)\s.*?\d", re.IGNORECASE
)
_PERSONAL = (_LONG_NUMBER, _MAIL, _WEB, _HOME)

_ROBOT = re.compile(
    r"(?<!cu)bot\b|(?<!cu)bot_|crawl|spider|slurp|archiv|monitor|preview|scan|headless|lighthouse|fetch"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|httpclient|axios|node|ruby|perl|php|facebookex|whatsapp/",
    re.IGNORECASE,
)


def looks_personal(text: str) -> bool:
    """Tell whether a query may be somebody's e-mail, telephone, number, address or link."""
    if any(pattern.search(text) for pattern in _PERSONAL):
        return True
    return bool(_GROUPED.search(_YEARS.sub(" x ", text)))


def is_counted(request: Request) -> bool:
    """Tell whether this is a page shown to a reader who does not mind being counted."""
    is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return is_page and is_reader(request)


def is_reader(request: Request) -> bool:
    """Tell whether a person asks who does not mind being counted, and is not of the office.

    The office's own people find what readers do not, and would drown them: they are left out.
    """
    asked = request.headers
    if "1" in (asked.get("DNT"), asked.get("Sec-GPC")):
        return False
    purposes = f"{asked.get('Sec-Purpose', '')} {asked.get('Purpose', '')} {asked.get('X-Moz', '')}"
    if "prefetch" in purposes.lower() or "preview" in purposes.lower():
        return False
    agent = asked.get("User-Agent", "")
    return bool(agent) and not _ROBOT.search(agent) and person_of(request) is None
