"""How a film is played: from our own file, by another service after a click, or on its own page."""

from typing import Any, NamedTuple

from wielkopolskaes.content.cards import Card
from wielkopolskaes.films.embeds import Embed, read_embed
from wielkopolskaes.films.models import Film
from wielkopolskaes.films.vocabularies import SPOKEN, VERSIONS
from wielkopolskaes.media.kinds import FILMS
from wielkopolskaes.media.pictures import document_url
from wielkopolskaes.types import Request

_MIMES = frozenset(kind.mime for kind in FILMS)


class Track(NamedTuple):
    """A file of captions for the player."""

    kind: str
    lang: str
    label: str
    href: str
    default: bool


class Player(NamedTuple):
    """A file of ours, a film of another service, or (both empty) a page elsewhere.

    `title` says which version of the film it is, "" for the film itself.
    """

    title: str
    file: str = ""
    mime: str = ""
    size: int = 0
    tracks: tuple[Track, ...] = ()
    embed: Embed | None = None
    page: str = ""

    def at(self, seconds: int) -> str:
        """Return where the film plays from a moment on, without a script."""
        if self.file:
            return f"{self.file}#t={seconds}"
        return self.embed.at(seconds) if self.embed else ""


def players(film: Film, request: Request) -> tuple[Player | None, list[Player]]:
    """Return the film's own player, and those of its other versions, as far as they may be seen."""
    found = [_version(film, each, request) for each in film.versions]
    return _main(film, request), [player for player in found if player]


def _main(film: Film, request: Request) -> Player | None:
    if film.availability == "file":
        card = next(iter(request.parts.all("film_file")), None)
        return _of_file("", card, _tracks(film, request))
    if film.availability == "embed":
        return _of_embed("", film.embed)
    return None


def _version(film: Film, version: dict[str, Any], request: Request) -> Player | None:
    title = request.localizer.translate(VERSIONS[version["kind"]])
    files = {card.id: card for card in request.parts.all("version_file")}
    own = _of_file(title, files.get(version["version_file"]), _tracks(film, request))
    return own or _of_embed(title, version["address"])


def _of_file(title: str, card: Card | None, tracks: tuple[Track, ...]) -> Player | None:
    if card is None or card.kind != "document" or card.extra["mime"] not in _MIMES:
        return None
    known = card.extra
    return Player(title, document_url(known), known["mime"], known["size"], tracks)


def _of_embed(title: str, address: str) -> Player | None:
    known = read_embed(address) if address else None
    return Player(title, embed=known, page=known.page) if known else None


def _tracks(film: Film, request: Request) -> tuple[Track, ...]:
    """List the captions; those in the language of the page are shown from the start."""
    say, shown = request.localizer.translate, False
    found = []
    for number, track in enumerate(film.tracks):
        default = not shown and track["kind"] == "captions" and track["lang"] == film.lang
        shown = shown or default
        href = f"{film.path}/napisy.vtt?sciezka={number}"
        found.append(Track(track["kind"], track["lang"], say(SPOKEN[track["lang"]]), href, default))
    return tuple(found)
