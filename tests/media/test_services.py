import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import KINDS, own_database
from tests.media import files
from wielkopolskaes.db import Base, for_writing, make_engine
from wielkopolskaes.media import images
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.renditions import ensure, make_renditions
from wielkopolskaes.media.services import add_document, add_image, sweep
from wielkopolskaes.media.sizes import stored_name
from wielkopolskaes.media.store import FileStore, memory_store

PHOTO = files.image_bytes("JPEG", (400, 300), comment=b"as uploaded")
TOMORROW = datetime.now(UTC) + timedelta(days=1)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


class FullStore(FileStore):
    """A store whose disk is full."""

    def put_file(self, name, file):
        raise OSError("No space left on device")


@pytest.fixture
def store():
    return memory_store()


def rows(session):
    return list(session.scalars(select(Blob.sha256)))


def names(store):
    return {file.name for file in store.files()}


def test_an_image_is_kept_redrawn_and_known_by_what_is_kept(db, store):
    blob = add_image(db, store, PHOTO, "zdjęcie.jpg")

    assert (blob.mime, blob.width, blob.height) == ("image/jpeg", 400, 300)
    assert blob.upload_sha256 == sha256(PHOTO).hexdigest() != blob.sha256
    assert names(store) == {blob.sha256}
    with store.open(blob.sha256) as file:
        assert b"as uploaded" not in file.read()


def test_a_document_is_kept_as_it_is(db, store):
    data = files.pdf()

    blob = add_document(db, store, data, "plan.pdf")

    assert blob.sha256 == blob.upload_sha256 == sha256(data).hexdigest()
    assert (blob.mime, blob.size, blob.width) == ("application/pdf", len(data), None)


def test_an_upload_that_is_known_is_not_decoded_again(db, store, monkeypatch):
    first = add_image(db, store, PHOTO, "a.jpg")
    monkeypatch.setattr(images, "redraw", None)

    assert add_image(db, store, PHOTO, "b.jpeg") is first
    assert rows(db) == [first.sha256]


def test_two_uploads_of_one_picture_are_one_file(db, store):
    first = add_image(db, store, PHOTO, "a.jpg")

    assert add_image(db, store, PHOTO + b"something behind", "a.jpg") is first
    assert names(store) == {first.sha256}


def test_a_file_that_was_lost_comes_back_with_the_next_upload(db, store):
    blob = add_image(db, store, PHOTO, "a.jpg")
    store.delete(blob.sha256)

    assert add_image(db, store, PHOTO, "a.jpg") is blob
    assert store.is_intact(blob.sha256)


@pytest.mark.parametrize(
    ("add", "filename", "data", "words"),
    [
        (add_image, "a.pdf", files.pdf(), r"a document \(PDF\), not an image"),
        (add_document, "a.jpg", PHOTO, "This is an image"),
        (add_image, "a.jpg", b"", "empty"),
        (add_image, "a.jpg", bytes(15 * files.MIB + 1), "larger than 15 MB"),
        (add_document, "a.pdf", bytes(10 * files.MIB + 1), "larger than 10 MB"),
        (add_image, "a.svg", files.SVG, "Export the drawing as PNG"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(db, store, add, filename, data, words):
    with pytest.raises(UnsafeFile, match=words):
        add(db, store, data, filename)

    assert rows(db) == []
    assert names(store) == set()


def test_a_file_that_cannot_be_written_gets_no_row_even_if_the_caller_goes_on(db, store):
    full = FullStore(store.depot)

    with pytest.raises(OSError, match="No space"):
        add_image(db, full, PHOTO, "a.jpg")

    assert rows(db) == []


def test_the_sweep_removes_files_that_no_row_stands_for(db, store):
    kept = add_image(db, store, PHOTO, "a.jpg")
    ensure(store, kept.sha256, "w320.jpg")
    orphan = "ab" * 32
    store.put(orphan, b"left by a crash")
    store.put(stored_name(orphan, "w320.jpg"), b"left by a crash")

    removed = sweep(db, store, older_than=TOMORROW)

    assert set(removed) == {orphan, f"{orphan}/w320.jpg"}
    assert names(store) == {kept.sha256, f"{kept.sha256}/w320.jpg"}
    assert rows(db) == [kept.sha256]


def test_the_sweep_spares_what_is_new(db, store):
    store.put("ab" * 32, b"being uploaded just now")

    assert sweep(db, store, older_than=YESTERDAY) == []
    assert names(store) == {"ab" * 32}


def test_renditions_are_made_from_what_is_kept(db, store):
    blob = add_image(db, store, PHOTO, "a.jpg")

    assert "w320.avif" in make_renditions(store, blob.sha256)


@pytest.fixture(params=KINDS)
def open_session(request, tmp_path):
    """Sessions that really commit, on a database of their own."""
    with own_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        Base.metadata.create_all(engine)
        yield lambda: Session(for_writing(engine))
        engine.dispose()


def in_thread(work):
    """Start `work`; return a function that waits for its result."""
    result = []
    thread = threading.Thread(target=lambda: result.append(work()))
    thread.start()

    def wait():
        thread.join(20)
        return result[0]

    return wait


def test_the_sweep_waits_for_an_upload_of_an_old_orphan(open_session, store):
    """The file has lain there for days; just now somebody uploads the same one again."""
    data = files.pdf()
    digest = sha256(data).hexdigest()
    store.put(digest, data)

    def sweeping():
        with open_session() as session:
            return sweep(session, store, older_than=TOMORROW)

    with open_session() as session:
        add_document(session, store, data, "a.pdf")
        swept = in_thread(sweeping)
        session.commit()

    assert swept() == []
    assert store.is_intact(digest)


def test_two_people_may_upload_the_same_file_at_once(open_session, store):
    def uploading():
        with open_session() as session, session.begin():
            return add_document(session, store, files.pdf(), "b.pdf").sha256

    with open_session() as session:
        first = add_document(session, store, files.pdf(), "a.pdf").sha256
        second = in_thread(uploading)
        session.commit()

    assert second() == first
    with open_session() as session:
        assert rows(session) == [first]
