"""A process is killed at each step of an upload: a row without its file never remains."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.db import Base, make_engine
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.services import sweep
from wielkopolskaes.media.store import LocalFileStore

UPLOAD = """
import os, shutil, signal, sys, tempfile
from pathlib import Path
from sqlalchemy.orm import Session
from tests.media import files
from wielkopolskaes.db import for_writing, make_engine
from wielkopolskaes.media.services import add_document
from wielkopolskaes.media.store import LocalFileStore

url, folder, point = sys.argv[1:]

def die(*args, **kw):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(work):
    def both(*args, **kw):
        work(*args, **kw)
        die()
    return both

session = Session(for_writing(make_engine(url)))
store = LocalFileStore(Path(folder))
if point == "before writing":
    tempfile.mkdtemp = die
elif point == "written, not synced":
    os.fsync = die
elif point == "synced, not in place":
    Path.rename = die
elif point == "in place":
    Path.rename = die_after(Path.rename)
elif point == "staging cleared":
    shutil.rmtree = die_after(shutil.rmtree)
add_document(session, store, files.pdf(), "a.pdf")
if point == "before the commit":
    die()
session.commit()
if point == "after the commit":
    die()
"""

POINTS = {
    "before writing": 0,
    "written, not synced": 0,
    "synced, not in place": 0,
    "in place": 0,
    "staging cleared": 0,
    "before the commit": 0,
    "after the commit": 1,
    "never": 1,
}


@pytest.mark.parametrize("point", POINTS)
def test_an_upload_killed_at_any_point_leaves_no_row_without_its_file(tmp_path, point):
    url, folder = f"sqlite:///{tmp_path / 'portal.sqlite'}", tmp_path / "files"
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()

    ran = subprocess.run([sys.executable, "-c", UPLOAD, url, str(folder), point], check=False)

    store = LocalFileStore(folder)
    with Session(engine) as session:
        kept = list(session.scalars(select(Blob.sha256)))
        assert all(store.is_intact(sha256) for sha256 in kept)
        sweep(session, store, datetime.now(UTC) + timedelta(days=1))
    engine.dispose()
    assert ran.returncode == (0 if point == "never" else -signal.SIGKILL)
    assert len(kept) == POINTS[point]
    assert [file.name for file in store.files()] == kept
    assert list(store.incoming.iterdir()) == []
