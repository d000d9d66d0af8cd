"""Letters at the desk: what waits, what was sent, what was given up."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.i18n import _
from wielkopolskaes.letters import queries
from wielkopolskaes.letters.masking import is_masked, masked
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.queries import Outcome
from wielkopolskaes.letters.services import NotAgain, send_again
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request

LIST = "/redakcja/praca/listy"
PAGE_SIZE = 50
LABELS = {
    Outcome.WAITING: _("Waiting"),
    Outcome.SENT: _("Sent"),
    Outcome.DEAD: _("Given up"),
}
_WORK = (_("Letters and jobs"), "/redakcja/praca")


def show_letters(request: Request) -> dict[str, Any]:
    """List the letters of one outcome."""
    asked = request.GET.get("stan")
    outcome = Outcome(asked) if asked in set(Outcome) else Outcome.WAITING
    total, number = queries.count(request.dbsession, outcome), page_number(request)
    address = f"{LIST}?stan={outcome}&strona="
    return {
        "page": desk_frame(request, _("Letters"), [_crumb(request, *_WORK)]),
        "outcomes": [
            (label, f"{LIST}?stan={each}", each is outcome) for each, label in LABELS.items()
        ],
        "outcome": outcome,
        "labels": LABELS,
        "found": queries.page_of(request.dbsession, outcome, size=PAGE_SIZE, number=number),
        "pager": make_pager(number, PAGE_SIZE, total, address),
    }


def show_letter(request: Request) -> dict[str, Any]:
    """Show one letter; in production its one-time links are masked."""
    letter = _letter(request)
    text = masked(letter.text) if request.portal.production else letter.text
    crumbs = [_crumb(request, *_WORK), _crumb(request, _("Letters"), LIST)]
    (dispatch,) = queries.dispatches(request.dbsession, [letter])
    return {
        "page": desk_frame(request, letter.subject or _("Letter"), crumbs),
        "dispatch": dispatch,
        "letter": letter,
        "text": text,
        "masked": is_masked(text),
        "label": LABELS[dispatch.outcome],
        "again": dispatch.outcome is not Outcome.WAITING
        and letter.forgotten_at is None
        and not is_masked(letter.text),
    }


def post_again(request: Request) -> Response:
    """Send a letter once more, then show the list it is in now."""
    letter = _letter(request)
    try:
        send_again(request.dbsession, letter, now=request.now)
    except NotAgain:
        return HTTPSeeOther(f"{LIST}/{letter.id}")
    return HTTPSeeOther(f"{LIST}?stan={Outcome.WAITING}")


def _letter(request: Request) -> Letter:
    letter = request.dbsession.get(Letter, int(request.matchdict["id"]))
    if letter is None:
        raise HTTPNotFound
    return letter


def _crumb(request: Request, label: str, href: str) -> tuple[str, str]:
    return request.localizer.translate(label), href


def includeme(config: Configurator) -> None:
    """Add the pages; all of them ask for the permission to read letters."""
    templates = "wielkopolskaes:letters/templates"
    number = r"{id:\d{1,9}}"
    for name, path, view, method, renderer in (
        ("desk.letters", LIST, show_letters, "GET", f"{templates}/list.jinja2"),
        ("desk.letter", f"{LIST}/{number}", show_letter, "GET", f"{templates}/show.jinja2"),
        ("desk.letter.again", f"{LIST}/{number}/ponow", post_again, "POST", None),
    ):
        config.add_route(name, path, factory=Office)
        config.add_view(
            view, route_name=name, request_method=method, renderer=renderer,
            permission=Permission.LETTERS,
        )  # fmt: skip
