"""Publications in the terms that catalogues share."""

from wielkopolskaes.content.registry import Say, Uses
from wielkopolskaes.content.richtext import text_of
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.publications.vocabularies import KINDS
from wielkopolskaes.records.record import (
    Contributor,
    Kind,
    Record,
    Role,
    Subject,
    addresses,
    file_of,
)

PUBLICATION, RESULT, PROJECT = "p", "r", "e"
_KINDS = {
    "article": Kind.ARTICLE,
    "report": Kind.REPORT, "programme": Kind.REPORT, "statistics": Kind.REPORT,
}  # fmt: skip


def of_publication(publication: Publication, uses: Uses, say: Say) -> Record:
    """Tell what is known of a publication."""
    kind = publication.publication_kind
    people = (Contributor(each["name"], Role(each["role"])) for each in publication.people)
    title = (publication.title, publication.subtitle)
    return Record(
        node_id=publication.id,
        letter=PUBLICATION,
        code=publication.code,
        kind=_KINDS.get(kind or "", Kind.BOOK),
        path=publication.path,
        title=": ".join(filter(None, title)),
        lang=publication.lang,
        title_lang=publication.title_lang or "",
        version=publication.version,
        modified=publication.updated_at,
        abstract=publication.lead or text_of(publication.abstract),
        contributors=tuple(people),
        publisher="; ".join(publication.publishers),
        place=publication.place,
        issued=str(publication.year or ""),
        series=publication.series,
        number=publication.number_in_series,
        isbn=publication.isbn,
        issn=publication.issn,
        doi=publication.doi,
        pages=publication.pages,
        licence=publication.licence,
        source=publication.source,
        source_url=publication.source_url,
        link=publication.link,
        subjects=(Subject("publication kind", kind, say(KINDS[kind])),) if kind else (),
        relations=(
            *addresses(RESULT, uses.get("results", ())),
            *addresses(PROJECT, uses.get("projects", ())),
        ),
        files=tuple(map(file_of, uses.get("files", ()))),
    )
