"""Where the bytes lie: named by content, written whole or not at all, through filedepot.

filedepot invents an identifier for each new file and insists on UUIDs. Ours follows from the
name (`uuid5`), and the name (a SHA-256, or a SHA-256 and a rendition) is kept in the depot's
metadata. An identifier of one's own is what filedepot's copy to a backup depot does,
`depot.replace(stored, stored)`; `_Incoming` is such a stored file that is not yet in any depot.
"""

import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from depot.io.interfaces import FileStorage, StoredFile
from depot.io.local import LocalFileStorage
from depot.io.memory import MemoryFileStorage

NAMES = uuid.UUID("6f0f0f5e-9a53-5d0c-8a64-0d6a3d0c7e11")
IN_MEMORY = 1024 * 1024


class NameClash(Exception):
    """Two names led to one identifier: somebody spent 2**61 SHA-1 computations on it."""


class Listed(NamedTuple):
    """A file found in the store and when it was put there."""

    name: str
    modified: datetime


class _Incoming(StoredFile):
    def __init__(self, file_id: str, name: str, file: IO[bytes]) -> None:
        super().__init__(file_id, filename=name, content_type="application/octet-stream")
        self._body = file

    def read(self, n: int = -1) -> bytes:
        return self._body.read(n)

    def close(self) -> None:
        self._body.close()

    @property
    def closed(self) -> bool:
        return self._body.closed


def identifier(name: str) -> str:
    """Return the identifier under which the depot keeps what we call `name`."""
    return str(uuid.uuid5(NAMES, name))


class FileStore:
    """Files by name in any depot that replaces an object as a whole (memory, S3)."""

    def __init__(self, depot: FileStorage) -> None:
        self.depot = depot

    def put(self, name: str, data: bytes) -> None:
        """Keep the bytes for good; a name that is there already is left as it is."""
        self.put_file(name, BytesIO(data))

    def put_file(self, name: str, file: IO[bytes]) -> None:
        """Keep what an open file holds from where it stands: it may be larger than the memory."""
        if not self.exists(name):
            self._write(_Incoming(identifier(name), name, file))

    def _write(self, incoming: _Incoming) -> None:
        self.depot.replace(incoming, incoming)

    def open(self, name: str) -> IO[bytes]:
        """Open for reading, seekable; `FileNotFoundError` when there is no such file."""
        with self._stored(name) as stored:
            spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
            shutil.copyfileobj(stored, spool)
        spool.seek(0)
        return spool

    def exists(self, name: str) -> bool:
        """Tell whether the whole file is there."""
        if not self.depot.exists(identifier(name)):
            return False
        self._stored(name).close()
        return True

    def delete(self, name: str) -> None:
        """Remove the file; one that is not there is no error."""
        self.depot.delete(identifier(name))

    def files(self) -> Iterator[Listed]:
        """List all that is kept, renditions included, in no order."""
        for file_id in self.depot.list():
            stored = self.depot.get(file_id)
            yield Listed(stored.filename, stored.last_modified.replace(tzinfo=UTC))

    def is_intact(self, sha256: str) -> bool:
        """Read a file named by its digest and compare the two."""
        try:
            with self.open(sha256) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256  # type: ignore[arg-type]
        except FileNotFoundError:
            return False

    def drop_unfinished(self, older_than: datetime) -> None:
        """Remove what an interrupted `put` left behind; most depots leave nothing."""

    def _stored(self, name: str) -> StoredFile:
        try:
            stored = self.depot.get(identifier(name))
        except OSError as error:
            raise FileNotFoundError(name) from error
        if stored.filename != name:
            raise NameClash(name)
        return stored


class LocalFileStore(FileStore):
    """Files in a folder of this machine: `stored/` holds them, `incoming/` those being written.

    The depot's own writing can be interrupted in the middle of a file, and the half would
    count as existing. So it writes in `incoming/`, and the finished item is renamed into
    place: after a crash there is the whole file or none.
    """

    def __init__(self, folder: Path) -> None:
        self.stored, self.incoming = folder / "stored", folder / "incoming"
        for each in (self.stored, self.incoming):
            each.mkdir(parents=True, exist_ok=True)
        super().__init__(LocalFileStorage(str(self.stored)))

    def _write(self, incoming: _Incoming) -> None:
        staging = Path(tempfile.mkdtemp(dir=self.incoming))
        try:
            LocalFileStorage(str(staging)).replace(incoming, incoming)
            item = staging / incoming.file_id
            for path in (*item.iterdir(), item):
                _sync(path)
            self._move_into_place(item)
        finally:
            shutil.rmtree(staging)

    def _move_into_place(self, item: Path) -> None:
        try:
            item.rename(self.stored / item.name)
        except OSError:
            # A folder that is not empty cannot be renamed over: another process was faster.
            if not (self.stored / item.name).is_dir():
                raise
        _sync(self.stored)

    def open(self, name: str) -> IO[bytes]:
        """Open the very file, so that a server can hand it to the kernel."""
        self._stored(name).close()
        return (self.stored / identifier(name) / "file").open("rb")

    def drop_unfinished(self, older_than: datetime) -> None:
        """Remove the folders of writes that never ended."""
        for staging in self.incoming.iterdir():
            if datetime.fromtimestamp(staging.stat().st_mtime, UTC) < older_than:
                shutil.rmtree(staging)


def _sync(path: Path) -> None:
    """Make the kernel write a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def memory_store() -> FileStore:
    """Make a store that forgets everything with its process."""
    return FileStore(MemoryFileStorage())


def open_store(files_url: str, var: Path) -> FileStore:
    """Open the store that the settings name: a folder, or `s3://bucket/prefix?endpoint=…`.

    S3 takes its keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY and needs boto3.
    """
    if not files_url:
        return LocalFileStore(var / "files")
    url = urlsplit(files_url)
    if url.scheme == "file":
        return LocalFileStore(Path(url.path))
    if url.scheme == "s3":
        options = dict(parse_qsl(url.query))
        return _s3_store(url.netloc, url.path.strip("/"), **options)
    raise ValueError(f"files_url: unknown kind of store: {url.scheme}")


def _s3_store(
    bucket: str, prefix: str, endpoint: str | None = None, region: str | None = None
) -> FileStore:
    from depot.io.boto3 import S3Storage

    depot = S3Storage(
        os.environ["AWS_ACCESS_KEY_ID"],
        os.environ["AWS_SECRET_ACCESS_KEY"],
        bucket=bucket,
        prefix=f"{prefix}/" if prefix else "",
        endpoint_url=endpoint,
        region_name=region,
        policy="private",
    )
    return FileStore(depot)
