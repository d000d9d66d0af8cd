"""What the database of films can be narrowed by."""

from collections.abc import Iterator

from wielkopolskaes.films.models import Film
from wielkopolskaes.films.vocabularies import ACCESS, KINDS, LANGUAGES, WHERE
from wielkopolskaes.i18n import _
from wielkopolskaes.search.facets import Facet, latest_first, worded
from wielkopolskaes.types import Request


def facets(request: Request) -> tuple[Facet, ...]:
    """Return the ways to narrow, in the reader's language."""
    say = request.localizer.translate
    return (
        worded(request, "filmkind", "rodzaj", _("Kind of film"), KINDS),
        worded(request, "filmaccess", "dostepnosc", _("Accessibility"), ACCESS),
        worded(request, "filmwhere", "gdzie", _("Where it can be watched"), WHERE),
        Facet("filmyear", "rok", say(_("Year")), str, order=latest_first),
        Facet("filmmaker", "osoba", say(_("Producer or person")), str),
        worded(request, "filmlang", "jezyk", _("Language"), LANGUAGES),
    )


def tags(film: Film) -> Iterator[str]:
    """Yield the words that a film is found by."""
    if film.film_kind:
        yield f"filmkind:{film.film_kind}"
    for name in film.access:
        yield f"filmaccess:{name}"
    if film.availability:
        yield f"filmwhere:{film.availability}"
    if film.year:
        yield f"filmyear:{film.year}"
    for name in dict.fromkeys([*film.producers, *(person["name"] for person in film.people)]):
        yield f"filmmaker:{name}"
    for lang in film.languages or [film.lang]:
        yield f"filmlang:{lang}"
