"""What the page of a film shows besides its own fields, its row in the list, and its captions."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.section.asked import Row
from wielkopolskaes.content.section.queries import nearest
from wielkopolskaes.films.models import Film
from wielkopolskaes.films.players import Player, players
from wielkopolskaes.films.times import clock
from wielkopolskaes.films.transcripts import Part, transcript
from wielkopolskaes.films.vocabularies import ACCESS, KINDS, LANGUAGES
from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import VTT
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.records.crediting import by_role
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.desk import private
from wielkopolskaes.tree.traversal import hold
from wielkopolskaes.types import Request

# What people did, said above their names.
MADE_BY = {
    "director": _("Directed by"),
    "screenwriter": _("Written by"),
    "producer": _("Produced by"),
    "presenter": _("On screen"),
    "translator": _("Translated by"),
}
RELATED = ("results", "publications", "projects")
TRACK = "sciezka"


def present(film: Film, request: Request) -> dict[str, Any]:
    """Add the players, the transcript, and the words of the vocabularies."""
    say, parts = request.localizer.translate, request.parts
    main, others = players(film, request)
    hosts = (each.embed.host for each in (main, *others) if each and each.embed)
    text = transcript(film.transcript, film.tracks, film.chapters, film.lang)
    return {
        # The poster stands in the player.
        "image": None,
        "frames": tuple(dict.fromkeys(hosts)),
        "outline": outline(film, text, others, request),
        "film": {
            "kind": say(KINDS.get(film.film_kind or "", _("Film"))),
            "main": main,
            "others": others,
            "poster": _poster(request),
            "people": by_role(film.people, MADE_BY, say),
            "languages": [say(LANGUAGES[lang]) for lang in film.languages],
            "access": [say(ACCESS[name]) for name in film.access],
            "duration": clock(film.duration) if film.duration else "",
            "chapters": [_moment(each["at"], main) | each for each in film.chapters],
            "transcript": [_part(part, main) for part in text],
            "plan": _plan(film, request),
            "permanent": absolute(request, f"/f/{film.code}"),
            "base": nearest(film, "films", request),
            "related": [card for role in RELATED for card in parts.all(role)],
        },
    }


def row(card: Card, request: Request) -> Row:
    """Say what a list shows of a film."""
    say, extra = request.localizer.translate, card.extra
    kind = KINDS.get(extra["film_kind"] or "", _("Film"))
    facts = (
        ("clock", clock(extra["duration"]) if extra["duration"] else ""),
        ("house", "; ".join(extra["producers"])),
        ("ok", ", ".join(say(ACCESS[name]) for name in extra["access"])),
    )
    year = str(extra["year"] or say(_("n.d.")))
    return Row(year, say(kind), [fact for fact in facts if fact[1]])


def captions(context: Film, request: Request) -> Response:
    """Send one track to the player; the number is its place among the film's tracks, from 0."""
    number = request.GET.get(TRACK, "0")
    film: Any = hold(request.dbsession, context)
    # A longer number is of no track, and costs time.
    known = number.isascii() and number.isdecimal() and len(number) < 3
    if not known or int(number) >= len(film.tracks):
        raise HTTPNotFound
    response = Response(film.tracks[int(number)]["text"], content_type=VTT.mime, charset="utf-8")
    if not film.is_public(request.now):
        return private(response)
    request.cacheable(TRACK)
    request.uses(f"node:{film.id}")
    return response


def outline(
    film: Film, text: list[Part], others: list[Player], request: Request
) -> list[dict[str, Any]]:
    """List the parts that the page has, for its table of contents."""
    say = request.localizer.translate
    wanted = (
        ("rozdzialy", _("Chapters"), film.chapters),
        ("wersje", _("Other versions"), others),
        ("dane", _("The film in brief"), True),
        ("transkrypcja", _("Transcript"), text),
        ("cytuj", _("Cite this record"), film.is_public(request.now)),
    )
    return [{"level": 2, "id": id_, "title": say(title)} for id_, title, there in wanted if there]


def _poster(request: Request) -> dict[str, Any] | None:
    """Return the picture that stands in the player before anybody has clicked."""
    found = next((card.extra for card in request.parts.all("image")), None)
    return found and found | {"address": image_url(found, "16x9")}


def _part(part: Part, main: Player | None) -> dict[str, Any]:
    """Give each moment its address, and an id to the first paragraph of a second."""
    known: set[int | None] = {None}
    paragraphs = []
    for each in part.paragraphs:
        moment = {} if each.at is None else _moment(each.at, main)
        is_first = each.at not in known
        known.add(each.at)
        paragraphs.append(moment | {"words": each, "id": f"t={each.at}" if is_first else ""})
    return {"title": part.title, "paragraphs": paragraphs}


def _moment(at: int, main: Player | None) -> dict[str, Any]:
    href = main.at(at) if main else ""
    return {"at": at, "clock": clock(at), "href": href, "leads": main is not None}


def _plan(film: Film, request: Request) -> dict[str, Any] | None:
    """Tell of captions that are promised, while they are not there."""
    if not film.plan_on or {"captions", "transcript"} <= set(film.access):
        return None
    request.fresh_until(next_midnight(request.now))
    late = film.plan_on < day_of(request.now)
    return {"day": film.plan_on, "reason": film.plan_reason, "late": late}
