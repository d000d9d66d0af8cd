"""Markup that is the same in many forms: rendered once with room for what differs, then filled."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

# No text of ours holds the sign, and what people typed never becomes part of a pattern.
_MARK = re.compile("\0([^\0]+)\0")

# Markup and the names of what belongs between, in turns.
Pattern = tuple[str, ...]


def mark(name: str) -> Markup:
    """Return what stands in the place of a value while the pattern is made."""
    # A sign that no page shows.
    return Markup(f"\0{name}\0")  # noqa: S704


def pattern_of(html: str) -> Pattern:
    """Cut rendered markup at its marks."""
    return tuple(_MARK.split(html))


def fill(pattern: Pattern, values: Mapping[str, Any]) -> Markup:
    """Put the values in their places, escaped unless they are markup."""
    pieces = list(pattern)
    for place in range(1, len(pieces), 2):
        pieces[place] = escape(values[pieces[place]])
    # The rest has been escaped by the template.
    return Markup("".join(pieces))  # noqa: S704
