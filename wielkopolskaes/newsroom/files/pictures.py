"""What the editor shows of the items that a text refers to by number."""

from typing import Any

from wielkopolskaes.content import richtext
from wielkopolskaes.forms.queries import chosen
from wielkopolskaes.types import Request


def for_editing(html: str, request: Request) -> dict[str, dict[str, Any]]:
    """Name the items of a stored text that the person may view: title, address, picture."""
    numbers = {str(id_) for id_ in (*richtext.link_ids(html), *richtext.image_ids(html))}
    return nodes_for_editing(numbers, request)


def nodes_for_editing(numbers: set[str], request: Request) -> dict[str, dict[str, Any]]:
    """Say the same of items by their numbers."""
    found = chosen(request.dbsession, numbers, request.identity, request.now)
    return {
        number: {"title": choice.title, "path": choice.path, "picture": choice.picture}
        for number, choice in found.items()
        if number in numbers
    }
