"""Having cards made: each in a process of its own, few at a time, none for long.

The typesetter weighs eighty megabytes: the portal never loads it.
"""

import json
import logging
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from wielkopolskaes.childprocess import Beyond, run_bounded

LOG = logging.getLogger(__name__)

AT_ONCE = 2
# Who waits longer holds up a thread that others need.
WAIT_SECONDS = 3
WALL_SECONDS = 25
MAX_OUTPUT = 16 * 1024 * 1024
_PROGRAM = Path(__file__).with_name("typesetter.py")


class NotSet(Exception):
    """There is no card at the moment: too many are asked for, or this one cannot be made."""


class Setter:
    """Makes cards, as many at a time as there may be in one process of the portal."""

    def __init__(self, at_once: int = AT_ONCE, wait: float = WAIT_SECONDS) -> None:
        self._free = BoundedSemaphore(at_once)
        self._wait = wait

    def __call__(self, card: dict[str, Any]) -> bytes:
        """Make the PDF of a card, which `card.typ` describes; raises NotSet."""
        if not self._free.acquire(timeout=self._wait):
            raise NotSet("busy")
        try:
            return _made(json.dumps(card).encode())
        finally:
            self._free.release()


def _made(card: bytes) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.write(card)
        file.seek(0)
        try:
            ended = run_bounded((str(_PROGRAM),), file, seconds=WALL_SECONDS, max_output=MAX_OUTPUT)
        except Beyond as error:
            LOG.error("A card went beyond its bounds: %s.", error)
            raise NotSet(str(error)) from None
    if ended.code or not ended.output.startswith(b"%PDF-"):
        LOG.error("A card could not be made; the typesetter ended with %s.", ended.code)
        raise NotSet(str(ended.code))
    return ended.output
