"""Clients over HTTP: they know whether an answer came whole, and note what was acknowledged."""

import json
import os
import re
import secrets
from http.client import HTTPConnection, HTTPException
from threading import Event, Lock, Thread
from urllib.parse import urlencode

import webtest

from tests.newsroom.desks import form_on
from wielkopolskaes.newsroom.editing.submissions import new_key
from wielkopolskaes.security.permissions import Role

TIMEOUT = 60
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Broken(Exception):
    """The connection ended before the answer did."""


class Ledger:
    """What was acknowledged, in a file that only grows; written after the whole answer was read."""

    def __init__(self, path):
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR)
        self._path = path
        self._grown = Event()
        self._lock = Lock()
        self._count = 0
        self._error = None

    def note(self, what, *values):
        os.write(self._file, f"{json.dumps([what, *values])}\n".encode())
        with self._lock:
            self._count += 1
        self._grown.set()

    def close_for(self, error):
        """Let whoever waits hear why nothing comes any more."""
        self._error = error
        self._grown.set()

    def wait_for_more(self, more, *, seconds=120):
        """Wait until so many more were noted; raises what has gone wrong meanwhile."""
        wanted = self._count + more
        while self._count < wanted:
            self._grown.clear()
            if self._error is not None:
                raise self._error
            if self._count < wanted and not self._grown.wait(seconds):
                raise TimeoutError("nothing is acknowledged any more")

    def __len__(self):
        return self._count

    def of(self, what):
        with open(self._path, encoding="utf-8") as lines:
            notes = [json.loads(line) for line in lines]
        return [tuple(values) for kind, *values in notes if kind == what]

    def close(self):
        os.close(self._file)


class Client:
    """A browser that is logged in, on whichever of the servers is up."""

    def __init__(self, desk, person_id, servers):
        self.cookie = f"sesja={desk.log_in(person_id).cookies['sesja']}"
        self.servers = servers
        self.answers = []
        self.broken = 0

    def ask(self, method, path, body=None, headers=None):
        """Send a request and read the whole answer; raises Broken."""
        server = secrets.choice(self.servers)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
            answer = connection.getresponse()
            read = webtest.TestResponse(
                answer.read(), f"{answer.status} {answer.reason}", answer.getheaders()
            )
        except (OSError, HTTPException) as error:
            self.broken += 1
            raise Broken from error
        finally:
            connection.close()
        self.answers.append((method, path, read.status_int, read.headers.get("Retry-After")))
        return read

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urlencode(fields), FORM)

    def send_file(self, path, data, filename, fields):
        """Send one file as the script of the page of files does."""
        body, kind = multipart(data, filename, fields)
        headers = {"Content-Type": kind, "Accept": "application/json"}
        return self.ask("POST", path, body, headers)


def token_on(answer):
    """Return the token of the forms of a page."""
    return re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]


def multipart(data, filename, fields):
    """Give the body of a form with one file, and its type."""
    mark = secrets.token_hex(16)
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return (
        head.encode() + data + f"\r\n--{mark}--\r\n".encode(),
        f"multipart/form-data; boundary={mark}",
    )


def replaced(fields, **values):
    """Fill in fields of a form that was read from a page."""
    return [(name, values.get(name, value)) for name, value in fields]


class Task(Thread):
    """Somebody who works until told to stop; what was begun is brought to its end."""

    def __init__(self, client, ledger, stop):
        super().__init__(daemon=True)
        self.client, self.ledger, self.stop = client, ledger, stop
        self.mark = secrets.token_hex(4)
        self.number = 0
        self.failures = []
        self.error = None

    def run(self):
        try:
            while not self.stop.is_set():
                self.number += 1
                self.once(f"{self.mark}x{self.number}")
        except Exception as error:
            self.error = error
            self.ledger.close_for(error)
            self.stop.set()

    def insist(self, attempt):
        """Try until the answer is neither broken nor "later"."""
        while True:
            try:
                answer = attempt()
            except Broken as error:
                self.failures.append(error)
            else:
                if answer.status_int not in {503, 507}:
                    return answer
                self.failures.append(answer)
            Event().wait(0.02)


class Writer(Task):
    """Makes pages by forms with a key, and changes each of them twice."""

    def __init__(self, client, ledger, stop, section):
        super().__init__(client, ledger, stop)
        self.address = f"/redakcja/tresci/{section}/nowy/page"
        self.fields = None

    def once(self, mark):
        if self.fields is None:
            self.fields = form_on(
                self.insist(lambda: self.client.get(self.address))
            ).submit_fields()
        fields = replaced(self.fields, title=mark, key=new_key())
        answer = self.insist(lambda: self.client.post(self.address, fields))
        assert answer.status_int == 303, answer.text
        number = int(re.search(r"/redakcja/tresci/(\d+)", answer.location)[1])
        self.ledger.note("made", mark, number)
        for change in range(1, 3):
            self.change(number, f"{mark}z{change}")

    def change(self, number, title):
        address = f"/redakcja/tresci/{number}/edycja"

        def attempt():
            shown = self.client.get(address)
            if shown.status_int != 200:
                return shown
            fields = form_on(shown).submit_fields()
            return self.client.post(address, replaced(fields, title=title))

        answer = self.insist(attempt)
        assert answer.status_int == 303, answer.text
        self.ledger.note("changed", number, title)


class Inviter(Task):
    """An administrator who invites people; each invitation is a letter."""

    address = "/redakcja/osoby/nowa"

    def once(self, mark):
        email, role = f"{mark}@example.org", Role.AUTHOR.value
        shown = self.insist(lambda: self.client.get(self.address))
        fields = {"csrf_token": token_on(shown), "email": email, "name": "Ola Nowa", "lang": "pl"}
        before = len(self.failures)
        answer = self.insist(lambda: self.client.post(self.address, {**fields, "role": role}))
        if answer.status_int == 422 and len(self.failures) > before:
            # Sent again after a broken connection: the first was heard, so the person is known.
            return
        assert answer.status_int == 303, answer.text
        assert "/redakcja/osoby/" in answer.location, answer.location
        self.ledger.note("invited", email)


class Uploader(Task):
    """Sends pictures, each of which needs a job that makes its sizes."""

    def __init__(self, client, ledger, stop, section, picture):
        super().__init__(client, ledger, stop)
        self.address = f"/redakcja/tresci/{section}/pliki"
        self.picture = picture
        self.token = None

    def once(self, mark):
        if self.token is None:
            shown = self.insist(lambda: self.client.get(self.address))
            self.token = token_on(shown)
        fields = [("csrf_token", self.token), ("key", new_key())]
        data = self.picture()
        answer = self.insist(
            lambda: self.client.send_file(self.address, data, f"{mark}.png", fields)
        )
        assert answer.status_int == 200, answer.text
        self.ledger.note("sent", mark, answer.json["id"])
