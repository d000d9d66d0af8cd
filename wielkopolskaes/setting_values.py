"""From the text of a setting to its value; each reader raises ValueError with what to write."""

import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from pyramid.settings import asbool

SHORTEST_SECRET = 32
# Where the index of the search lies: files of each machine, or tables of the portal's database.
SEARCH_BACKENDS = ("whoosh", "postgres")

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


def text(value: str) -> str:
    return value.strip()


def secret(value: str) -> str:
    if len(value.strip()) < SHORTEST_SECRET:
        raise ValueError(f"give at least {SHORTEST_SECRET} random characters")
    return value.strip()


def path(value: str) -> Path:
    return Path(value.strip()).expanduser().resolve()


def hosts(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.lower().replace(",", " ").split()))


def flag(value: str) -> bool:
    if value.strip().lower() not in {"true", "false", "yes", "no", "on", "off", "1", "0"}:
        raise ValueError("write true or false")
    return asbool(value)


def url_of(value: str) -> str:
    url = urlsplit(value.strip())
    if url.scheme not in {"http", "https"} or not url.hostname or url.query or url.fragment:
        raise ValueError("write an address like https://www.example.org")
    return value.strip().rstrip("/")


def url_or_nothing(value: str) -> str:
    return url_of(value) if value.strip() else ""


def exactly_or_nothing(value: str) -> str:
    """Read an address that is a name, too: with or without its last slash it is another one."""
    return value.strip() if url_or_nothing(value) else ""


def mail_url(value: str) -> str:
    url = urlsplit(value.strip())
    if url.scheme in {"smtp", "smtps"} and url.hostname and url.port != 0:
        return value.strip()
    if not value.strip() or value.strip() == "memory:" or (url.scheme == "file" and url.path):
        return value.strip()
    raise ValueError("write an address like smtp://user:password@host:587?starttls=1")


def mailbox(value: str) -> str:
    address = parseaddr(value)[1]
    if not _ADDRESS.fullmatch(address) or not value.strip().isprintable():
        raise ValueError("write an address like Portal <portal@example.org>")
    return value.strip()


def port(value: str) -> int:
    port = int(value) if value.strip().isascii() and value.strip().isdigit() else -1
    if not 0 <= port < 2**16:
        raise ValueError("write the number of a port, or 0 for none")
    return port


def search_backend(value: str) -> str:
    if value.strip() not in SEARCH_BACKENDS:
        raise ValueError(f"write {' or '.join(SEARCH_BACKENDS)}")
    return value.strip()
