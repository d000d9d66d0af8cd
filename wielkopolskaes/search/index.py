"""The index of this machine: opened when it is first asked, so that a start stays light."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyramid.registry import Registry

from wielkopolskaes.search.backend import Document, IndexDamaged, Page, Query

if TYPE_CHECKING:
    from wielkopolskaes.search.backend import Allowed
    from wielkopolskaes.search.corrections import Corrections
    from wielkopolskaes.search.whoosh_index.index import WhooshIndex


class NotReady(Exception):
    """There is no index yet, or none that can be read; one is being made."""


class Index:
    """What the portal searches with: `registry.search`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._corrections: tuple[int, Corrections] | None = None

    @cached_property
    def backend(self) -> "WhooshIndex":
        """Open the files; nothing is read before something is asked."""
        from wielkopolskaes.search.analysis import VERSION, analyse
        from wielkopolskaes.search.whoosh_index.index import WhooshIndex

        return WhooshIndex(self.folder, analyse, VERSION)

    def corrections(self) -> "Corrections":
        """Return what knows all words of the index, as it was when it was last asked."""
        from wielkopolskaes.search.corrections import Corrections

        position = self.backend.position()
        if self._corrections is None or self._corrections[0] != position:
            self._corrections = position, Corrections(self.backend.vocabulary())
        return self._corrections[1]

    def search(self, query: Query, allowed: "Allowed") -> Page:
        """Answer a query; raises NotReady while something else has to answer."""
        try:
            if not self.backend.position():
                raise NotReady
            return self.backend.search(query, allowed)
        except IndexDamaged as error:
            raise NotReady from error

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """List the most frequent words of all items that begin so; raises NotReady."""
        try:
            return self.backend.frequencies(prefix, limit)
        except IndexDamaged as error:
            raise NotReady from error

    def is_usable(self, newest: int) -> bool:
        """Tell whether the index can be carried on to the change with this number.

        It cannot when it is damaged, was made by another analysis, or knows changes that this
        database does not: then it is the index of another one, from before a backup.
        """
        try:
            return not self.backend.outdated() and self.backend.position() <= newest
        except IndexDamaged:
            return False

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        """Make the index anew beside the one that answers, and switch."""
        self.backend.rebuild(documents, upto)


def open_index(registry: Registry) -> Index:
    """Name the place of this portal's index."""
    return Index(registry.portal.var / "search")
