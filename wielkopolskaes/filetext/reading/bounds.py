"""What a process that reads a file gives up before it opens it."""

import os
import pkgutil
import resource
import signal
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from wielkopolskaes.media.kinds import MB

MEMORY = 512 * MB
CPU_SECONDS = 30
WALL_SECONDS = 180
# After its time is over a file has this long to hand in what was found.
LAST_SECONDS = 5


class TimeIsUp(BaseException):
    """No `except Exception` of a library may hold it up."""


def import_all(package: ModuleType) -> None:
    """Import the modules that a package imports when a file asks for them."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # Some are of another system, or for what is not installed.
        with suppress(ImportError):
            import_module(module.name)


def bound() -> None:
    """Give up what a reader of a file has no need of.

    Without a new descriptor there is no socket, no other file and no other program.
    """
    for limit, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + LAST_SECONDS),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    ):
        resource.setrlimit(limit, (soft, hard))
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, _stop)
    signal.alarm(WALL_SECONDS)
    # Readers of pages go first.
    os.nice(10)


def _stop(_number: int, _frame: Any) -> None:
    # Once: what follows is to hand in what was found.
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    raise TimeIsUp
