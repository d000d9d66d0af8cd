"""The text of a PDF, page by page, and what it says of itself."""

import logging
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError

from wielkopolskaes.filetext.reading.cleaning import clean, joined
from wielkopolskaes.filetext.reading.found import MAX_PAGES, Damaged, Found, Full, Locked, TooMuch

# A page of this few letters and a picture is a scan with a stamp on it.
STAMP = 40
# Nothing is drawn by so few bytes of instructions.
BLANK = 64

logging.getLogger("pypdf").disabled = True


def read_pdf(data: bytes, found: Found) -> None:
    """Read all pages; one that cannot be read does not hold up the others."""
    reader = _opened(data)
    found.tagged = bool(_fact(lambda: _is_tagged(reader)))
    found.lang = str(_fact(lambda: reader.root_object.get("/Lang")) or "")
    found.title = str(_fact(lambda: reader.metadata and reader.metadata.title) or "")
    found.pages = len(reader.pages)
    for number in range(min(found.pages, MAX_PAGES)):
        _read_page(reader, number, found)
    if found.unread and not (found.speaking or found.mute):
        raise Damaged("no page can be read")
    if found.pages > MAX_PAGES:
        raise Full


def _opened(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
        # Without a password means: everybody may read, and only some may print or change.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        assert reader.root_object is not None
        len(reader.pages)
    except FileNotDecryptedError as error:
        raise Locked from error
    except (Locked, MemoryError):
        raise
    except LimitReachedError as error:
        raise TooMuch from error
    except Exception as error:  # whatever hostile bytes lead to
        raise Damaged(type(error).__name__) from error
    return reader


def _is_tagged(reader: PdfReader) -> bool:
    root = reader.root_object
    marks = root.get("/MarkInfo")
    return "/StructTreeRoot" in root and bool(marks and marks.get_object().get("/Marked"))


def _fact(ask: Callable[[], Any]) -> Any:
    """Ask for something that the file may say wrongly without being wrong itself."""
    try:
        return ask()
    except MemoryError:
        raise
    except Exception:
        return None


def _read_page(reader: PdfReader, number: int, found: Found) -> None:
    try:
        page = reader.pages[number]
        text = joined(clean(page.extract_text()))
        letters = sum(map(str.isalnum, text))
        if letters and not (letters < STAMP and _has_pictures(page)):
            found.speaking += 1
        elif letters or _draws(page):
            found.mute += 1
    except MemoryError:
        raise
    except LimitReachedError as error:
        raise TooMuch from error
    except Exception:
        found.unread += 1
        return
    found.add(f"{text}\n")


def _has_pictures(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return bool(resources and resources.get_object().get("/XObject"))


def _draws(page: PageObject) -> bool:
    if _has_pictures(page):
        return True
    content = page.get_contents()
    return content is not None and len(content.get_data()) > BLANK
