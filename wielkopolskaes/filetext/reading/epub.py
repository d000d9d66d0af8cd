"""The text of an EPUB: its chapters, in the order in which they are read."""

import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from zipfile import ZipFile

from wielkopolskaes.filetext.reading.archive import opened, read_member
from wielkopolskaes.filetext.reading.found import Damaged, Found
from wielkopolskaes.filetext.reading.markup import Handler
from wielkopolskaes.filetext.reading.office import About

_BLOCKS = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "section", "blockquote"}
)
_SILENT = frozenset({"head", "script", "style"})


class _Package(About):
    """Also notes the chapters."""

    def __init__(self, found: Found) -> None:
        super().__init__(found)
        self._items: dict[str, str] = {}
        self._order: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        super().start(name, attributes)
        if name == "item":
            self._items[attributes.get("id", "")] = attributes.get("href", "")
        elif name == "itemref":
            self._order.append(attributes.get("idref", ""))

    def chapters(self) -> list[str]:
        return [self._items[each] for each in self._order if each in self._items]


class _Root(Handler):
    path = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rootfile":
            self.path = self.path or attributes.get("full-path", "")


class _Chapter(HTMLParser):
    """Pages of books have a document type and entities: they are read as browsers do."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._found.add("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._found.add(data)


def read_epub(data: bytes, found: Found) -> None:
    """Read the chapters that the book names."""
    with opened(data) as archive:
        for name in _chapters(archive, found):
            parser = _Chapter(found)
            parser.feed(archive.read(name).decode("utf-8", "replace"))
            parser.close()
            found.add("\n")
    found.speaking = 1


def _chapters(archive: ZipFile, found: Found) -> Iterator[str]:
    root = _Root()
    read_member(archive, "META-INF/container.xml", root)
    package = _Package(found)
    read_member(archive, root.path, package)
    names = [posixpath.join(posixpath.dirname(root.path), each) for each in package.chapters()]
    if not names:
        raise Damaged("no chapters")
    return (name for name in dict.fromkeys(names) if name in archive.NameToInfo)
