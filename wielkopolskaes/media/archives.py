"""Office files are ZIP archives: what they hold is judged from the headers, nothing is unpacked."""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _
from wielkopolskaes.media import kinds
from wielkopolskaes.media.kinds import MB, Kind
from wielkopolskaes.media.refusal import UnsafeFile

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * MB
MAX_RATIO = 100
MAX_DIRECTORY = 1 * MB
# Small repetitive parts (empty styles) compress better than any honest whole.
RATIO_MATTERS_FROM = 1 * MB

_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1
_ARCHIVES = (
    ".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".jar", ".cab", ".iso",
    ".docx", ".docm", ".xlsx", ".xlsm", ".xlsb", ".pptx", ".pptm", ".odt", ".ods", ".odp", ".epub",
)  # fmt: skip
_PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".msi", ".class", ".sh")
_MACRO_FILES = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/", "word/activex/", "xl/activex/")
_MAIN_PARTS = {
    "word/document.xml": kinds.DOCX,
    "xl/workbook.xml": kinds.XLSX,
    "ppt/presentation.xml": kinds.PPTX,
}
_DECLARED = {kind.mime: kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP, kinds.EPUB)}

_DAMAGED = _("The file is damaged. Save it again from the program it comes from.")
_TOO_BIG = _(
    "The file would take up too much space when opened. Make its images smaller, "
    "or save it as PDF, and send it again."
)
_NESTED = _(
    "The file holds other files inside (a spreadsheet behind a chart, an attachment). "
    "Save it as PDF, or put the other files on the page one by one."
)
_ACTIVE = _("The file holds macros or programs. Save it without macros and send it again.")
_LOCKED = _("The file is closed with a password. Save it without one and send it again.")
_OTHER = _(
    "This is an archive of files, not a document. Unpack it and send the documents one by one."
)


def kind_of_archive(data: bytes) -> Kind:
    """Name the office format; `UnsafeFile` for a bomb, macros, nested files or a plain archive."""
    _check_end(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _main_kind(archive, entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise UnsafeFile(_DAMAGED) from error


def _refuse_if(wrong: bool, message: TranslationString) -> None:
    if wrong:
        raise UnsafeFile(message)


def _check_end(data: bytes) -> None:
    """Check the closing record before `zipfile` builds an object for each of its entries.

    The directory must touch the record, and the record the end of the file: nothing hides
    in between, and there is no second directory (ZIP64, a file glued to another).
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 0xFFFF - _END.size))
    _refuse_if(at < 0 or at + _END.size > len(data), _DAMAGED)
    end = _END.unpack_from(data, at)
    entries, size, offset, comment = end[4:]
    _refuse_if(entries > MAX_ENTRIES or size > MAX_DIRECTORY, _TOO_BIG)
    _refuse_if(offset + size != at or at + _END.size + comment != len(data), _DAMAGED)


def _check_entries(entries: Sequence[ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    _refuse_if(len(entries) > MAX_ENTRIES or _expands_too_much(entries), _TOO_BIG)
    _refuse_if(len(set(names)) != len(names) or any(map(_leads_outside, names)), _DAMAGED)
    _refuse_if(any(entry.flag_bits & _ENCRYPTED for entry in entries), _LOCKED)
    _refuse_if(any(map(_is_active, names)), _ACTIVE)
    _refuse_if(any(name.endswith(_ARCHIVES) or "/embeddings/" in name for name in names), _NESTED)


def _expands_too_much(entries: Sequence[ZipInfo]) -> bool:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return (
        unpacked > MAX_UNPACKED
        or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed)
        or any(
            entry.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size)
            for entry in entries
        )
    )


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _is_active(name: str) -> bool:
    return (
        name.endswith(_PROGRAMS)
        or name.rpartition("/")[2] in _MACRO_FILES
        or name.startswith(_MACRO_FOLDERS)
    )


def _main_kind(archive: ZipFile, entries: Sequence[ZipInfo]) -> Kind:
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names:
        found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
        if len(found) == 1:
            return found[0]
    first = entries[0] if entries else None
    if first and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
        kind = _DECLARED.get(archive.open(first).read(100).decode("ascii", "replace").strip())
        if kind is not None:
            return kind
    raise UnsafeFile(_OTHER)
