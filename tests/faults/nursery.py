"""Starts processes of the portal quickly: loads the code once and forks for each of them.

`python -m tests.faults.nursery INI` reads orders, one a line, and answers each with a number:
`serve PORT` and `work INSTANT` give the process, `kill PID` and `wait PID` how it ended. A child
builds the whole application anew from the file, as `pserve` and `wielkopolskaes worker` do. At
the end of the orders what still runs is killed.
"""

import os
import signal
import sys
from contextlib import suppress
from datetime import datetime

import plaster

APART = {
    "WIELKOPOLSKAES_DATABASE_URL": "sqlite://",
    "WIELKOPOLSKAES_WORKER_IN_PROCESS": "false",
    "WIELKOPOLSKAES_SEARCH_BACKEND": "whoosh",
}


def open_portal(ini, **defaults):
    loader = plaster.get_loader(ini, protocols=["wsgi"])
    return loader, loader.get_wsgi_app("main", defaults)


def load(ini):
    """Load all code: the application that does it has neither a thread nor a connection."""
    kept = dict(os.environ)
    os.environ.update(APART)
    open_portal(ini)
    os.environ.update(kept)
    for name in APART.keys() - kept.keys():
        del os.environ[name]


def serve(ini, port):
    loader, app = open_portal(ini, http_port=port)
    loader.setup_logging({})
    loader.get_wsgi_server("main", {"http_port": port})(app)


def work(ini, instant):
    """Do what is due at the instant, then end."""
    from wielkopolskaes import configure
    from wielkopolskaes.jobs.worker import Worker

    settings = plaster.get_settings(ini, "app:main")
    now = datetime.fromisoformat(instant)
    Worker(configure(**settings).registry, clock=lambda: now).drain()


def fork(task, *args):
    pid = os.fork()
    if pid == 0:
        try:
            sys.stdin.close()
            os.dup2(2, 1)
            task(*args)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return pid


def obey(ini, order, argument):
    if order in {"serve", "work"}:
        return fork({"serve": serve, "work": work}[order], ini, argument)
    if order == "kill":
        os.kill(int(argument), signal.SIGKILL)
    return os.waitpid(int(argument), 0)[1]


def main(ini):
    load(ini)
    running = set()
    for line in sys.stdin:
        order, argument = line.split()
        answer = obey(ini, order, argument)
        running = running | {answer} if order in {"serve", "work"} else running - {int(argument)}
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in running:
        with suppress(ProcessLookupError):
            obey(ini, "kill", pid)


if __name__ == "__main__":
    main(sys.argv[1])
