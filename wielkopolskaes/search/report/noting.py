"""Counting a page of results while it is shown: the one call of the search page."""

from typing import NamedTuple

from wielkopolskaes.clock import day_of
from wielkopolskaes.search.backend import Clause, Query
from wielkopolskaes.search.lists import Asked, Listing
from wielkopolskaes.search.readers import seen_by
from wielkopolskaes.search.report.clicks import ticket_for
from wielkopolskaes.search.report.forms import identity, masked, parts, surface_of, whole
from wielkopolskaes.search.report.privacy import is_counted, looks_personal
from wielkopolskaes.search.report.tally import Counts, Key, Tally
from wielkopolskaes.security.keys import sign
from wielkopolskaes.types import Request


class Ticket(NamedTuple):
    """What a click on the page is told with: the ticket, signed, and the results before it."""

    signed: str
    before: int


def note(request: Request, listing: Listing, asked: Asked, total: int) -> Ticket | None:
    """Count the page; return the ticket for a click on it, None when none will be counted.

    Nothing is written here: what only reads changes nothing in the database.
    """
    if not is_counted(request):
        return None
    tally: Tally = request.registry.search_tally
    counts = _counts(asked, total)
    rest = Key(day_of(request.now), listing.lang, "")
    if looks_personal(asked.text):
        tally.ask(rest, counts)
        return None
    found = parts(asked.parsed)
    named = f"{listing.lang}\n{identity(found)}"
    key = rest._replace(digest=sign(request.portal.secret, "search counts", named)[:32])

    def is_public(clause: Clause) -> bool:
        if total and clause in asked.parsed.clauses:
            return True
        alone = Query((clause,), limit=1, lang=listing.lang)
        return bool(request.registry.search.search(alone, seen_by(request)).total)

    counts.words, counts.whole = masked(found, is_public), whole(found)
    # What the search left out is nobody's but the asker's.
    counts.surfaces = {} if asked.parsed.left_out else {surface_of(asked.text): 1}
    tally.ask(key, counts)
    return Ticket(ticket_for(request.portal.secret, key), (asked.page - 1) * listing.size)


def _counts(asked: Asked, total: int) -> Counts:
    """Say what this page adds; a page after the first is no new search."""
    if asked.page > 1:
        return Counts(deeper=1, deepest=asked.page)
    if asked.chosen:
        return Counts(asked=1, narrowed=1, deepest=1)
    return Counts(asked=1, zero=int(not total), hits=total, deepest=1)
