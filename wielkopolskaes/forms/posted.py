"""What a short form has sent, as words: a file, or no file, in place of them is nothing."""

from wielkopolskaes.types import Request


def posted(request: Request, name: str) -> str:
    """Return a field's text."""
    value = request.POST.get(name)
    return value if isinstance(value, str) else ""


def all_posted(request: Request) -> dict[str, str]:
    """Return the texts of all fields, as a form shows them again."""
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
