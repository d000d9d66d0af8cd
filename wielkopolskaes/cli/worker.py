"""``wielkopolskaes worker``: a process that does the work waiting in the outbox."""

import argparse
import signal

import plaster
from pyramid.registry import Registry

from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, PROBLEMS

POLL = 2.0


def run(args: argparse.Namespace) -> int:
    """Work until stopped; with --once, report as a problem when a job failed."""
    from wielkopolskaes.jobs.worker import Worker
    from wielkopolskaes.search import start_indexer
    from wielkopolskaes.search.indexer import Indexer

    if args.config.is_file():
        plaster.setup_logging(str(args.config))
    with open_portal(args) as registry:
        if args.retry_dead:
            _retry_dead(registry)
        worker = Worker(registry, poll=POLL)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        if args.once:
            Indexer(registry).catch_up()
            return _report(worker.drain())
        indexer = start_indexer(registry)
        worker.run()
        indexer.stop()
    return FINE


def _report(outcomes: list[bool]) -> int:
    failed = outcomes.count(False)
    print(f"Jobs done: {outcomes.count(True)}, failed: {failed}.")
    return PROBLEMS if failed else FINE


def _retry_dead(registry: Registry) -> None:
    from wielkopolskaes.db import work
    from wielkopolskaes.jobs.services import retry_all
    from wielkopolskaes.jobs.worker import utcnow

    with work(registry) as session:
        print(f"Dead jobs given another chance: {retry_all(session, now=utcnow())}.")
