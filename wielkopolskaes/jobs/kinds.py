"""The kinds of jobs and what their handlers are given."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import Actor, act_as
from wielkopolskaes.db import work


class Hopeless(Exception):
    """Trying again would change nothing: the job is laid among the dead at once."""


class JobContext:
    """What a handler works with.

    ``session`` opens at its first use a transaction that is committed together with the job's
    own "done": what is written in it happens exactly once. It holds SQLite's write lock, so a
    handler reads with ``reading()``, does what takes long, and only then touches ``session``.
    """

    def __init__(self, registry: Registry, *, kind: str, now: datetime, stack: ExitStack) -> None:
        self.registry = registry
        self.kind = kind
        self.now = now
        self._stack = stack

    @cached_property
    def session(self) -> Session:
        session = self._stack.enter_context(work(self.registry))
        act_as(session, Actor(None, f"job {self.kind}"))
        return session

    def reading(self) -> Session:
        """Open a session for looking things up; use it as a context manager."""
        return self.registry.dbsession_factory()


@dataclass(frozen=True)
class Kind:
    """A handler, the interval at which it runs by itself, and whether somebody waits for it.

    The handler is called with a JobContext and the payload as keywords. It is idempotent: after
    a crash it is called once more.
    """

    name: str
    handler: Callable[..., None]
    every: timedelta | None = None
    urgent: bool = False


def add_job(
    config: Configurator,
    kind: str,
    handler: Callable[..., None],
    *,
    every: timedelta | None = None,
    urgent: bool = False,
) -> None:
    """Register a handler, a function or its dotted name (the directive ``config.add_job``).

    With ``every`` the job also runs by itself at that interval, with an empty payload. An
    ``urgent`` kind goes first: it is quick, and somebody waits for it.
    """
    handler = config.maybe_dotted(handler)

    def register() -> None:
        config.registry.job_kinds[kind] = Kind(kind, handler, every, urgent)

    config.action(("job", kind), register)
