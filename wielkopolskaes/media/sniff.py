"""What an upload is, decided by its content alone; its name must then agree."""

import re

from wielkopolskaes.i18n import _
from wielkopolskaes.media import kinds
from wielkopolskaes.media.archives import kind_of_archive
from wielkopolskaes.media.kinds import Kind
from wielkopolskaes.media.refusal import UnsafeFile

_SVG = re.compile(rb"\s*<.{,4000}?<?(?:\w+:)?svg[\s>]", re.IGNORECASE | re.DOTALL)
_MAGIC = (
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"GIF87a", kinds.GIF),
    (b"GIF89a", kinds.GIF),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EBML = b"\x1a\x45\xdf\xa3"
# The first brand of films that browsers play, whatever program has made them.
_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP"}
)
_UTF8_MARK = b"\xef\xbb\xbf"


def extension_of(filename: str) -> str:
    """Return the ending of a file's name in lower case, "" when it has none."""
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def recognise(data: bytes, filename: str) -> Kind:
    """Name the kind of an upload; `UnsafeFile` when it is none of ours or its name lies."""
    extension = extension_of(filename)
    kind = _by_magic(data) or _as_text(data, extension)
    if extension not in kind.extensions:
        raise UnsafeFile(
            _(
                "The content is ${label}, but the name ends with “${extension}”. "
                "Give the file the ending .${expected} and send it again.",
                mapping={
                    "label": kind.label,
                    "extension": extension[:20],
                    "expected": kind.extensions[0],
                },
            )
        )
    return kind


def _by_magic(data: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return kinds.WEBP
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    if data.startswith(_EBML):
        return _webm(data)
    if data.startswith(b"%PDF-"):
        return _whole_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return kind_of_archive(data)
    return None


def _by_brand(data: bytes) -> Kind:
    """Tell AVIF and MP4 from their relatives by the brands in the first box."""
    length = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, length, 4))}
    if b"avif" in brands:
        return kinds.AVIF
    if data[8:12] in _MP4_BRANDS:
        return kinds.MP4
    raise UnsafeFile(
        _(
            "This is an image or a film of a kind that browsers do not show. "
            "Save a photo as JPEG (on a telephone: “most compatible”), a film as MP4, and send it "
            "again."
        )
    )


def _webm(data: bytes) -> Kind:
    """Tell WebM from Matroska, which browsers do not play, by the name in the head."""
    if b"\x42\x82\x84webm" in data[:256]:
        return kinds.WEBM
    raise UnsafeFile(
        _("This film is of a kind that browsers do not play. Save it as MP4 or WebM and send it.")
    )


def _whole_pdf(data: bytes) -> Kind:
    ending = data[-2048:]
    if b"startxref" in ending and b"%%EOF" in ending:
        return kinds.PDF
    raise UnsafeFile(
        _("The PDF file is cut off or damaged. Save it again from the program it comes from.")
    )


def _as_text(data: bytes, extension: str) -> Kind:
    _refuse_known(data, extension)
    text = data.removeprefix(_UTF8_MARK)
    kind = kinds.VTT if text.startswith(b"WEBVTT") else _TEXT_BY_NAME.get(extension)
    if kind is None or not text:
        raise UnsafeFile(
            _(
                "The portal does not take files of this kind. It takes images (JPEG, PNG, WebP, "
                "GIF, AVIF), documents (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, EPUB, CSV, TXT, VTT) "
                "and films (MP4, WebM)."
            )
        )
    if b"\0" in text or not _is_utf8(text):
        raise UnsafeFile(
            _("The file is not text in UTF-8. Save it as text with the encoding UTF-8.")
        )
    return kind


_TEXT_BY_NAME = {"csv": kinds.CSV, "txt": kinds.TXT}


def _refuse_known(data: bytes, extension: str) -> None:
    """Say what to do with what people send most often and we never take."""
    if extension in {"svg", "svgz"} or _SVG.match(data.removeprefix(_UTF8_MARK)[:4096]):
        raise UnsafeFile(
            _(
                "An SVG drawing can hold a program, so the portal does not take it. "
                "Export the drawing as PNG, at least 1920 pixels wide."
            )
        )
    if data.startswith(_OLD_OFFICE):
        raise UnsafeFile(
            _(
                "This is a file of an old office program, or one closed with a password. "
                "Save it without a password as DOCX, XLSX, PPTX, ODT or PDF."
            )
        )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
