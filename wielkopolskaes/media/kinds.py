"""The kinds of file that the portal takes, and the caps on their size."""

from dataclasses import dataclass

MB = 1024 * 1024
MAX_DOCUMENT = 10 * MB
# The number of bytes must go into a column of 32 bits.
MAX_FILM = 2000 * MB
MAX_IMAGE = 15 * MB
MAX_PIXELS = 40_000_000


@dataclass(frozen=True)
class Content:
    """What is to be kept: bytes, media type and, of a picture, its sides in pixels."""

    data: bytes
    mime: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, its name for a reader, and the endings it may have.

    `decoder` is Pillow's name of an image format; a document has none.
    """

    mime: str
    label: str
    extensions: tuple[str, ...]
    decoder: str = ""


JPEG = Kind("image/jpeg", "JPEG", ("jpg", "jpeg"), "JPEG")
PNG = Kind("image/png", "PNG", ("png",), "PNG")
WEBP = Kind("image/webp", "WebP", ("webp",), "WEBP")
GIF = Kind("image/gif", "GIF", ("gif",), "GIF")
AVIF = Kind("image/avif", "AVIF", ("avif",), "AVIF")

PDF = Kind("application/pdf", "PDF", ("pdf",))
_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", "DOCX", ("docx",))
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", "XLSX", ("xlsx",))
PPTX = Kind(f"{_OOXML}.presentationml.presentation", "PPTX", ("pptx",))
_ODF = "application/vnd.oasis.opendocument"
ODT = Kind(f"{_ODF}.text", "ODT", ("odt",))
ODS = Kind(f"{_ODF}.spreadsheet", "ODS", ("ods",))
ODP = Kind(f"{_ODF}.presentation", "ODP", ("odp",))
EPUB = Kind("application/epub+zip", "EPUB", ("epub",))
CSV = Kind("text/csv", "CSV", ("csv",))
VTT = Kind("text/vtt", "VTT", ("vtt",))
TXT = Kind("text/plain", "TXT", ("txt",))

# What browsers play; nobody reads their texts.
MP4 = Kind("video/mp4", "MP4", ("mp4", "m4v"))
WEBM = Kind("video/webm", "WebM", ("webm",))
FILMS = (MP4, WEBM)

DOCUMENTS = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, EPUB, CSV, VTT, TXT)
BY_MIME = {kind.mime: kind for kind in (*DOCUMENTS, *FILMS, JPEG, PNG, WEBP, GIF, AVIF)}
