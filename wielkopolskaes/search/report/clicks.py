"""The ticket of a page of results: what a click on it may add to, and nothing else.

It names the day, the language and the digest of the query, signed; it is the same for everybody
who asks for the same on the same day. Nobody can make one for what was not asked.
"""

import re
from datetime import date, datetime, timedelta

from wielkopolskaes.clock import day_of
from wielkopolskaes.search.report.tally import Key
from wielkopolskaes.security.keys import is_signed, sign

PURPOSE = "search click"
_TICKET = re.compile(r"(\d{4}-\d\d-\d\d)\.([a-z]{2})\.([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)
_RANK = re.compile(r"[1-9]\d{0,3}", re.ASCII)
# A page that is opened before midnight is read after it.
VALID_FOR = timedelta(days=1)


class Malformed(ValueError):
    """What no page of ours sends."""


def ticket_for(secret: str, key: Key) -> str:
    """Make the ticket of a page."""
    named = f"{key.day.isoformat()}.{key.lang}.{key.digest}"
    return f"{named}.{sign(secret, PURPOSE, named)}"


def key_of(secret: str, ticket: str, now: datetime) -> Key | None:
    """Read a ticket; None when it is forged or old. Raises Malformed."""
    match = _TICKET.fullmatch(ticket)
    if match is None:
        raise Malformed
    named, _dot, signature = ticket.rpartition(".")
    if not is_signed(secret, PURPOSE, named, signature):
        return None
    day, today = date.fromisoformat(match[1]), day_of(now)
    return Key(day, match[2], match[3]) if today - VALID_FOR <= day <= today else None


def rank_of(typed: str) -> int:
    """Read the place of a result in the list, from one. Raises Malformed."""
    if not _RANK.fullmatch(typed):
        raise Malformed
    return int(typed)
