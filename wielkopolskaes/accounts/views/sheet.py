"""The pages of accounts."""

from collections.abc import Mapping
from typing import Any

from pyramid.response import Response

from wielkopolskaes.site.desk import private_page
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:accounts/templates/"


def show(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Make a page of the account; no cache keeps it."""
    return private_page(request, f"{TEMPLATES}{template}.jinja2", values, status)
