"""The text of files that are text: TXT, CSV, and the captions of films."""

import re

from wielkopolskaes.filetext.reading.found import Found

_BETWEEN_CELLS = re.compile(r'[;,\t"\n]+')
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"<[^>]{0,200}>")


def read_text(data: bytes, found: Found) -> None:
    """Read all of it."""
    found.speaking = 1
    found.add(_decoded(data))


def read_table(data: bytes, found: Found) -> None:
    """Read the cells that hold words, each once: nobody looks for a number by its digits."""
    found.speaking = 1
    for cell in dict.fromkeys(_BETWEEN_CELLS.split(_decoded(data))):
        if _LETTER.search(cell):
            found.add(f"{cell}\n")


def read_captions(data: bytes, found: Found) -> None:
    """Read what is said, without its times."""
    found.speaking = 1
    for block in re.split(r"\n\s*\n", _decoded(data)):
        head, timed, spoken = block.partition("-->")
        if timed and not head.startswith(("NOTE", "STYLE")):
            found.add(_TAG.sub("", spoken.partition("\n")[2]) + "\n")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
