"""Resumption tokens: all of what a list was asked for, and how far it has come, signed.

Nothing is kept on the server. A token holds for a day; it can be used again within that.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from wielkopolskaes.opendata.oai.protocol import OaiError
from wielkopolskaes.security.keys import is_signed, sign

PURPOSE = "oai resumption"
VALID_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Token:
    """`stamp` and `last` name the last record that was told, `told` counts them."""

    verb: str
    set: str | None
    since: str | None
    until: str | None
    stamp: str
    last: int
    told: int
    size: int
    expires: str


def pack(secret: str, token: Token) -> str:
    """Write a token."""
    text = urlsafe_b64encode(json.dumps(list(asdict(token).values())).encode()).decode()
    return f"{text}.{sign(secret, PURPOSE, text)}"


def unpack(secret: str, written: str, verb: str, now: datetime) -> Token:
    """Read a token; raises OaiError for one that is not ours, of another verb, or old."""
    text, _dot, signature = written.rpartition(".")
    if not written.isascii() or not is_signed(secret, PURPOSE, text, signature):
        raise OaiError("badResumptionToken", "This token is not ours.")
    token = Token(*json.loads(urlsafe_b64decode(text)))
    if token.verb != verb:
        raise OaiError("badResumptionToken", "This token is of another verb.")
    if datetime.fromisoformat(token.expires) < now:
        raise OaiError("badResumptionToken", "This token holds no more. Begin anew.")
    return token
