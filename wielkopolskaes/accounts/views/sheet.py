"""A short form: what was typed, what is wrong with it, and the page that shows both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyramid.i18n import TranslationString
from pyramid.response import Response

from wielkopolskaes.site.desk import private_page
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:accounts/templates/"
UNPROCESSABLE = 422


@dataclass
class Sheet:
    """`sheet` in the templates. Passwords and codes are never among the values."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, TranslationString] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return UNPROCESSABLE if self.errors else 200


def show(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Make a page of the account; no cache keeps it."""
    return private_page(request, f"{TEMPLATES}{template}.jinja2", values, status)
