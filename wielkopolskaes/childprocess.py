"""Running a Python program that is not trusted with anything, and ending it.

It is expected to bound itself first of all, in memory, time and descriptors; what it cannot be
trusted with is kept here: how long it runs, how much it says, what it is told of the portal. It
gets none of our settings, and its complaints, which may quote what it was given, go nowhere.
"""

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from time import monotonic
from typing import IO, NamedTuple

_PIECE = 64 * 1024


class Beyond(Exception):
    """The process has gone beyond a bound: "time" or "output"."""


class Ended(NamedTuple):
    """What it said, and its code; a negative one is the signal that ended it."""

    output: bytes
    code: int


def run_bounded(
    program: Sequence[str], file: IO[bytes], *, seconds: float, max_output: int
) -> Ended:
    """Run Python with these arguments and the file as its input; raises Beyond."""
    process = subprocess.Popen(  # noqa: S603 - our own programs, with arguments of our own
        [sys.executable, "-I", "-B", *program],
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        output = _output(process.stdout, monotonic() + seconds, max_output)
        return Ended(output, process.wait(max(1.0, seconds)))
    except subprocess.TimeoutExpired:
        raise Beyond("time") from None
    finally:
        _end(process)


def _output(pipe: IO[bytes], deadline: float, max_output: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - monotonic())):
                raise Beyond("time")
            piece = os.read(pipe.fileno(), _PIECE)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > max_output:
                raise Beyond("output")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it and whatever it may have started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.stdout is not None
    process.stdout.close()
