"""The text of DOCX, PPTX, XLSX, ODT, ODP and ODS, read from the XML in their archives.

The libraries for these formats build the whole document in memory before they give a word of
it. The words lie in a handful of elements, so they are taken as the document passes by.
"""

from collections.abc import Mapping
from zipfile import ZipFile

from wielkopolskaes.filetext.reading.archive import numbered, opened, read_member
from wielkopolskaes.filetext.reading.found import MAX_TITLE, Found
from wielkopolskaes.filetext.reading.markup import Handler

# Elements that stand for a blank or begin a line within a paragraph.
_BLANKS = frozenset({"tab", "br", "cr", "s", "line-break"})
# A second time what stands beside it, words taken back, remarks, the sound of words.
_PASSED_OVER = frozenset(
    {"Fallback", "tracked-changes", "annotation", "rPh", "note-citation", "forms"}
)
_PICTURES = ("word/media/", "ppt/media/", "xl/media/", "Pictures/")


class Paragraphs(Handler):
    """Gathers the text inside of some elements, a line for each paragraph."""

    def __init__(self, found: Found, within: str, paragraphs: str) -> None:
        self._found = found
        self._within = frozenset(within.split())
        self._paragraphs = frozenset(paragraphs.split())
        self._inside = self._outside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Enter what holds text, or what is passed over."""
        if name in _PASSED_OVER:
            self._outside += 1
        elif name in self._within:
            self._inside += 1
        elif name in _BLANKS and not self._outside:
            self._found.add(" ")

    def end(self, name: str) -> None:
        """Leave it again; a paragraph ends with its line."""
        if name in _PASSED_OVER:
            self._outside -= 1
        elif name in self._within:
            self._inside -= 1
        if name in self._paragraphs and not self._outside:
            self._found.add("\n")

    def text(self, text: str) -> None:
        """Keep it where it is text."""
        if self._inside and not self._outside:
            self._found.add(text)


class About(Handler):
    """Notes the title and the language that a document says of itself."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Remember which fact is told; sheets and slides are counted."""
        self._name = name
        if name == "document-statistic" and attributes.get("page-count", "").isdecimal():
            self._found.pages = int(attributes["page-count"][:6])

    def end(self, name: str) -> None:
        """No fact is told between elements."""
        self._name = ""

    def text(self, text: str) -> None:
        """Keep the first title and language."""
        if self._name == "title" and len(self._found.title) < MAX_TITLE:
            self._found.title += text
        elif self._name == "language" and not self._found.lang:
            self._found.lang = text


def read_docx(data: bytes, found: Found) -> None:
    """Read the text and its notes; remarks and what was taken back stay out."""
    with opened(data) as archive:
        read_member(archive, "docProps/core.xml", About(found))
        for part in ("document", "footnotes", "endnotes"):
            read_member(archive, f"word/{part}.xml", Paragraphs(found, "t", "p"))
        _judge(archive, found)


def read_pptx(data: bytes, found: Found) -> None:
    """Read the slides in their order."""
    with opened(data) as archive:
        read_member(archive, "docProps/core.xml", About(found))
        slides = numbered(archive, "ppt/slides")
        found.pages = len(slides)
        for name in slides:
            read_member(archive, name, Paragraphs(found, "t", "p"))
        _judge(archive, found)


def read_xlsx(data: bytes, found: Found) -> None:
    """Read the texts of the cells; numbers are nothing to look for."""
    with opened(data) as archive:
        read_member(archive, "docProps/core.xml", About(found))
        sheets = numbered(archive, "xl/worksheets")
        found.pages = len(sheets)
        read_member(archive, "xl/sharedStrings.xml", Paragraphs(found, "t", "si"))
        for name in sheets:
            # Some programs write texts into the sheets themselves.
            read_member(archive, name, Paragraphs(found, "t", "is"))
        _judge(archive, found)


def read_opendocument(data: bytes, found: Found) -> None:
    """Read a text, a presentation or a spreadsheet."""
    with opened(data) as archive:
        read_member(archive, "meta.xml", About(found))
        read_member(archive, "content.xml", Paragraphs(found, "p h", "p h"))
        _judge(archive, found)


def _judge(archive: ZipFile, found: Found) -> None:
    """Tell a document of words from one of pictures of words."""
    if any(letter.isalnum() for piece in found.pieces for letter in piece):
        found.speaking = 1
    elif any(name.startswith(_PICTURES) for name in archive.namelist()):
        found.mute = 1
