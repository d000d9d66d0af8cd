"""One suite for every way out of the house, and what only the mail server can do."""

from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPServerDisconnected
from urllib.parse import urlsplit

import pytest

from tests.letters.servers import Manners, free_port, mail_server, silent_server
from wielkopolskaes.letters.mailers import (
    FolderMailer,
    MemoryMailer,
    Postponed,
    Refused,
    SmtpMailer,
    open_mailer,
)
from wielkopolskaes.letters.messages import compose
from wielkopolskaes.letters.models import Letter

SENDER = "Wielkopolska Ekonomia Społeczna <portal@example.org>"
TEXT = "Zażółć gęślą jaźń.\n\n" + "Bardzo długi wiersz " * 80 + "\n.\nFrom tu\n"
HTML = "<!doctype html>\n<p>Zażółć gęślą jaźń.</p>\n"


def letter(**changes):
    columns = {
        "to": "lucja@example.org",
        "lang": "pl",
        "subject": "Zażółć gęślą jaźń, a do tego bardzo długi temat, który się zawija w pół słowa",
        "text": TEXT,
        "html": HTML,
        "message_id": "<0123456789abcdef0123456789abcdef@example.org>",
        "created_at": datetime(2026, 5, 4, 12, tzinfo=UTC),
    }
    return Letter(**columns | changes)


@contextmanager
def smtp(tmp_path):
    manners = Manners()
    with mail_server(manners) as mailer:
        yield mailer, lambda: manners.received


@contextmanager
def folder(tmp_path):
    mailer = open_mailer(f"file://{tmp_path}/mail")
    yield (
        mailer,
        lambda: [
            message_from_bytes(path.read_bytes(), policy=default)
            for path in sorted(mailer.folder.glob("*.eml"))
        ],
    )


@contextmanager
def memory(tmp_path):
    mailer = open_mailer("memory:")
    yield (
        mailer,
        lambda: [message_from_bytes(message.as_bytes(), policy=default) for message in mailer.sent],
    )


@pytest.fixture(params=[smtp, folder, memory])
def way(request, tmp_path):
    with request.param(tmp_path) as way:
        yield way


def test_a_letter_arrives_as_it_was_written(way):
    mailer, arrived = way

    mailer.send(compose(letter(), SENDER))

    (message,) = arrived()
    assert message["Subject"] == letter().subject
    assert message["To"] == "lucja@example.org"
    assert message["From"] == SENDER
    assert message["Message-ID"] == letter().message_id
    assert message["Date"].datetime == letter().created_at
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "pl"
    plain, html = message.get_payload()
    assert plain.get_content_type() == "text/plain"
    assert plain.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content_type() == "text/html"
    assert html.get_content().replace("\r\n", "\n") == HTML


def test_two_letters_are_two(way):
    mailer, arrived = way

    for number in (1, 2):
        mailer.send(compose(letter(message_id=f"<{number}@example.org>"), SENDER))

    ids = {message["Message-ID"] for message in arrived()}
    assert ids == {
        "<1@example.org>",
        "<2@example.org>",
    }


@pytest.mark.parametrize("make", [folder, memory])
def test_a_letter_sent_twice_is_one_where_its_name_is_known(make, tmp_path):
    with make(tmp_path) as (mailer, arrived):
        for _attempt in range(2):
            mailer.send(compose(letter(), SENDER))
        assert len(arrived()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "lucja@example.org\nBcc: all@example.org"},
        {"subject": "Dzień dobry\r\nBcc: all@example.org"},
        {"message_id": "<1@example.org>\nX-Own: 1"},
    ],
)
def test_no_value_breaks_out_of_its_line_of_the_head(changes):
    with pytest.raises(ValueError, match=r"linefeed|CR or LF|newline|header"):
        compose(letter(**changes), SENDER).as_bytes()


def test_nothing_half_written_lies_in_the_folder(tmp_path):
    mailer = FolderMailer(tmp_path)
    mailer.send(compose(letter(message_id="<../../../etc/x@example.org>"), SENDER))

    (path,) = tmp_path.iterdir()
    assert path.name == "20260504-120000-......etcx.eml"


@pytest.fixture
def manners():
    return Manners()


@pytest.fixture
def mailer(manners):
    with mail_server(manners) as mailer:
        yield mailer


@pytest.mark.parametrize("step", ["to_recipient", "to_data"])
@pytest.mark.parametrize(("answer", "verdict"), [("550", Refused), ("450", Postponed)])
def test_the_reply_decides_between_never_and_later(mailer, manners, step, answer, verdict):
    setattr(manners, step, f"{answer} <lucja@example.org> says no")

    with pytest.raises(verdict) as caught:
        mailer.send(compose(letter(), SENDER))

    assert str(caught.value) == f"{answer} … says no"
    assert manners.received == []


def test_a_rude_farewell_does_not_unsend_a_letter(mailer, manners):
    manners.rude_farewell = True

    mailer.send(compose(letter(), SENDER))

    assert len(manners.received) == 1


def test_a_server_that_is_down_means_later():
    with pytest.raises(OSError, match="refused"):
        open_mailer(f"smtp://127.0.0.1:{free_port()}").send(compose(letter(), SENDER))


def test_a_server_that_says_nothing_is_given_up_for_now():
    with silent_server() as port:
        mailer = SmtpMailer(urlsplit(f"smtp://127.0.0.1:{port}"), timeout=0.05)
        with pytest.raises(SMTPServerDisconnected, match="timed out"):
            mailer.send(compose(letter(), SENDER))


def test_no_password_travels_in_the_open(manners):
    with mail_server(manners) as plain:
        mailer = open_mailer(f"smtp://portal:hidden@127.0.0.1:{plain._port}?starttls=1")
        with pytest.raises(Exception, match="STARTTLS"):
            mailer.send(compose(letter(), SENDER))
    assert manners.received == []


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.test", 25),
        ("smtp://mail.test?starttls=1", 587),
        ("smtps://mail.test", 465),
        ("smtps://mail.test:2465", 2465),
    ],
)
def test_the_port_follows_from_the_address(url, port):
    assert open_mailer(url)._port == port


def test_a_password_may_hold_signs_of_an_address():
    assert open_mailer("smtps://portal:p%40ss%3A@mail.test")._password == "p@ss:"


def test_the_memory_is_a_mailer():
    assert isinstance(open_mailer("memory:"), MemoryMailer)
