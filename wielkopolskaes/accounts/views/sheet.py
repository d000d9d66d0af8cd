"""A short form: what was typed, what is wrong with it, and the page that shows both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyramid.i18n import TranslationString
from pyramid.renderers import render_to_response
from pyramid.response import Response

from wielkopolskaes.i18n import _
from wielkopolskaes.security.limits import Refused
from wielkopolskaes.site.frame import Frame, plain_frame
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:accounts/templates/"
UNPROCESSABLE, TOO_MANY = 422, 429

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass
class Sheet:
    """`sheet` in the templates. Passwords and codes are never among the values."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, TranslationString] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return UNPROCESSABLE if self.errors else 200


def typed(request: Request, name: str) -> str:
    """Return a field's text; nothing when it was not sent, or is a file."""
    value = request.POST.get(name)
    return value if isinstance(value, str) else ""


def number(text: str) -> int:
    """Read a number that our own page wrote into an address or a form; 0 for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else 0


def door_frame(request: Request, title: TranslationString) -> Frame:
    """Build the frame of a page for somebody who is not logged in yet."""
    frame = plain_frame(request, title)
    frame.robots = "noindex"
    return frame


def show(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Make a page of the account; no cache keeps it."""
    response = render_to_response(f"{TEMPLATES}{template}.jinja2", dict(values), request)
    response.status_int = status
    response.cache_control = "no-store"
    return response


def refuse(response: Response, refusal: Refused) -> Response:
    """Turn the page of a form into the answer to too many tries."""
    response.status_int = TOO_MANY
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def too_many(refusal: Refused) -> TranslationString:
    """Say for how long somebody has to wait; it is the same for everybody."""
    minutes = -(-refusal.seconds // 60)
    return _(
        "There have been too many tries. Try again in ${minutes} min; nothing has been locked.",
        mapping={"minutes": str(minutes)},
    )
