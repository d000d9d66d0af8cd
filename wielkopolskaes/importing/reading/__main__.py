"""One file in, one JSON object out; within bounds that the kernel keeps."""

import encodings
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

from wielkopolskaes.filetext.reading.bounds import TimeIsUp, bound, import_all
from wielkopolskaes.importing.reading.found import Refused, Rows
from wielkopolskaes.media.kinds import MAX_DOCUMENT

READERS = {"csv": "tables:read_csv", "json": "objects:read_json", "xlsx": "books:read_xlsx"}


def main(suffix: str) -> None:
    """Read the input; whatever happens, say so in the same form."""
    reader = _prepared(suffix)
    bound()
    json.dump(answer(reader, sys.stdin.buffer.read(MAX_DOCUMENT + 1)), sys.stdout)


def answer(reader: Callable[[bytes], Rows], data: bytes) -> dict[str, Any]:
    """Read a file, or say why not."""
    try:
        return asdict(reader(data))
    except Refused as refusal:
        return {"refused": refusal.why, "about": refusal.about}
    except (TimeIsUp, MemoryError, RecursionError):
        return {"refused": "too much", "about": ""}


def _prepared(suffix: str) -> Callable[[bytes], Rows]:
    """Import all that reading needs, while files can still be opened."""
    import_all(encodings)
    if suffix == "xlsx":
        import_all(import_module("openpyxl"))
    return reader_of(suffix)


def reader_of(suffix: str) -> Callable[[bytes], Rows]:
    """Return what reads files with this ending."""
    module, _, function = READERS[suffix].partition(":")
    return getattr(import_module(f"wielkopolskaes.importing.reading.{module}"), function)


if __name__ == "__main__":
    main(sys.argv[1])
