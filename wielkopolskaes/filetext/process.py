"""What becomes of a file in the process that reads it (`childprocess`).

That process bounds itself first of all, in memory, time and descriptors (`reading.bounds`).
"""

import json
import signal
from dataclasses import dataclass
from typing import IO

from wielkopolskaes.childprocess import Beyond, run_bounded
from wielkopolskaes.filetext.models import Outcome

# The process gives up by itself before that.
WALL_SECONDS = 200
MAX_OUTPUT = 8 * 1024 * 1024
_READER = "wielkopolskaes.filetext.reading"
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)


@dataclass(frozen=True)
class Reading:
    """What reading a file came to."""

    outcome: Outcome
    detail: str = ""
    text: str = ""
    pages: int | None = None
    speaking: int = 0
    mute: int = 0
    unread: int = 0
    tagged: bool | None = None
    title: str = ""
    lang: str = ""

    @property
    def has_text_layer(self) -> bool | None:
        """Tell whether most of its pages hold text; None of one without any page to judge by."""
        return self.speaking > self.mute if self.speaking or self.mute else None


def read_file(file: IO[bytes], mime: str, *, seconds: float = WALL_SECONDS) -> Reading:
    """Read a stored document in a process of its own; an outcome, whatever the file holds."""
    try:
        ended = run_bounded(("-m", _READER, mime), file, seconds=seconds, max_output=MAX_OUTPUT)
    except Beyond as error:
        return Reading(Outcome.TOO_MUCH, str(error))
    return _understood(*ended)


def _understood(output: bytes, code: int) -> Reading:
    if code in OUT_OF_TIME:
        return Reading(Outcome.TOO_MUCH, "time")
    if code < 0:
        return Reading(Outcome.DAMAGED, f"ended by signal {-code}")
    if code > 0:
        return Reading(Outcome.DAMAGED, f"ended with code {code}")
    said = json.loads(output)
    return Reading(**said | {"outcome": Outcome(said["outcome"])})
