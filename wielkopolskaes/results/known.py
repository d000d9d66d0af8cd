"""What only one project should have."""

from collections.abc import Iterator, Mapping
from typing import Any

from wielkopolskaes.content.registry import KnownBy


def keys(values: Mapping[str, Any]) -> Iterator[str]:
    """Give the number in its programme; results of one project share it, projects do not."""
    if values.get("number"):
        yield f"{values.get('programme') or 'equal'} {values['number'].strip().upper()}"


PROJECT = KnownBy(fields=("programme", "number"), keys=keys)
