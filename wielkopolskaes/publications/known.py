"""What only one publication should have."""

from collections.abc import Iterator, Mapping
from typing import Any

from wielkopolskaes.content.registry import KnownBy

# Many of these share the number of their magazine.
_PARTS = ("article",)


def keys(values: Mapping[str, Any]) -> Iterator[str]:
    """Give ISBN, DOI, and the number of a magazine, each as it is compared."""
    from stdnum import isbn

    if values.get("isbn") and isbn.is_valid(values["isbn"]):
        yield f"ISBN {isbn.to_isbn13(isbn.compact(values['isbn']))}"
    if values.get("doi"):
        yield f"DOI {values['doi'].lower()}"
    number = (values.get("number_in_series") or "").strip().lower()
    if values.get("issn") and number and values.get("publication_kind") not in _PARTS:
        yield f"ISSN {values['issn']} {number}"


KNOWN_BY = KnownBy(
    fields=("isbn", "doi", "issn", "number_in_series", "publication_kind"),
    keys=keys,
    titles=("title", "subtitle"),
)
