"""What is found in a file, as far as the bounds allow."""

from dataclasses import asdict, dataclass, field
from typing import Any

MAX_TEXT = 500_000
MAX_PAGES = 2_000
MAX_TITLE = 300


class Full(Exception):
    """There is as much as is kept of any file; what was found so far is good."""


class Locked(Exception):
    """The file is closed with a password."""


class Damaged(Exception):
    """The file is not what it says it is."""


class TooMuch(Exception):
    """The file asks for more than any honest one."""


@dataclass
class Found:
    """The text in pieces, and facts about the file.

    Of PDFs `speaking` pages hold letters and `mute` ones only pictures or drawings; of other
    documents the whole counts as one page. `unread` pages are those that could not be read.
    """

    pieces: list[str] = field(default_factory=list)
    pages: int | None = None
    speaking: int = 0
    mute: int = 0
    unread: int = 0
    tagged: bool | None = None
    title: str = ""
    lang: str = ""
    length: int = 0

    def add(self, text: str) -> None:
        """Keep a piece; raises Full with the last that has room."""
        self.pieces.append(text[: MAX_TEXT - self.length])
        self.length += len(text)
        if self.length >= MAX_TEXT:
            raise Full

    def facts(self) -> dict[str, Any]:
        """Return all but the pieces."""
        facts = asdict(self)
        del facts["pieces"], facts["length"]
        return facts
