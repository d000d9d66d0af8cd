"""Films in the terms that catalogues share."""

from wielkopolskaes.content.registry import Say, Uses
from wielkopolskaes.films.embeds import read_embed
from wielkopolskaes.films.models import Film
from wielkopolskaes.films.vocabularies import KINDS
from wielkopolskaes.records.record import (
    Contributor,
    Kind,
    Record,
    Role,
    Subject,
    addresses,
    file_of,
)

FILM = "f"
# The letters of records that a film may be related to; pages of projects have none.
_RELATED = {"results": "r", "publications": "p", "projects": "e"}
# In the words of schema.org (accessibilityFeature).
_FEATURES = {
    "captions": "captions", "transcript": "transcript", "described": "audioDescription",
    "signed": "signLanguage",
}  # fmt: skip


def of_film(film: Film, uses: Uses, say: Say) -> Record:
    """Tell what is known of a film."""
    people = (Contributor(each["name"], Role(each["role"])) for each in film.people)
    makers = (Contributor(name, Role.PRODUCER, is_person=False) for name in film.producers)
    known = read_embed(film.embed) if film.availability == "embed" else None
    kind, is_here = film.film_kind, film.availability == "file"
    return Record(
        node_id=film.id,
        letter=FILM,
        code=film.code,
        kind=Kind.FILM,
        path=film.path,
        title=film.title,
        lang=film.lang,
        title_lang=film.title_lang or "",
        version=film.version,
        modified=film.updated_at,
        abstract=film.lead,
        contributors=(*people, *makers),
        publisher="; ".join(film.producers),
        issued=str(film.year or ""),
        duration=film.duration,
        licence=film.licence,
        source=film.source,
        source_url=film.source_url,
        link=known.page if known else film.link if film.availability == "link" else "",
        subjects=(
            *((Subject("film kind", kind, say(KINDS[kind])),) if kind else ()),
            *(Subject("", each, each) for each in film.subjects),
        ),
        relations=tuple(
            address
            for role, letter in _RELATED.items()
            for address in addresses(letter, uses.get(role, ()))
        ),
        files=tuple(map(file_of, uses.get("film_file", ()))) if is_here else (),
        player=known.player if known else "",
        features=tuple(_FEATURES[name] for name in film.card.get("access", ())),
    )
