import errno
import os
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from wielkopolskaes.media.store import (
    LocalFileStore,
    NameClash,
    identifier,
    memory_store,
    open_store,
)

DATA = b"Spoldzielnia" * 20_000
NAME = sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture(params=["memory", "local", "s3"] if find_spec("moto") else ["memory", "local"])
def store(request, folder):
    """Each kind of store; S3 is tried against moto's imitation where moto is installed."""
    if request.param == "s3":
        return request.getfixturevalue("cloud_store")
    return memory_store() if request.param == "memory" else LocalFileStore(folder)


@pytest.fixture
def cloud_store(folder, monkeypatch):
    from moto import mock_aws

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with mock_aws():
        yield open_store("s3://portal/files?region=us-east-1", folder)


def content(store, name):
    with store.open(name) as file:
        return file.read()


def test_what_is_put_can_be_read(store):
    store.put(NAME, DATA)

    assert store.exists(NAME)
    assert content(store, NAME) == DATA
    assert store.is_intact(NAME)


def test_an_open_file_can_be_read_from_any_place(store):
    store.put(NAME, DATA)

    with store.open(NAME) as file:
        assert file.seek(0, 2) == len(DATA)
        file.seek(12)
        assert file.read(12) == b"Spoldzielnia"


def test_putting_twice_is_putting_once(store):
    store.put(NAME, DATA)
    store.put(NAME, DATA)

    assert [file.name for file in store.files()] == [NAME]


def test_a_rendition_has_a_name_of_its_own(store):
    store.put(NAME, DATA)
    store.put(f"{NAME}/w640.webp", b"small")

    assert content(store, f"{NAME}/w640.webp") == b"small"
    assert {file.name for file in store.files()} == {NAME, f"{NAME}/w640.webp"}


def test_what_is_not_there_says_so(store):
    assert not store.exists(NAME)
    assert not store.is_intact(NAME)
    with pytest.raises(FileNotFoundError):
        store.open(NAME)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store):
    store.put(NAME, DATA)

    store.delete(NAME)
    store.delete(NAME)

    assert not store.exists(NAME)
    assert list(store.files()) == []


def test_a_listed_file_knows_since_when_it_is_there(store):
    store.put(NAME, DATA)

    (file,) = store.files()
    assert abs(datetime.now(UTC) - file.modified) < timedelta(minutes=1)


def test_a_file_that_is_not_what_its_name_says_is_found(store):
    store.put(NAME, DATA + b"!")

    assert not store.is_intact(NAME)


def test_any_text_is_only_a_name(store, folder):
    store.put("../../../etc/passwd", b"x")

    assert content(store, "../../../etc/passwd") == b"x"
    assert not (folder.parent / "etc").exists()


def test_an_identifier_taken_by_another_name_is_an_error(folder):
    store = LocalFileStore(folder)
    store.put(NAME, DATA)
    (store.stored / identifier(NAME)).rename(store.stored / identifier("another"))

    with pytest.raises(NameClash):
        store.put("another", b"x")


def test_the_settings_choose_the_store(tmp_path):
    open_store("", tmp_path).put(NAME, DATA)

    assert open_store(f"file://{tmp_path}/files", Path("/nowhere")).exists(NAME)
    with pytest.raises(ValueError, match="ftp"):
        open_store("ftp://host/files", tmp_path)


def test_several_writers_of_one_file_leave_one_file(folder):
    stores = [LocalFileStore(folder) for _ in range(8)]
    threads = [threading.Thread(target=s.put, args=(NAME, DATA)) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stores[0].is_intact(NAME)
    assert list(stores[0].incoming.iterdir()) == []


def test_a_full_disk_leaves_no_half_of_a_file(folder, monkeypatch):
    store = LocalFileStore(folder)

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(NAME, DATA)

    assert not store.exists(NAME)
    assert list(store.incoming.iterdir()) == []


def test_file_and_folder_are_on_the_disk_before_put_returns(folder, monkeypatch):
    store = LocalFileStore(folder)
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}")) or fsync(handle),
    )

    store.put(NAME, DATA)

    assert [Path(path).name for path in synced][-2:] == [identifier(NAME), "stored"]
    assert {Path(path).name for path in synced} >= {"file", "metadata.json"}


def test_writes_that_never_ended_are_cleared_after_a_while(folder):
    store = LocalFileStore(folder)
    (store.incoming / "tmpabc").mkdir()

    store.drop_unfinished(datetime.now(UTC) - timedelta(hours=1))
    assert len(list(store.incoming.iterdir())) == 1
    store.drop_unfinished(datetime.now(UTC) + timedelta(seconds=5))
    assert list(store.incoming.iterdir()) == []
