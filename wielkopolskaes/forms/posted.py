"""What a short form or an address has sent: words, numbers; a file in their place is nothing."""

import re

from wielkopolskaes.types import Request

# No item, person or version of ours has more digits.
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def posted(request: Request, name: str) -> str:
    """Return a field's text."""
    value = request.POST.get(name)
    return value if isinstance(value, str) else ""


def all_posted(request: Request) -> dict[str, str]:
    """Return the texts of all fields, as a form shows them again."""
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def number(text: str) -> int:
    """Read a number that our own page wrote into an address or a form; 0 for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else 0
