"""All files that somebody may see, with what they lack and how much they are used."""

from typing import Any
from urllib.parse import urlencode

from pyramid.view import view_config

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values
from wielkopolskaes.newsroom.files.queries import KINDS, Wanted, files, uses
from wielkopolskaes.search.queries import MAX_QUERY
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.types import Request

PAGE_SIZE = 24
_USED = {"tak": True, "nie": False}


@view_config(
    route_name="desk.files", permission=Permission.DESK, request_method="GET",
    renderer=f"{TEMPLATES}/files.jinja2",
)  # fmt: skip
def browse(request: Request) -> dict[str, Any]:
    """List files a page at a time, narrowed by the form above the list."""
    asked = {name: request.GET.get(name, "").strip()[:MAX_QUERY] for name in
             ("q", "rodzaj", "uzyte", "opis")}  # fmt: skip
    wanted = Wanted(
        words=asked["q"],
        kind=asked["rodzaj"] if asked["rodzaj"] in KINDS else "",
        used=_USED.get(asked["uzyte"]),
        undecided=asked["opis"] == "brak",
    )
    page = page_number(request)
    total, rows = files(
        request.dbsession, request.identity, wanted, request.now,
        limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE,
    )  # fmt: skip
    kept = urlencode({name: value for name, value in asked.items() if value})
    address = f"/redakcja/pliki?{kept}&strona=" if kept else "/redakcja/pliki?strona="
    return desk_values(request, _("Files and images")) | {
        "rows": rows,
        "uses": uses(request.dbsession, [row.id for row in rows]),
        "pager": make_pager(page, PAGE_SIZE, total, address),
        "total": total,
        "asked": asked,
        "narrowed": bool(kept),
    }
