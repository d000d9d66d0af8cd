"""Random tokens: the browser or the letter holds one, the database its digest."""

import secrets
from datetime import timedelta
from hashlib import sha256

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
# How long somebody may take for the second factor, or for setting it up.
UNFINISHED = timedelta(minutes=30)
# How long a proof of who somebody is holds for what asks for it anew.
CONFIRMED = timedelta(minutes=10)


def new_token() -> str:
    """Make a token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what the database keeps of a token: nobody who reads it can use it."""
    return sha256(token.encode()).hexdigest()
