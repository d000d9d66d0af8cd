"""Letters and jobs at the desk: an overview of both, and the queue of jobs."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.i18n import _
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.queries import Stage, counts, last_line, page_of
from wielkopolskaes.jobs.services import NotNow, drop, retry, retry_all
from wielkopolskaes.letters.queries import Outcome
from wielkopolskaes.letters.queries import count as count_letters
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request

WORK = "/redakcja/praca"
LIST = f"{WORK}/zadania"
PAGE_SIZE = 50
LABELS = {
    Stage.WAITING: _("Waiting"),
    Stage.RUNNING: _("Running"),
    Stage.FAILED: _("Failed, will be tried again"),
    Stage.DEAD: _("Given up"),
}
NOTES = {
    "ponowione": _("The job will be tried again now."),
    "porzucone": _("The job was deleted."),
    "nie-teraz": _("Nothing was changed: the job is running or done, or a newer one replaced it."),
}


def show_overview(request: Request) -> dict[str, Any]:
    """Say how many letters and jobs there are of each sort."""
    letters = {outcome: count_letters(request.dbsession, outcome) for outcome in Outcome}
    return {
        "page": desk_frame(request, _("Letters and jobs")),
        "letters": letters,
        "outcomes": Outcome,
        "jobs": counts(request.dbsession, request.now),
        "labels": LABELS,
    }


def show_jobs(request: Request) -> dict[str, Any]:
    """List the jobs of one stage."""
    asked, note = request.GET.get("stan"), NOTES.get(request.GET.get("wynik", ""))
    stage = Stage(asked) if asked in set(Stage) else Stage.WAITING
    totals, number = counts(request.dbsession, request.now), page_number(request)
    crumbs = [(request.localizer.translate(_("Letters and jobs")), WORK)]
    found = page_of(request.dbsession, stage, request.now, size=PAGE_SIZE, number=number)
    return {
        "page": desk_frame(request, _("Jobs"), crumbs),
        "note": request.localizer.translate(note) if note else "",
        "stages": [
            (label, totals[each], f"{LIST}?stan={each}", each is stage)
            for each, label in LABELS.items()
        ],
        "stage": stage,
        "rows": [(job, last_line(job)) for job in found],
        "pager": make_pager(number, PAGE_SIZE, totals[stage], f"{LIST}?stan={stage}&strona="),
    }


def post_retry(request: Request) -> Response:
    """Try one job again, now."""
    try:
        retry(request.dbsession, _job(request), now=request.now)
    except NotNow:
        return _back("nie-teraz")
    return _back("ponowione")


def post_retry_all(request: Request) -> Response:
    """Try all dead jobs again."""
    retry_all(request.dbsession, now=request.now)
    return _back("ponowione", Stage.WAITING)


def post_drop(request: Request) -> Response:
    """Delete a dead job."""
    try:
        drop(request.dbsession, _job(request))
    except NotNow:
        return _back("nie-teraz")
    return _back("porzucone")


def _job(request: Request) -> Job:
    job = request.dbsession.get(Job, int(request.matchdict["id"]))
    if job is None:
        raise HTTPNotFound
    return job


def _back(result: str, stage: Stage = Stage.DEAD) -> Response:
    return HTTPSeeOther(f"{LIST}?stan={stage}&wynik={result}")


def includeme(config: Configurator) -> None:
    """Add the pages; all of them ask for the permission to administer jobs."""
    job = rf"{LIST}/{{id:\d{{1,18}}}}"
    for name, path, view, renderer in (
        ("desk.work", WORK, show_overview, "overview"),
        ("desk.jobs", LIST, show_jobs, "jobs"),
        ("desk.jobs.retry", f"{LIST}/ponow-martwe", post_retry_all, ""),
        ("desk.job.retry", f"{job}/ponow", post_retry, ""),
        ("desk.job.drop", f"{job}/porzuc", post_drop, ""),
    ):
        config.add_route(name, path, factory=Office)
        config.add_view(
            view, route_name=name, request_method="GET" if renderer else "POST",
            renderer=f"wielkopolskaes:jobs/templates/{renderer}.jinja2" if renderer else None,
            permission=Permission.JOBS,
        )  # fmt: skip
