"""The links in letters: who has one may change what it names, so only its reader may see it.

A wish is confirmed by a random token whose digest the database holds, once. The links of an alert
work as long as there is the alert: a key that the database holds, signed by the portal. Neither a
copy of the database nor the key alone opens anything.
"""

import secrets

from wielkopolskaes.alerts.models import KEY
from wielkopolskaes.security.keys import is_signed, sign

OWN, END = "alert own", "alert end"
_MARK = 64


class LinkDead(Exception):
    """The link has been used, has run out, or is none of ours."""


def new_key() -> str:
    """Make the key of a reader or an alert: 128 bits."""
    return secrets.token_hex(KEY // 2)


def token_of(secret: str, purpose: str, key: str) -> str:
    """Write what stands in the link."""
    return key + sign(secret, purpose, key)


def key_in(secret: str, purpose: str, token: str) -> str:
    """Read the key from a link; raises LinkDead when we have not signed it."""
    key, mark = token[:KEY], token[KEY:]
    if len(mark) != _MARK or not token.isascii() or not is_signed(secret, purpose, key, mark):
        raise LinkDead
    return key
