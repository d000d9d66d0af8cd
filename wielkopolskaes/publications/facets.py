"""What the library can be narrowed by."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy.orm import object_session

from wielkopolskaes.content.document.schemas import ACCESSIBLE
from wielkopolskaes.i18n import _
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.publications.queries import public_files
from wielkopolskaes.publications.vocabularies import ELSEWHERE, KINDS, LANGUAGES
from wielkopolskaes.search.facets import Facet, latest_first, worded
from wielkopolskaes.types import Request


def facets(request: Request) -> tuple[Facet, ...]:
    """Return the ways to narrow, in the reader's language."""
    say = request.localizer.translate
    return (
        worded(request, "pubkind", "rodzaj", _("Kind of publication"), KINDS),
        Facet("pubyear", "rok", say(_("Year")), str, order=latest_first),
        Facet("series", "seria", say(_("Series or magazine")), str),
        Facet("person", "osoba", say(_("Person")), str),
        Facet("publisher", "wydawca", say(_("Publisher")), str),
        worded(request, "publang", "jezyk", _("Language"), LANGUAGES),
        Facet("format", "format", say(_("Format")), lambda ending: _format(ending, say)),
        worded(request, "accessible", "dostepnosc", _("Accessible file"), ACCESSIBLE),
    )


def _format(ending: str, say: Callable[[str], str]) -> str:
    return say(_("on another site")) if ending == ELSEWHERE else ending.upper()


def tags(publication: Publication) -> Iterator[str]:
    """Yield the words that a publication is found by."""
    if publication.publication_kind:
        yield f"pubkind:{publication.publication_kind}"
    if publication.year:
        yield f"pubyear:{publication.year}"
    if publication.series:
        yield f"series:{publication.series}"
    for person in publication.people:
        yield f"person:{person['name']}"
    for publisher in publication.publishers:
        yield f"publisher:{publisher}"
    for lang in publication.languages or [publication.lang]:
        yield f"publang:{lang}"
    yield from _tags_of_files(publication)


def _tags_of_files(publication: Publication) -> Iterator[str]:
    session = object_session(publication)
    files = public_files(session, publication.id, datetime.now(UTC)) if session else []
    for filename, accessible in files:
        yield f"format:{filename.rpartition('.')[2].lower()}"
        yield f"accessible:{accessible}"
    if publication.link:
        yield f"format:{ELSEWHERE}"
