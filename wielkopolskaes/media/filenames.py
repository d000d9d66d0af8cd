"""Names of documents: fit for an address, for a header and for a reader's disk."""

import re
import unicodedata
from urllib.parse import quote

from wielkopolskaes.media.kinds import BY_MIME

MAX_STEM = 100
_NOT_PLAIN = re.compile(r"[^\w.()+-]+")
# Letters that have no decomposition into a plain letter and a mark.
_STROKED = str.maketrans("łŁøØđĐß", "lLoOdDs")


def clean_filename(filename: str, mime: str) -> str:
    """Make a name out of whatever came with the upload: Polish letters stay, folders go.

    Only letters, digits and `_ . - + ( )` are left; the ending is the one of the media type.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    stem = base.rpartition(".")[0] if "." in base else base
    stem = _NOT_PLAIN.sub("-", stem).strip("-.")[:MAX_STEM].rstrip("-.")
    return f"{stem or 'plik'}.{BY_MIME[mime].extensions[0]}"


def content_disposition(filename: str, *, inline: bool) -> str:
    """Write the header (RFC 6266): the name in full, and in ASCII for what reads no other."""
    plain = unicodedata.normalize("NFKD", filename.translate(_STROKED))
    plain = re.sub(r"[^A-Za-z0-9._()+-]", "", plain.encode("ascii", "ignore").decode())
    full = quote(filename.encode("utf-8", "replace"), safe="")
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{full}"
