"""Reading XML as it comes: nothing is built in memory, and a document type is refused."""

from collections.abc import Callable, Mapping
from typing import IO, Any
from xml.parsers import expat

from wielkopolskaes.filetext.reading.found import Damaged

Start = Callable[[str, Mapping[str, str]], None]
DEEPEST = 500


class Handler:
    """What is told of a document; names of elements and attributes have no namespaces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""

    def end(self, name: str) -> None:
        """Note that an element ends."""

    def text(self, text: str) -> None:
        """Note characters between elements."""


def read_xml(stream: IO[bytes], handler: Handler) -> None:
    """Tell the handler of a document; raises Damaged, and whatever the handler raises.

    Entities are what a bomb of a few lines is made of. Office files have none, so whoever
    declares some, or anything else of a document type, is not read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Damaged("too deep")
        handler.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local(name))

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.ParseFile(stream)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Damaged(type(error).__name__) from error


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def _refuse(*_declaration: Any) -> None:
    raise Damaged("a document type")
