"""What happens to files, for whoever listens."""

from dataclasses import dataclass

from wielkopolskaes.types import Request


@dataclass(frozen=True)
class DocumentTaken:
    """A reader gets a public document, from its beginning on, or has it and asks once more."""

    request: Request
    sha256: str
