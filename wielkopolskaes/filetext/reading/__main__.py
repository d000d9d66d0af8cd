"""One file in, one JSON object out; within bounds that the kernel keeps."""

import encodings
import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from wielkopolskaes.filetext.models import Outcome
from wielkopolskaes.filetext.reading.bounds import TimeIsUp, bound, import_all
from wielkopolskaes.filetext.reading.cleaning import clean
from wielkopolskaes.filetext.reading.found import MAX_TITLE, Damaged, Found, Full, Locked, TooMuch
from wielkopolskaes.media import kinds
from wielkopolskaes.search.analysis.lexicon import lexicon

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
    import_all(encodings)
    if mime == kinds.PDF.mime:
        import_all(import_module("pypdf"))
    return reader_of(mime)


def reader_of(mime: str) -> Reader:
    """Return what reads files of this media type."""
    module, _, function = READERS[mime].partition(":")
    return getattr(import_module(f"{_HERE}.{module}"), function)


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
