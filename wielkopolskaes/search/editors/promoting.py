"""The pages of promoted items."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from sqlalchemy import select

from wielkopolskaes.clock import day_of
from wielkopolskaes.forms import Form
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.queries import chosen
from wielkopolskaes.i18n import _
from wielkopolskaes.search.editors import HOME
from wielkopolskaes.search.editors.pages import TITLE, add_pages, page_values, taken
from wielkopolskaes.search.editors.schemas import lines, promotion_schema
from wielkopolskaes.search.models import Promotion
from wielkopolskaes.search.teaching import end_promotion, move_promotion, promote
from wielkopolskaes.search.wording import Group, clashes
from wielkopolskaes.tree.services import lock_tree
from wielkopolskaes.types import Request

NEW, CHANGE = _("Promote an item"), _("Change a promotion")
STEPS = {"wyzej": -1, "nizej": 1}


def show_promotions(request: Request) -> dict[str, Any]:
    """List the promotions in their order, with what they are for."""
    rows = list(_all(request))
    ids = {str(row.node_id) for row in rows}
    return page_values(request, TITLE, within=False) | {
        "rows": rows,
        "items": chosen(request.dbsession, ids, request.identity, request.now),
        "today": day_of(request.now),
    }


def ask_new(request: Request) -> dict[str, Any]:
    """Show the form of a new promotion."""
    return page_values(request, NEW) | {"form": _form(request).render()}


def add_new(request: Request) -> dict[str, Any] | Response:
    """Promote an item."""
    return _take(request, NEW, None)


def ask_change(request: Request) -> dict[str, Any]:
    """Show the form of a promotion."""
    found = _promotion(request)
    values = {
        "phrases": "\n".join(found.phrases), "item": found.node_id, "note": found.note,
        "until": found.until,
    }  # fmt: skip
    return page_values(request, CHANGE) | {"form": _form(request).render(values)}


def change(request: Request) -> dict[str, Any] | Response:
    """Change a promotion."""
    return _take(request, CHANGE, _promotion(request))


def end(request: Request) -> Response:
    """Take a promotion away."""
    end_promotion(request.dbsession, _promotion(request))
    return HTTPSeeOther(f"{HOME}?gotowe=ended")


def put(request: Request) -> Response:
    """Move a promotion up or down."""
    step = STEPS.get(posted(request, "dokad"), 0)
    move_promotion(request.dbsession, _promotion(request), step)
    return HTTPSeeOther(f"{HOME}?gotowe=moved")


def _take(request: Request, title: Any, promotion: Promotion | None) -> dict[str, Any] | Response:
    # Of two who promote the same at once, the second is told.
    lock_tree(request.dbsession)
    form = _form(request)

    def write(data: dict[str, Any]) -> str:
        phrases = lines(data["phrases"])
        for words, _other in clashes(phrases, _same_item(request, data["item"], promotion)):
            message = _("This item is promoted for “${words}” already.", mapping={"words": words})
            raise form.refused({"phrases": message})
        promote(request.dbsession, promotion, phrases=phrases, node_id=data["item"],
                note=data["note"], until=data["until"])  # fmt: skip
        return f"{HOME}?gotowe=promoted"

    return taken(request, title, form, write)


def _same_item(request: Request, node_id: int, but: Promotion | None) -> list[Group]:
    """Return the phrases of the item's other promotions."""
    return [Group("", tuple(row.phrases)) for row in _all(request)
            if row.node_id == node_id and row is not but]  # fmt: skip


def _form(request: Request) -> Form:
    return Form(promotion_schema(request), request, submit=_("Save the promotion"))


def _all(request: Request) -> Any:
    return request.dbsession.scalars(select(Promotion).order_by(Promotion.position, Promotion.id))


def _promotion(request: Request) -> Promotion:
    found = request.dbsession.get(Promotion, int(request.matchdict["id"]))
    if found is None:
        raise HTTPNotFound
    return found


def includeme(config: Configurator) -> None:
    """Add the pages."""
    one = rf"{HOME}/polecane/{{id:\d{{1,9}}}}"
    new = f"{HOME}/polecane/nowe"
    add_pages(
        config,
        ("desk.promotions", HOME, "GET", show_promotions, "promotions"),
        ("desk.promotion_new", new, "GET", ask_new, "form"),
        ("desk.promotion_new", new, "POST", add_new, "form"),
        ("desk.promotion", one, "GET", ask_change, "form"),
        ("desk.promotion", one, "POST", change, "form"),
        ("desk.promotion_end", f"{one}/koniec", "POST", end, ""),
        ("desk.promotion_move", f"{one}/kolejnosc", "POST", put, ""),
    )
