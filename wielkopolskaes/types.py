"""What the portal's parts add to Pyramid's request, for the type checker and the reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pyramid.request import Request as PyramidRequest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from wielkopolskaes.media.store import FileStore
    from wielkopolskaes.settings import Settings

T = TypeVar("T")


class Memo(Protocol):
    """`request.memo`; `cache.marks.memo` says what it does."""

    def __call__(
        self,
        key: Hashable,
        tags: Iterable[str],
        load: Callable[[], T],
        until: Callable[[T], datetime | None] | None = None,
        used: Callable[[T], Iterable[str]] | None = None,
    ) -> T:
        """Return what is kept, or load it."""


class MadeOnce(Protocol):
    """`request.made_once`; `cache.marks.made_once` says what it does."""

    def __call__(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept, or make it."""


class Recall(Protocol):
    """`request.recall`; `cache.marks.recall` says what it does."""

    def __call__(
        self,
        key: Hashable,
        tags: Callable[[T], Iterable[str]],
        load: Callable[[], T],
        keep: Callable[[T], bool],
    ) -> T:
        """Return what is kept, or load it."""


class Request(PyramidRequest):
    """A request as the configurator equips it; nothing here runs."""

    dbsession: Session
    portal: Settings
    files: FileStore
    now: datetime
    tm: Any
    uses: Callable[..., None]
    memo: Memo
    made_once: MadeOnce
    recall: Recall
    cacheable: Callable[..., None]
    fresh_until: Callable[[datetime | None], None]
