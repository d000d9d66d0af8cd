"""The last part of an address: its form, and the words that are not free."""

import re

# The column is wider: in the trash a slug carries the number of its item.
MAX_SLUG = 100
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# First segments that routes answer. A test compares them with the routes that exist.
RESERVED_FIRST = frozenset({
    "admin", "api", "healthz", "konto", "login", "mapa-serwisu", "metrics", "nowe-haslo",
    "obrazy", "pliki", "poczta", "powiadomienia", "readyz", "redakcja", "static", "styleguide",
    "szukaj", "wdrozylismy", "wyglad", "wyloguj", "zaloguj", "zaproszenie", "znak",
    "oai", "otwarte-dane",
    # Permanent addresses of records.
    "e", "f", "p", "r",
})  # fmt: skip
# Names of views under an item: a child with that slug would hide the view, or the view it.
RESERVED_ANYWHERE = frozenset({"index", "kompletnosc", "mapa", "porownaj"})


class SlugError(ValueError):
    """The wanted slug cannot be used; the value says which one."""


class SlugInvalid(SlugError):
    """Not lower-case ASCII letters, digits and single hyphens, or too long."""


class SlugReserved(SlugError):
    """The portal itself answers at this address."""


class SlugTaken(SlugError):
    """A sibling already answers to this slug."""


def check_slug(slug: str, *, first: bool) -> None:
    """Refuse a slug that is malformed or reserved; `first` tells that it begins the path."""
    if len(slug) > MAX_SLUG or not _FORM.fullmatch(slug):
        raise SlugInvalid(slug)
    if slug in RESERVED_ANYWHERE or (first and slug in RESERVED_FIRST):
        raise SlugReserved(slug)
