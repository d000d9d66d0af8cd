"""Work to do after the commit: an outbox in the same transaction, and the worker that empties it.

A job's handler is registered by its kind (``config.add_job``), a verb writes the job with
``outbox.enqueue`` in its own transaction, and a worker runs it afterwards: a thread of the web
server (``start_worker``) or a process of its own (``wielkopolskaes worker``).
"""

from threading import Event
from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import event

if TYPE_CHECKING:
    from wielkopolskaes.jobs.worker import Worker


def includeme(config: Configurator) -> None:
    """Prepare the registry for job kinds; needs the part ``db`` before it."""
    from wielkopolskaes.jobs.kinds import add_job
    from wielkopolskaes.jobs.outbox import wake_after_commit

    registry = config.registry
    registry.job_kinds = {}
    registry.job_wake = Event()
    event.listen(registry.dbsession_factory, "after_commit", wake_after_commit(registry.job_wake))
    config.add_directive("add_job", add_job)


def start_worker(registry: Registry) -> "Worker":
    """Run the jobs in a thread of this process until it ends; for the web server alone."""
    from wielkopolskaes.jobs.worker import Worker

    worker = Worker(registry)
    worker.start()
    return worker
