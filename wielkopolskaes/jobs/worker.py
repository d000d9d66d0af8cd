"""The worker: takes due jobs one after the other until it is told to stop."""

import atexit
import logging
import os
import secrets
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from pyramid.registry import Registry

from wielkopolskaes.db import work
from wielkopolskaes.jobs import housekeeping, leases
from wielkopolskaes.jobs.kinds import Hopeless, JobContext
from wielkopolskaes.jobs.leases import Claim, LeaseLost
from wielkopolskaes.memory import give_back

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
TIDY_EVERY = timedelta(minutes=1)
SLOW_POLL = 15.0
# Seconds that the web server waits at its end; a job cut short is taken up again by its lease.
LAST_WORDS = 3.0


def utcnow() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Runs the jobs of every kind that the registry knows.

    ``poll`` is how many seconds it sleeps when there is nothing to do; a commit of this process
    that promised a job wakes it sooner.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        clock: Callable[[], datetime] = utcnow,
        lease: timedelta = LEASE,
        poll: float = SLOW_POLL,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.registry = registry
        self.clock = clock
        self.lease = lease
        self.poll = poll
        self._stopping = False
        self._tidied: datetime | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Run in a thread; at the end of the process the job in hand is finished."""
        self._thread = Thread(target=self.run, name="jobs", daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Take no further job; waits a little for the job that the worker's thread has in hand."""
        self._stopping = True
        self.registry.job_wake.set()
        if self._thread is not None:
            atexit.unregister(self.stop)
            self._thread.join(LAST_WORDS)

    def run(self) -> None:
        """Work until stopped; outlives a database that goes away."""
        worked = False
        while not self._stopping:
            self.registry.job_wake.clear()
            try:
                worked = bool(self.drain()) or worked
            except Exception:
                log.exception("The worker could not look for jobs; it tries again.")
            if not self._stopping and not self.registry.job_wake.wait(self.poll) and worked:
                # A pause has come: pictures and documents have taken much.
                give_back()
                worked = False

    def drain(self) -> list[bool]:
        """Run all jobs that are due; tells of each whether it succeeded."""
        self._tidy()
        outcomes = []
        while not self._stopping and (held := self._claim()) is not None:
            outcomes.append(self._perform(held))
        return outcomes

    def _tidy(self) -> None:
        now = self.clock()
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            with work(self.registry) as session:
                housekeeping.tidy(session, self.registry.job_kinds.values(), now=now)
            self._tidied = now

    def _claim(self) -> Claim | None:
        with work(self.registry) as session:
            kinds = self.registry.job_kinds
            return leases.claim(
                session,
                kinds=list(kinds),
                urgent=[name for name, kind in kinds.items() if kind.urgent],
                worker=self.name,
                now=self.clock(),
                lease=self.lease,
            )

    def _perform(self, held: Claim) -> bool:
        try:
            with self._kept(held), ExitStack() as stack:
                context = JobContext(self.registry, kind=held.kind, now=self.clock(), stack=stack)
                self.registry.job_kinds[held.kind].handler(context, **held.payload)
                leases.settle(context.session, held, now=self.clock())
        except LeaseLost:
            log.warning("Job %d (%s) was taken over by another worker.", held.id, held.kind)
            return False
        except Exception as error:
            self._give_back(held, error)
            return False
        log.info("Job %d (%s) is done.", held.id, held.kind)
        return True

    def _give_back(self, held: Claim, error: Exception) -> None:
        message = "Job %d (%s) failed at attempt %d."
        log.error(message, held.id, held.kind, held.attempt, exc_info=error)
        held = replace(held, last=held.last or isinstance(error, Hopeless))
        last_lines = "".join(traceback.format_exception(error, limit=-3))
        with suppress(LeaseLost), work(self.registry) as session:
            leases.fail(session, held, error=last_lines, now=self.clock())

    @contextmanager
    def _kept(self, held: Claim) -> Iterator[None]:
        """Renew the lease for as long as the block runs."""
        over = Event()
        keeper = Thread(target=self._keep, args=(held, over), name="job-lease", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            keeper.join()

    def _keep(self, held: Claim, over: Event) -> None:
        while not over.wait(self.lease.total_seconds() / 3):
            try:
                with work(self.registry) as session:
                    leases.renew(session, held, until=self.clock() + self.lease)
            except LeaseLost:
                return
            except Exception:
                # SQLite's write lock may be with the job itself: then nobody can take it either.
                log.warning("The lease of job %d could not be renewed.", held.id, exc_info=True)
