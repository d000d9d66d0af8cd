"""Uploads cut off on the way: no row without its file, and no file that the sweep would leave."""

import socket
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from tests.faults.clients import multipart, token_on
from tests.faults.conftest import rounds
from tests.media.files import image_bytes
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.services import sweep
from wielkopolskaes.newsroom.editing.submissions import new_key
from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.tree.models import Node

ROUNDS = rounds(4, 100)
SHARES = (0.1, 0.5, 0.99)


def cut_off(client, path, fields, share):
    """Send a part of an upload, as a line that breaks does."""
    body, kind = multipart(image_bytes("PNG", (200, 150)), "obraz.png", fields)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {client.cookie}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", client.servers[0].port), timeout=10) as line:
        line.sendall(head.encode() + body[: int(len(body) * share)])


def rows(house):
    with house.desk.registry.dbsession_factory() as session:
        counts = (select(func.count()).select_from(each) for each in (Node, Blob, Submission))
        return [session.scalar(count) for count in counts]


def test_uploads_that_break_off_leave_nothing_and_disturb_nobody(house, report):
    house.open_servers(1)
    client, other = house.client(), house.client()
    path = f"/redakcja/tresci/{house.section}/pliki"
    token = token_on(client.get(path))
    before = rows(house)

    for _round in range(ROUNDS):
        for share in SHARES:
            cut_off(client, path, [("csrf_token", token), ("key", new_key())], share)
        assert other.get(path).status_int == 200
    assert rows(house) == before
    fields = [("csrf_token", token), ("key", new_key())]
    assert client.send_file(path, image_bytes("PNG"), "obraz.png", fields).status_int == 200

    house.check()
    with house.desk.work() as session:
        store = house.desk.registry.files
        kept = set(session.scalars(select(Blob.sha256)))
        sweep(session, store, datetime.now(UTC) + timedelta(days=1))
        assert {file.name.partition("/")[0] for file in store.files()} == kept
        assert list(store.incoming.iterdir()) == []
    report("uploads cut off", times=ROUNDS * len(SHARES), rows=0, files=0)
