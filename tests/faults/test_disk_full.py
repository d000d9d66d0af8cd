"""No room on the disk: writing is refused with a word, reading goes on, and it passes by itself."""

import os
import subprocess
from contextlib import contextmanager

import pytest

from tests.faults.clients import replaced, token_on
from tests.faults.conftest import House
from tests.media.files import pdf
from tests.newsroom.desks import form_on
from wielkopolskaes.newsroom.editing.submissions import new_key

SIZE, BALLAST = 8 * 2**20, 2 * 2**20
REFUSED = {503, 507}
READ = ("/", "/dzial", "/redakcja", "/redakcja/tresci", "/redakcja/pliki")


@contextmanager
def small_disk(folder):
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
    is_root = os.geteuid() == 0
    mounted = is_root and not subprocess.run(mount, check=False, capture_output=True).returncode
    if not mounted:
        pytest.skip("a small disk can only be mounted by root, outside of a container")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def house(tmp_path):
    (tmp_path / "var").mkdir()
    with small_disk(tmp_path / "var") as var:
        (var / "ballast").write_bytes(bytes(BALLAST))
        house = House(f"sqlite:///{var / 'portal.sqlite'}", var, tmp_path)
        yield house
        house.close()


class Hand:
    """Writes until the disk is full, and notes what was taken."""

    def __init__(self, house):
        self.house, self.client = house, house.client()
        self.below = f"/redakcja/tresci/{house.section}"
        self.number = 0
        self.form = form_on(self.client.get(f"{self.below}/nowy/page")).submit_fields()
        self.token = token_on(self.client.get(f"{self.below}/pliki"))

    def write(self, size):
        """Send a page; gives the code of the answer."""
        self.number += 1
        mark = f"pxx{self.number}"
        body = f"<p>{'tekst ' * (size // 6)}</p>"
        fields = replaced(self.form, title=mark, body=body, key=new_key())
        answer = self.client.post(f"{self.below}/nowy/page", fields)
        if answer.status_int == 303:
            number = int(answer.location.rpartition("/tresci/")[2].partition("?")[0])
            self.house.ledger.note("made", mark, number)
        return answer.status_int

    def send(self, size):
        """Send a document; gives the code of the answer."""
        self.number += 1
        mark = f"dxx{self.number}"
        data = pdf(os.urandom(size).hex().encode())
        fields = [("csrf_token", self.token), ("key", new_key())]
        answer = self.client.send_file(f"{self.below}/pliki", data, f"{mark}.pdf", fields)
        if answer.status_int == 200:
            self.house.ledger.note("sent", mark, answer.json["id"])
        return answer.status_int


def fill(write, size):
    """Write until nothing is taken any more, ever smaller."""
    codes = []
    while size > 200:
        codes.append(write(size))
        if codes[-1] in REFUSED:
            size //= 2
    return codes


def test_a_full_disk_refuses_writing_keeps_reading_and_recovers(house, report):
    house.open_servers(1)
    hand = Hand(house)

    sent = fill(hand.send, 60_000)
    written = fill(hand.write, 20_000)
    read = {path: hand.client.get(path).status_int for path in READ}
    refused = [hand.write(50_000), hand.send(50_000)]
    (house.desk.registry.portal.var / "ballast").unlink()
    again = [hand.write(20_000), hand.send(20_000)]

    assert set(sent) <= {200, *REFUSED}
    assert set(written) <= {303, *REFUSED}
    assert 507 in sent + written
    assert set(refused) <= REFUSED
    assert read == dict.fromkeys(READ, 200)
    assert again == [303, 200]
    found = house.check()
    report("disk full", sent=len(sent), written=len(written), **found)
