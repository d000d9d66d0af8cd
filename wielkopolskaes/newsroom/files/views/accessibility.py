"""The report of documents that some readers cannot read: which, where used, what to do."""

from functools import partial
from typing import Any

from pyramid.view import view_config

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.filetext.models import Outcome
from wielkopolskaes.filetext.queries import figures
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values
from wielkopolskaes.newsroom.files.accessible import Fault, counts, faulty
from wielkopolskaes.newsroom.files.promised import promised
from wielkopolskaes.newsroom.files.queries import uses
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.types import Request

PAGE_SIZE = 50
ADDRESS = "/redakcja/pliki/dostepnosc"
LABELS = {
    Fault.NO_TEXT: _("No text layer"),
    Fault.UNREAD: _("Could not be read"),
    Fault.UNTAGGED: _("Without a structure"),
}
# What it means for readers, and what somebody has to do.
HELP = {
    Fault.NO_TEXT: _(
        "These files are pictures of text, as from a scanner. Nobody can listen to them, enlarge "
        "them well or search them. Ask for the original (DOCX, ODT) and save it as a tagged PDF. "
        "If there is only paper, run text recognition over the scan and correct it. Then replace "
        "the file."
    ),
    Fault.UNREAD: _(
        "The portal could not read the text of these files, so the search does not find it, and "
        "programs that read aloud may fail as well. Open the file, save it anew without "
        "a password, and replace it."
    ),
    Fault.UNTAGGED: _(
        "These PDFs have text but no tags: a screen reader knows neither headings, lists and "
        "tables nor the order of reading. Save the original as PDF anew: in Word choose “Document "
        "structure tags for accessibility”, in LibreOffice “Tagged PDF”. Then replace the file."
    ),
}
REASONS = {
    Outcome.LOCKED: _("closed with a password"),
    Outcome.DAMAGED: _("damaged"),
    Outcome.TOO_MUCH: _("too large or too intricate to read"),
}


@view_config(
    route_name="desk.files.accessibility", permission=Permission.DESK, request_method="GET",
    renderer=f"{TEMPLATES}/files_accessibility.jinja2",
)  # fmt: skip
def report(request: Request) -> dict[str, Any]:
    """List the documents with one fault, those that readers see first, and films not yet open."""
    session, person, now = request.dbsession, request.identity, request.now
    asked, number = request.GET.get("usterka"), page_number(request)
    totals = counts(session, person, now)
    fault = Fault(asked) if asked in set(Fault) else _first(totals)
    found = faulty(session, person, fault, now, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    crumbs = (request.localizer.translate(_("Files and images")), "/redakcja/pliki")
    address = f"{ADDRESS}?usterka={fault}&strona="
    return desk_values(request, _("Accessibility of documents"), crumbs) | {
        "faults": [
            (LABELS[each], total, f"{ADDRESS}?usterka={each}", each is fault)
            for each, total in totals.items()
        ],
        "help": HELP[fault],
        "reasons": REASONS,
        "found": found,
        "uses": uses(session, [each.row.id for each in found]),
        "may_edit": partial(may, person, Permission.EDIT, now=now),
        "pager": make_pager(number, PAGE_SIZE, totals[fault], address),
        "waiting": figures(session).waiting,
        "promised": promised(session, person, now),
    }


def _first(totals: dict[Fault, int]) -> Fault:
    """Choose the worst fault that there is."""
    return next((fault for fault, total in totals.items() if total), Fault.NO_TEXT)
