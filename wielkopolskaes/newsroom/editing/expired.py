"""A form of ours that comes back after its login has ended: nothing of it may be lost.

The route's factory tells such a form from all others before any item is looked up. It is
answered by a page of its own (`resuming`), which changes nothing and so needs no token.
"""

import json
from typing import NamedTuple

from pyramid.authorization import DENY_ALL
from pyramid.csrf import check_csrf_token
from sqlalchemy import select

from wielkopolskaes.accounts.models import Login
from wielkopolskaes.accounts.sessions import ticket_of
from wielkopolskaes.accounts.tokens import digest_of
from wielkopolskaes.newsroom.resources import item_of
from wielkopolskaes.security.csrf import FIELD, was_ours
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

# Fields of the form that no person has typed.
TECHNICAL = frozenset({FIELD, "version", "base", "compared", "key", "take",
                       "__start__", "__end__", "__arrange__"})  # fmt: skip


class Kept(NamedTuple):
    """What was typed, in its order, and the names of files that a page cannot give back."""

    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """The fields with something in them that a person has typed."""
        return [(name, text) for name, text in self.fields
                if text.strip() and name not in TECHNICAL]  # fmt: skip

    def pack(self) -> str:
        """Write the fields into one."""
        return json.dumps(self.fields, ensure_ascii=False)


class Expired:
    """The context of such a form."""

    __name__ = ""
    __parent__ = None

    def __init__(self, request: Request) -> None:
        self.request = request

    def __acl__(self) -> list[tuple[str, str, object]]:
        return [DENY_ALL]


def item_or_expired(request: Request) -> Node | Expired:
    """Find the item, unless the form's login has ended: the factory of the editing routes."""
    ours = request.method == "POST" and was_ours(request)
    if ours and (request.identity is None or not check_csrf_token(request, raises=False)):
        return Expired(request)
    return item_of(request)


def kept_of(request: Request) -> Kept:
    """Collect what was typed from the form itself."""
    fields, files = [], []
    for name, value in request.POST.items():
        if isinstance(value, str):
            fields.append((name, value))
        elif filename := getattr(value, "filename", ""):
            files.append(str(filename))
    return Kept([pair for pair in fields if pair[0] != FIELD], files)


def unpack(packed: str) -> Kept:
    """Collect it from a page that has kept it; what we cannot have written is nothing."""
    try:
        fields = [(name, text) for name, text in json.loads(packed)
                  if isinstance(name, str) and isinstance(text, str)]  # fmt: skip
    except (ValueError, TypeError, RecursionError):
        return Kept([], [])
    return Kept([pair for pair in fields if pair[0] != FIELD], [])


def whose(request: Request) -> int | None:
    """Return the number of the person whose login has ended, as long as it is known."""
    ticket = ticket_of(request)
    if ticket is None:
        return None
    login = select(Login.person_id).where(Login.digest == digest_of(ticket.token))
    return request.dbsession.scalar(login)
