"""Single fields of forms and addresses that no schema reads: text, and numbers that we wrote."""

import re

from wielkopolskaes.types import Request

# More digits than any item, person or version of ours has would not fit their columns.
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def typed(request: Request, name: str) -> str:
    """Return the text of a form's field; nothing when it was not sent, or is a file."""
    value = request.POST.get(name)
    return value if isinstance(value, str) else ""


def number(text: str) -> int:
    """Read a number that our own page wrote into an address or a form; 0 for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else 0
