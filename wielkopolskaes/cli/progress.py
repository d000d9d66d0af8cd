"""Progress on long work, on standard error, and only when somebody watches."""

import sys
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def progress(items: Iterable[T], what: str) -> Iterable[T]:
    """Pass the items on and show how far they have come."""
    from tqdm import tqdm

    return tqdm(items, desc=what, file=sys.stderr, disable=None, leave=False)
