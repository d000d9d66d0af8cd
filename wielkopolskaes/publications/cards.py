"""What lists show of publications."""

from typing import Any

from wielkopolskaes.publications.models import Publication


def of_publication(publication: Publication) -> dict[str, Any]:
    """Keep what tells one publication from another at a glance."""
    return {
        "code": publication.code,
        "title_lang": publication.title_lang,
        "publication_kind": publication.publication_kind,
        "people": [person["name"] for person in publication.people],
        "year": publication.year,
        "publishers": publication.publishers,
        "number_in_series": publication.number_in_series,
    }
