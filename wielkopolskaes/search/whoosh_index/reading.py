"""The view that a process keeps, renewed when the index on disk has gone on."""

import logging
import shutil
import time
from pathlib import Path
from threading import RLock

from wielkopolskaes.search.backend import IndexDamaged
from wielkopolskaes.search.whoosh_index.files import Damage
from wielkopolskaes.search.whoosh_index.layout import Layout, check_index, copy_index
from wielkopolskaes.search.whoosh_index.view import View, open_view
from wielkopolskaes.search.whoosh_index.writing import latest_commit

log = logging.getLogger(__name__)

_TRIES = 10
# Two commits within one tick of the file system's clock leave the same time behind.
_TICK = 100_000_000


class Reading:
    """Threads share it. A search keeps the view that it got; this only swaps the reference."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._view: View | None = None
        self._seen: tuple[int, int] | None = None
        self._lock = RLock()

    def view(self, *, newest: bool = False) -> View:
        """Return the view. Two looks at the clocks of folders if nothing happened.

        While another thread opens the next one it is the one from before; writers ask for the
        `newest` and wait.
        """
        view, seen = self._view, self._seen
        if view is not None and seen is not None and seen == self._times(view.folder):
            return view
        if not self._lock.acquire(blocking=newest or view is None):
            assert view is not None
            return view
        try:
            return self._opened()
        except Exception as error:
            if not self.layout.is_new():
                log.warning("the search index cannot be opened: %s", error)
        finally:
            self._lock.release()
        return self._recovered()

    def _times(self, folder: Path) -> tuple[int, int] | None:
        try:
            return self.layout.root.stat().st_mtime_ns, folder.stat().st_mtime_ns
        except OSError:
            return None

    def _opened(self) -> View:
        for _ in range(_TRIES - 1):
            before = self._state()
            try:
                return self._open()
            except Exception:
                # A writer may have removed what this commit named; then there is a newer one.
                if self._state() == before:
                    raise
        return self._open()

    def _state(self) -> tuple[Path | None, int]:
        folder = self.layout.current()
        return folder, latest_commit(folder) if folder else -1

    def _open(self) -> View:
        folder = self.layout.current()
        if folder is None:
            raise Damage("nothing names the generation that answers")
        seen = self._times(folder)
        old = self._view if self._view and self._view.folder == folder else None
        if old is None or old.commit != latest_commit(folder):
            self._view = old = open_view(folder, old)
        steady = seen is not None and max(seen) < time.time_ns() - _TICK
        self._seen = seen if steady else None
        return old

    def _recovered(self) -> View:
        """Begin an empty index, or put the snapshot in the place of what is damaged."""
        # The lock of writers always comes first, then the one of this object.
        with self.layout.writing(), self._lock:
            if self.layout.is_new():
                self.layout.begin()
            try:
                # Another process may have been faster.
                return self._open()
            except Exception as error:
                return self._from_snapshot(str(error))

    def _from_snapshot(self, reason: str) -> View:
        self._view = self._seen = None
        if not self.layout.snapshot.is_dir():
            raise IndexDamaged(f"{reason}; there is no snapshot")
        folder = self.layout.next_generation()
        try:
            copy_index(self.layout.snapshot, folder)
        except Exception as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise IndexDamaged(f"{reason}; the snapshot too: {error}") from error
        self.layout.switch(folder)
        view = self._open()
        log.warning("the search index is the snapshot of change %d", view.position)
        return view

    def doubt(self) -> None:
        """Look at every byte after an error; an index that is damaged loses its name."""
        with self.layout.writing(), self._lock:
            view, self._view, self._seen = self._view, None, None
            if view is None or view.folder != self.layout.current():
                return
            try:
                check_index(view.folder)
            except Exception as error:
                log.warning("the search index is damaged: %s", error)
                # What passes as whole by its sizes would be opened again.
                for contents in view.folder.glob("*.toc"):
                    contents.unlink(missing_ok=True)

    def hold(self, view: View) -> None:
        """Take a view that this process has just written."""
        with self._lock:
            self._view, self._seen = view, None
