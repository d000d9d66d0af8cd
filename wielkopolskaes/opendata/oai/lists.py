"""Lists a portion at a time, and the tokens that lead from one to the next."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from wielkopolskaes.opendata.kinds import kinds_of
from wielkopolskaes.opendata.oai.harvest import Harvested, page, size
from wielkopolskaes.opendata.oai.protocol import (
    TOKEN,
    OaiError,
    check_prefix,
    check_set,
    span_of,
)
from wielkopolskaes.opendata.oai.tokens import VALID_FOR, Token, pack, unpack
from wielkopolskaes.types import Request

AT_ONCE = 100


class Portion(NamedTuple):
    """Items of a list; an empty token is that of the last portion."""

    items: list[Harvested]
    token: str
    begun_at: int
    size: int
    expires: datetime | None


def portion(request: Request, verb: str, arguments: Mapping[str, str]) -> Portion:
    """Return what a list begins with, or goes on with; raises OaiError."""
    kinds, secret, now = kinds_of(request.registry), request.portal.secret, request.now
    earlier = None
    if TOKEN in arguments:
        earlier = unpack(secret, arguments[TOKEN], verb, now)
        asked = earlier.set, earlier.since, earlier.until
    else:
        check_prefix(arguments["metadataPrefix"])
        asked = arguments.get("set"), arguments.get("from"), arguments.get("until")
    wanted, since, until = asked
    span = span_of(since, until)
    check_set(wanted, kinds)
    within = {wanted: kinds[wanted]} if wanted else kinds
    after = (datetime.fromisoformat(earlier.stamp), earlier.last) if earlier else None
    found = page(request.dbsession, within, now, span, AT_ONCE + 1, after)
    if not found:
        # Of a list that has begun the rest may have changed since, and moved behind its end.
        raise OaiError("noRecordsMatch", "Nothing matches.")
    shown, told = found[:AT_ONCE], earlier.told if earlier else 0
    more = len(found) > AT_ONCE
    whole = earlier.size if earlier else 0
    if more and earlier is None:
        whole = size(request.dbsession, within, now, span)
    if not more:
        return Portion(shown, "", told, max(whole, told + len(shown)), None)
    last, expires = shown[-1], now + VALID_FOR
    token = Token(verb, wanted, since, until, last.stamp.isoformat(), last.id, told + AT_ONCE,
                  whole, expires.isoformat())  # fmt: skip
    return Portion(shown, pack(secret, token), told, whole, expires)
