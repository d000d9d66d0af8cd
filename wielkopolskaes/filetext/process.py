"""Starting the process that reads a file, and ending it.

It bounds itself first of all, in memory, time and descriptors (`reading.__main__`); what it
cannot be trusted with is kept here: how long it runs, how much it says, what it is told of the
portal. It gets none of our settings, and its complaints, which may quote the file, go nowhere.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
from dataclasses import dataclass
from time import monotonic
from typing import IO

from wielkopolskaes.filetext.models import Outcome

# The process gives up by itself before that.
WALL_SECONDS = 200
MAX_OUTPUT = 8 * 1024 * 1024
_READER = "wielkopolskaes.filetext.reading"
_PIECE = 64 * 1024
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)


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


class _Beyond(Exception):
    """The process has gone beyond a bound."""


def read_file(file: IO[bytes], mime: str, *, seconds: float = WALL_SECONDS) -> Reading:
    """Read a stored document in a process of its own; an outcome, whatever the file holds."""
    process = subprocess.Popen(  # noqa: S603 - our own module, and a media type of `kinds`
        [sys.executable, "-I", "-B", "-m", _READER, mime],
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        output = _output(process.stdout, monotonic() + seconds)
        code = process.wait(max(1.0, seconds))
    except (_Beyond, subprocess.TimeoutExpired) as error:
        return Reading(Outcome.TOO_MUCH, str(error) or "time")
    finally:
        _end(process)
    return _understood(output, code)


def _output(pipe: IO[bytes], deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - monotonic())):
                raise _Beyond("time")
            piece = os.read(pipe.fileno(), _PIECE)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > MAX_OUTPUT:
                raise _Beyond("output")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it and whatever it may have started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _understood(output: bytes, code: int) -> Reading:
    if code in _OUT_OF_TIME:
        return Reading(Outcome.TOO_MUCH, "time")
    if code < 0:
        return Reading(Outcome.DAMAGED, f"ended by signal {-code}")
    if code > 0:
        return Reading(Outcome.DAMAGED, f"ended with code {code}")
    said = json.loads(output)
    return Reading(**said | {"outcome": Outcome(said["outcome"])})
