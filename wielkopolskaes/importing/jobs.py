"""Imports that take longer than anybody waits for a page."""

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.services import Actor, act_as
from wielkopolskaes.db import work
from wielkopolskaes.importing import services
from wielkopolskaes.importing.models import Import, Stage
from wielkopolskaes.importing.planning import Planner
from wielkopolskaes.jobs.kinds import Hopeless, JobContext

PLAN, WRITE = "importing.plan", "importing.write"
# All is written or nothing, so what has taken its worker with it can be begun anew.
ATTEMPTS = 3


def plan(context: JobContext, *, import_id: int, lang: str) -> None:
    """Plan a file; only what comes of it holds up other writers."""
    with context.reading() as reading:
        found = reading.get(Import, import_id)
        if found is None or found.stage is not Stage.READING:
            return
        scope = services.scope_of(reading, context.registry, found, lang=lang, now=context.now)
        rows = services.rows_of(reading, found)
        plans = list(Planner(scope, rows).plan(rows))
    waiting = context.session.get(Import, import_id)
    if waiting is not None:
        services.note_plans(context.session, waiting, plans)


def write(context: JobContext, *, import_id: int, lang: str) -> None:
    """Write an import, all of it or nothing."""
    session = context.session
    found = session.get(Import, import_id, with_for_update=True)
    if found is None or found.stage is not Stage.WRITING:
        return
    person = session.get_one(Person, found.person_id)
    act_as(session, Actor(person.id, person.name))
    try:
        services.apply(session, context.registry, found, lang=lang, now=context.now)
    except services.MayNotImport:
        found.stage = Stage.FAILED
    except Exception as error:
        session.rollback()
        with work(context.registry) as other:
            if (failed := other.get(Import, import_id)) is not None:
                failed.stage = Stage.FAILED
        raise Hopeless(import_id) from error
