"""Start a server process on a given core, and ask the kernel what it used."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A process that listens on `port` of the loopback."""

    name: str
    pid: int
    port: int

    def cpu(self) -> float:
        """CPU seconds of all its threads so far, to the nanosecond."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def pss(self) -> float:
        """Megabytes of memory, shared pages divided among those who share them."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the kernel tells no PSS")


def share_core() -> None:
    """Put this process, and all it starts, on one core: the last it may use."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


@contextmanager
def running(name: str, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """Start a server and end it with the block."""
    command = [sys.executable, "-m", "benchmarks.serve"]
    if settings is not None:
        command.append(json.dumps(settings))
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Server(name, process.pid, int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
