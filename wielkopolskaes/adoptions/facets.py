"""What the stories of adoptions can be narrowed by."""

from collections.abc import Iterator

from sqlalchemy.orm import object_session

from wielkopolskaes.adoptions.models import Adoption
from wielkopolskaes.adoptions.places import county_or_voivodeship
from wielkopolskaes.adoptions.queries import code_of_result, titles_of_results
from wielkopolskaes.adoptions.vocabularies import KINDS
from wielkopolskaes.i18n import _
from wielkopolskaes.search.facets import Facet, latest_first, worded
from wielkopolskaes.territory import name_of
from wielkopolskaes.types import Request


def facets(request: Request) -> tuple[Facet, ...]:
    """Return the ways to narrow, in the reader's language."""
    say = request.localizer.translate
    titles = titles_of_results(request)
    return (
        Facet("adopted", "rezultat", say(_("Result")), lambda code: titles.get(code, code)),
        Facet("adoptedin", "powiat", say(_("County")), name_of),
        Facet("adoptedon", "od", say(_("Year")), str, order=latest_first),
        worded(request, "adopter", "organizacja", _("Kind of organisation"), KINDS),
    )


def tags(adoption: Adoption) -> Iterator[str]:
    """Yield the words that an adoption is found by."""
    session = object_session(adoption)
    code = code_of_result(session, adoption.id) if session else None
    if code:
        yield f"adopted:{code}"
    if adoption.area:
        yield f"adoptedin:{county_or_voivodeship(adoption.area)}"
    if adoption.adopted_on:
        yield f"adoptedon:{adoption.adopted_on[:4]}"
    if adoption.organisation_kind:
        yield f"adopter:{adoption.organisation_kind}"
