"""Ways out of the house: a mail server, a folder, the memory of the process.

`registry.mailer` is one of them. `send` returns when the message is in other hands. It raises
`Refused` when the reader's server says that it will never take it; every other exception means
"later".
"""

import os
import re
import smtplib
import ssl
import tempfile
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from wielkopolskaes.jobs.kinds import Hopeless

TIMEOUT = 20.0
PERMANENT = 500

_READER = re.compile(r"\S+@\S+")


class Refused(Hopeless):
    """The letter was refused for good."""


class Postponed(Exception):
    """The letter was not taken now."""


class Mailer(Protocol):
    """What takes messages out of the house."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message on; see the module for what may be raised."""


class SmtpMailer:
    """A mail server; one connection for each letter, so that none depends on another's."""

    def __init__(self, url: SplitResult, timeout: float = TIMEOUT) -> None:
        self._host = url.hostname or ""
        self._tls = url.scheme == "smtps"
        self._starttls = parse_qs(url.query).get("starttls") == ["1"]
        self._port = url.port or (465 if self._tls else 587 if self._starttls else 25)
        self._user, self._password = (unquote(part or "") for part in (url.username, url.password))
        self._timeout = timeout

    def send(self, message: EmailMessage) -> None:
        """Hand the message to the server.

        Addresses are taken out of what the server says: it goes into logs and the list of jobs.
        """
        try:
            self._send(message)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, text),) = error.recipients.values()
            raise _verdict(code, text) from None
        except smtplib.SMTPDataError as error:
            raise _verdict(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPResponseException as error:
            # The server does not want us, for now or until somebody corrects the settings.
            raise Postponed(_said(error.smtp_code, error.smtp_error)) from None

    def _send(self, message: EmailMessage) -> None:
        server = self._open()
        try:
            if self._starttls:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            # Not `send_message`: it writes ">From" where a line begins with "From".
            sender, reader = (parseaddr(message[name])[1] for name in ("From", "To"))
            server.sendmail(sender, [reader], message.as_bytes(policy=SMTP))
        except BaseException:
            server.close()
            raise
        # The letter is in other hands. A farewell that fails must not send it a second time.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()

    def _open(self) -> smtplib.SMTP:
        if self._tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)


def _verdict(code: int, text: bytes | str) -> Exception:
    return (Refused if code >= PERMANENT else Postponed)(_said(code, text))


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {_READER.sub('…', words)}"


class FolderMailer:
    """A folder of .eml files, which every mail program opens. The same letter is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write the file whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        when = parsedate_to_datetime(message["Date"])
        name = re.sub(r"[^\w.-]", "", message["Message-ID"].partition("@")[0], flags=re.ASCII)
        handle, partial = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes(policy=SMTP))
        Path(partial).rename(self.folder / f"{when:%Y%m%d-%H%M%S}-{name}.eml")


class MemoryMailer:
    """Keeps the messages for whoever asks; for tests and trials."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        """Keep the message; the same one again is the same one."""
        if message["Message-ID"] not in {kept["Message-ID"] for kept in self.sent}:
            self.sent.append(message)


def open_mailer(mail_url: str) -> Mailer:
    """Open the way that the settings name: smtp://, smtps://, file:///folder or memory:."""
    url = urlsplit(mail_url)
    if url.scheme == "file":
        return FolderMailer(Path(url.path))
    return MemoryMailer() if url.scheme == "memory" else SmtpMailer(url)
