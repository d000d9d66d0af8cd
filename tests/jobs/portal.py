"""A portal with a database and jobs alone; run as a script it is a worker to be killed.

``python -m tests.jobs.portal URL`` works like ``wielkopolskaes worker`` with the kinds below.
"""

import signal
import sys
import time
from datetime import timedelta

from pyramid.config import Configurator
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from wielkopolskaes.db import make_engine
from wielkopolskaes.jobs.worker import Worker

metadata = MetaData()
NOTES = Table("note", metadata, Column("id", Integer, primary_key=True), Column("text", String(80)))


def write(context, text):
    """Leave a note, in the transaction of the job."""
    context.session.execute(insert(NOTES).values(text=text))


def tell_that_it_began():
    sys.stdout.write("began\n")
    sys.stdout.flush()


def write_slowly(context, text, seconds):
    """Leave a note and dawdle before the commit; says on standard output that it began."""
    tell_that_it_began()
    write(context, text)
    context.registry.sleep(seconds)


def dawdle_and_write(context, text, seconds):
    """Take long before the transaction is opened, as good handlers do."""
    tell_that_it_began()
    context.registry.sleep(seconds)
    write(context, text)


def spoil(context, text):
    write(context, text)
    raise RuntimeError(f"no luck with {text}")


def open_portal(engine):
    with Configurator(settings={"db.engine": engine}) as config:
        config.include("wielkopolskaes.db")
        config.include("wielkopolskaes.jobs")
        for kind in (write, write_slowly, dawdle_and_write, spoil):
            config.add_job(kind.__name__, kind)
    config.registry.sleep = time.sleep
    return config.registry


def main(url):
    engine = make_engine(url)
    worker = Worker(open_portal(engine), lease=timedelta(seconds=1), poll=0.1)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
