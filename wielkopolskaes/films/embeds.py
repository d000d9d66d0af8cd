"""Films of other services, known by patterns of addresses; nothing is ever asked of them here."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_PASTED = re.compile(r"<iframe[^>]*\ssrc=[\"']([^\"']{1,500})[\"']", re.IGNORECASE)
_YOUTUBE = re.compile(r"[\w-]{11}", re.ASCII)
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{11})/?", re.ASCII)
_VIMEO_PATH = re.compile(r"/(?:video/)?([0-9]{5,12})(?:/([0-9a-f]{6,16}))?/?")
_VIMEO_HASH = re.compile(r"[0-9a-f]{6,16}")
_PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/watch|videos/embed)/([1-9A-HJ-NP-Za-km-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?"
)
_HOST = re.compile(r"(?=.{4,200}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_YOUTUBE_HOSTS = {
    "youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be",
}  # fmt: skip
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}


class Embed(NamedTuple):
    """A film of another service.

    `company` gets the reader's data at the click, from `host`; `player` begins to play at once,
    `page` is where the film stands there. What `player_at` and `page_at` add leads to a second.
    """

    service: str
    company: str
    host: str
    player: str
    player_at: str
    page: str
    page_at: str

    def at(self, seconds: int) -> str:
        """Return the address of the film's page at a moment."""
        return self.page + self.page_at.format(seconds)


def read_embed(address: str) -> Embed | None:
    """Recognise a film by its address, or by the code that the service offers for pasting."""
    pasted = _PASTED.search(address)
    try:
        url = urlsplit((pasted[1] if pasted else address).strip())
        host, port = (url.hostname or "").lower(), url.port
    except ValueError:
        return None
    if url.scheme != "https" or url.username is not None or port not in (None, 443):
        return None
    read: Callable[[str, str, dict[str, list[str]]], Embed | None] = _peertube
    if host in _YOUTUBE_HOSTS:
        read = _youtube
    elif host in _VIMEO_HOSTS:
        read = _vimeo
    return read(host, url.path, parse_qs(url.query))


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> Embed | None:
    match = _YOUTUBE_PATH.fullmatch(path)
    id_ = match[1] if match else path[1:] if host == "youtu.be" else query.get("v", [""])[0]
    if not _YOUTUBE.fullmatch(id_):
        return None
    own = "www.youtube-nocookie.com"
    # Captions are on from the start; what is offered at the end comes from the same channel.
    player = f"https://{own}/embed/{id_}?autoplay=1&rel=0&cc_load_policy=1"
    page = f"https://www.youtube.com/watch?v={id_}"
    return Embed("YouTube", "Google", own, player, "&start={}", page, "&t={}s")


def _vimeo(_host: str, path: str, query: dict[str, list[str]]) -> Embed | None:
    match = _VIMEO_PATH.fullmatch(path)
    if match is None:
        return None
    secret = match[2] or query.get("h", [""])[0]
    if secret and not _VIMEO_HASH.fullmatch(secret):
        return None
    own = "player.vimeo.com"
    player = f"https://{own}/video/{match[1]}?dnt=1&autoplay=1" + (f"&h={secret}" if secret else "")
    page = f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else "")
    return Embed("Vimeo", "Vimeo", own, player, "#t={}s", page, "#t={}s")


def _peertube(host: str, path: str, _query: dict[str, list[str]]) -> Embed | None:
    match = _PEERTUBE_PATH.fullmatch(path)
    if match is None or not _HOST.fullmatch(host):
        return None
    # Without p2p the addresses of readers do not go to other people who watch the film.
    player = f"https://{host}/videos/embed/{match[1]}?autoplay=1&p2p=0"
    page = f"https://{host}/w/{match[1]}"
    return Embed("PeerTube", host, host, player, "&start={}s", page, "?start={}s")
