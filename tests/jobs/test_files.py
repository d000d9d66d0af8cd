from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image
from pyramid.config import Configurator
from sqlalchemy import delete

from tests.jobs.conftest import NOON
from wielkopolskaes.db import work
from wielkopolskaes.jobs import files
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.services import add_image
from wielkopolskaes.media.store import open_store


@pytest.fixture
def portal(own_engine, tmp_path):
    """A registry with a file store and the jobs about files."""
    for model in (Job, Blob):
        model.__table__.create(own_engine)
    with Configurator(settings={"db.engine": own_engine}) as config:
        for part in ("wielkopolskaes.db", "wielkopolskaes.jobs", "wielkopolskaes.jobs.files"):
            config.include(part)
    config.registry.files = open_store("", tmp_path)
    return config.registry


@pytest.fixture
def picture(portal):
    """A kept picture with the job for its sizes."""
    drawn = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "PNG")
    with work(portal) as session:
        blob = add_image(session, portal.files, drawn.getvalue(), "teal.png")
        payload = {"sha256": blob.sha256, "focal": [50, 50]}
        enqueue(session, files.RENDITIONS, payload, run_after=NOON)
    return SimpleNamespace(sha256=blob.sha256)


def names(portal):
    return {file.name for file in portal.files.files()}


def test_the_sizes_of_a_picture_are_made_ahead_of_its_readers(portal, picture, worker):
    assert False not in worker.drain()

    assert {f"{picture.sha256}/w320.webp", f"{picture.sha256}/w320.png"} <= names(portal)


def test_a_picture_taken_away_meanwhile_needs_no_sizes(portal, picture, worker):
    with work(portal) as session:
        session.execute(delete(Blob))

    assert False not in worker.drain()
    assert names(portal) == {picture.sha256}


def test_files_that_no_row_stands_for_are_swept_after_a_day(portal, picture, clock):
    portal.files.put("0" * 64, b"left behind")

    Worker(portal, clock=clock).drain()
    assert "0" * 64 in names(portal)

    clock.forward(days=2 * 365)
    Worker(portal, clock=clock).drain()
    assert "0" * 64 not in names(portal)
    assert picture.sha256 in names(portal)
