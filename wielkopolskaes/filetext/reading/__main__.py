"""One file in, one JSON object out; within bounds that the kernel keeps."""

import encodings
import json
import os
import pkgutil
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from wielkopolskaes.filetext.models import Outcome
from wielkopolskaes.filetext.reading.cleaning import clean
from wielkopolskaes.filetext.reading.found import MAX_TITLE, Damaged, Found, Full, Locked, TooMuch
from wielkopolskaes.media import kinds
from wielkopolskaes.search.analysis.lexicon import lexicon

MEMORY = 512 * kinds.MB
CPU_SECONDS = 30
WALL_SECONDS = 180
# After its time is over a file has this long to hand in what was found.
LAST_SECONDS = 5

Reader = Callable[[bytes, Found], None]
_HERE = "wielkopolskaes.filetext.reading"
READERS = {
    kinds.PDF.mime: "pdf:read_pdf",
    kinds.DOCX.mime: "office:read_docx",
    kinds.PPTX.mime: "office:read_pptx",
    kinds.XLSX.mime: "office:read_xlsx",
    kinds.ODT.mime: "office:read_opendocument",
    kinds.ODP.mime: "office:read_opendocument",
    kinds.ODS.mime: "office:read_opendocument",
    kinds.EPUB.mime: "epub:read_epub",
    kinds.CSV.mime: "plain:read_table",
    kinds.TXT.mime: "plain:read_text",
    kinds.VTT.mime: "plain:read_captions",
}


class TimeIsUp(BaseException):
    """No `except Exception` of a library may hold it up."""


def main(mime: str) -> None:
    """Read the input; whatever happens, say so in the same form."""
    reader = _prepared(mime)
    bound()
    json.dump(answer(reader, sys.stdin.buffer.read(kinds.MAX_DOCUMENT)), sys.stdout)


def answer(reader: Reader, data: bytes) -> dict[str, Any]:
    """Read a file; what was found before it came to a bad end is kept."""
    found = Found()
    outcome, detail = _read(reader, data, found)
    facts = found.facts() | {
        "title": clean(found.title).replace("\n", " ")[:MAX_TITLE],
        "lang": clean(found.lang)[:35],
    }
    return {"outcome": outcome, "detail": detail, "text": clean("".join(found.pieces)), **facts}


def _prepared(mime: str) -> Reader:
    """Import all that reading needs, while files can still be opened."""
    lexicon()
    _import_all(encodings)
    if mime == kinds.PDF.mime:
        _import_all(import_module("pypdf"))
    return reader_of(mime)


def reader_of(mime: str) -> Reader:
    """Return what reads files of this media type."""
    module, _, function = READERS[mime].partition(":")
    return getattr(import_module(f"{_HERE}.{module}"), function)


def _import_all(package: ModuleType) -> None:
    """Import the modules that a package imports when a file asks for them."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # Some are of another system, or for what is not installed.
        with suppress(ImportError):
            import_module(module.name)


def bound() -> None:
    """Give up what a reader of a file has no need of.

    Without a new descriptor there is no socket, no other file and no other program.
    """
    for limit, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + LAST_SECONDS),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    ):
        resource.setrlimit(limit, (soft, hard))
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, _stop)
    signal.alarm(WALL_SECONDS)
    # Readers of pages go first.
    os.nice(10)


def _stop(_number: int, _frame: Any) -> None:
    # Once: what follows is to hand in what was found.
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    raise TimeIsUp


def _read(reader: Reader, data: bytes, found: Found) -> tuple[Outcome, str]:
    try:
        reader(data, found)
    except Full:
        return Outcome.CUT, "as much as is kept"
    except (TimeIsUp, MemoryError, TooMuch) as error:
        return Outcome.CUT if found.length else Outcome.TOO_MUCH, type(error).__name__
    except Locked:
        return Outcome.LOCKED, ""
    except Damaged as error:
        return Outcome.DAMAGED, str(error)
    except Exception as error:  # what nobody has thought of is the file's doing, too
        return Outcome.DAMAGED, type(error).__name__
    return Outcome.READ, ""


if __name__ == "__main__":
    main(sys.argv[1])
