"""Which addresses may be stored, and how an address of the portal becomes a node's number."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel", "node"})
MAX_LENGTH = 2048

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NODE = re.compile(r"node:([0-9]{1,18})([?#].*)?\Z")
_MAILBOX = re.compile(r"[^\s@:/?#]+@[^\s@:/?#]+\.[a-z]{2,}\Z", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[^\s/?#.]+\.", re.IGNORECASE)
_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FORBIDDEN = re.compile(r"[\s\"'<>`{}|^\\]|%(?![0-9a-fA-F]{2})")

Resolve = Callable[[str], int | None]


def tidy(address: str) -> str | None:
    """Return an address with an allowed scheme, a path of this portal or a fragment; else None."""
    address = _DROPPED.sub("", address).strip().replace("\\", "/")
    if not address or address == "#" or len(address) > MAX_LENGTH:
        return None
    address = _complete(address)
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    if not scheme and address[0] not in "/#":
        return None  # relative to a page that is not ours
    if scheme:
        address = scheme[0].lower() + address[scheme.end() :]
        if not _holds_something(address):
            return None
    return _FORBIDDEN.sub(lambda match: quote(match[0]), address)


def _complete(address: str) -> str:
    """Supply what people leave out when they type an address."""
    if _BARE_HOST.match(address):
        return f"https://{address}"
    if address.startswith("//"):
        return f"https://{address.lstrip('/')}"
    if _MAILBOX.match(address):
        return f"mailto:{address}"
    return address


def _holds_something(address: str) -> bool:
    if address.startswith("node:"):
        return _NODE.match(address) is not None
    if address.startswith("http"):
        try:
            return bool(urlsplit(address).hostname)
        except ValueError:  # such as an unclosed [ of an IPv6 host
            return False
    return not address.endswith(":")


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a link or an image of one text may point to.

    ``resolve`` gets a decoded path ("/projekty/wces") and returns the node's id, or None.
    ``hosts`` are this portal's own names, in lower case, without port.
    """

    resolve: Resolve | None = None
    hosts: Collection[str] = ()

    def link(self, href: str) -> str | None:
        """Return the address as stored: ``node:12#cele``, a path, a fragment, an outer address."""
        address = tidy(href)
        if address is None or address.startswith(("node:", "#", "mailto:", "tel:")):
            return address
        local = self._local(address)
        if local is None:
            return address
        path, rest = local
        plain = unquote(path)
        node = self.resolve(plain) if self.resolve and plain.isprintable() else None
        return f"{path}{rest}" if node is None else f"node:{node}{rest}"

    def image(self, src: str) -> str | None:
        """Return ``node:ID``, or None: pictures come from the portal's own store only."""
        address = self.link(src) if src else None
        match = _NODE.match(address or "")
        return f"node:{int(match[1])}" if match else None

    def _local(self, address: str) -> tuple[str, str] | None:
        """Path and the rest of an address of this portal."""
        parts = urlsplit(address)
        if parts.netloc and (parts.hostname or "") not in self.hosts:
            return None
        query = f"?{parts.query}" if parts.query else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        return path, query + fragment
