"""The backend on Whoosh's files; see `backend.Backend` for what each verb promises."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from wielkopolskaes.search.backend import (
    Allowed,
    Change,
    Document,
    IndexDamaged,
    Page,
    Query,
    Report,
)
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.search.whoosh_index.building import build, renewed
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.executor import search
from wielkopolskaes.search.whoosh_index.keeping import keep
from wielkopolskaes.search.whoosh_index.layout import Layout, check_index, copy_index
from wielkopolskaes.search.whoosh_index.merging import TOO_MANY, merge_parts, worth_merging
from wielkopolskaes.search.whoosh_index.reading import Reading
from wielkopolskaes.search.whoosh_index.schema import FORMAT
from wielkopolskaes.search.whoosh_index.verification import verify
from wielkopolskaes.search.whoosh_index.view import Part, View, open_view
from wielkopolskaes.search.whoosh_index.writing import read_contents, write_contents

log = logging.getLogger(__name__)

BUDGET = 64 << 20
T = TypeVar("T")


class WhooshIndex:
    """`analysis` is the version of what makes the tokens; `budget` bounds the caches, in bytes.

    Beside the caches a process holds the terms and vocabularies of the segments, about a sixth
    of the index.
    """

    def __init__(
        self, root: Path, analyse: Analyse, analysis: str = "", *, budget: int = BUDGET
    ) -> None:
        self.layout = Layout(root)
        self.analyse = analyse
        self.version = f"{FORMAT}-{analysis}"
        self.cache = Cache(budget)
        self._reading = Reading(self.layout)

    def _asked(self, ask: Callable[[View], T]) -> T:
        try:
            return ask(self._reading.view())
        except IndexDamaged:
            raise
        except Exception:
            log.exception("the search index could not answer")
            self._reading.doubt()
        return ask(self._reading.view())

    def position(self) -> int:
        return self._asked(lambda view: view.position)

    def search(self, query: Query, allowed: Allowed | None = None) -> Page:
        return self._asked(lambda view: search(view, query, allowed, self.cache))

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._asked(lambda view: view.frequencies(prefix, limit))

    def vocabulary(self) -> Mapping[str, int]:
        return self._asked(lambda view: view.vocabulary)

    def documents(self) -> Sequence[int]:
        return self._asked(View.ids)

    def outdated(self) -> bool:
        """Tell whether words were made by another version of the analysis: make it anew."""
        return self._asked(lambda view: bool(view.analyses - {self.version}))

    @contextmanager
    def _writing(self) -> Iterator[View]:
        with self.layout.writing():
            yield self._reading.view(newest=True)

    def apply(self, changes: Iterable[Change], upto: int) -> None:
        newest = {change.id: change.document for change in changes}
        with self._writing() as view:
            segments = read_contents(view.folder, view.commit)
            for listed, part in zip(segments, view.parts, strict=True):
                for number in _found(part, newest):
                    listed.delete_document(number)
            documents = (document for document in newest.values() if document)
            upto = max(upto, view.position)
            segments += build(view.folder, documents, upto, self.analyse, self.version)
            after = self._commit(view, segments)
            self._merge(after, worth_merging(after.parts, TOO_MANY))

    def _commit(self, view: View, segments: Sequence[object]) -> View:
        write_contents(view.folder, segments, view.commit + 1)
        view = open_view(view.folder, view)
        self._reading.hold(view)
        return view

    def _merge(self, view: View, parts: Sequence[Part]) -> None:
        if not parts:
            return
        names = {part.segment.name for part in parts}
        kept = [s for s in read_contents(view.folder, view.commit) if s.segment_id() not in names]
        self._commit(view, [*kept, merge_parts(view.folder, parts)])

    def settle(self) -> None:
        with self._writing() as view:
            self._merge(view, worth_merging(view.parts))

    def optimise(self) -> None:
        """Make one segment of all: for the night, it takes as long as the index is large."""
        with self._writing() as view:
            if len(view.parts) > 1 or any(part.deleted for part in view.parts):
                self._merge(view, view.parts)

    def snapshot(self, folder: Path) -> None:
        with self._writing() as view:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy_index(view.folder, folder)

    def keep(self) -> None:
        """Verify the index and keep a copy: what damage falls back to."""
        with self._writing() as view:
            keep(self.layout, view.folder)

    def verify(self) -> Report:
        return verify(self._reading.view)

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        with self.layout.building():
            folder = renewed(self.layout, documents, upto, self.analyse, self.version)
            with self.layout.writing():
                check_index(folder)
                keep(self.layout, folder)
                self.layout.switch(folder)
                self._reading.hold(open_view(folder))
                self.layout.tidy()


def _found(part: Part, ids: Iterable[int]) -> Iterator[int]:
    numbers = part.segment.numbers
    for id_ in ids:
        number = numbers.get(id_)
        if number is not None and part.live >> number & 1:
            yield number
