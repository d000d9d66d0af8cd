"""The members of an office file, after all the checks that an upload goes through."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from wielkopolskaes.filetext.reading.found import Damaged
from wielkopolskaes.filetext.reading.markup import Handler, read_xml
from wielkopolskaes.media.archives import kind_of_archive
from wielkopolskaes.media.refusal import UnsafeFile


@contextmanager
def opened(data: bytes) -> Iterator[ZipFile]:
    """Open an archive that an upload could still be; raises Damaged for others.

    What its members may unpack to is bounded there by their headers, and `zipfile` reads no
    further than they say.
    """
    try:
        kind_of_archive(data)
        with ZipFile(BytesIO(data)) as archive:
            yield archive
    except (UnsafeFile, BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise Damaged(type(error).__name__) from error


def read_member(archive: ZipFile, name: str, handler: Handler) -> None:
    """Read one member as XML, if the archive has it."""
    if name in archive.NameToInfo:
        with archive.open(name) as stream:
            read_xml(stream, handler)


def numbered(archive: ZipFile, folder: str) -> list[str]:
    """List members such as `ppt/slides/slide12.xml`, in the order of their numbers."""
    found = [
        name
        for name in archive.namelist()
        if name.startswith(f"{folder}/") and name.endswith(".xml") and name.count("/") == 2
    ]
    return sorted(found, key=lambda name: (len(name), name))
