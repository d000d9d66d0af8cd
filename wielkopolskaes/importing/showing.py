"""The preview of an import and its report, for the template."""

from typing import Any, NamedTuple

import colander

from wielkopolskaes.content.fields import NodeRef, walk
from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.forms.queries import chosen
from wielkopolskaes.i18n import _
from wielkopolskaes.importing import DESK, services
from wielkopolskaes.importing.models import Import, ImportRow, Stage
from wielkopolskaes.importing.planning import Planner
from wielkopolskaes.importing.plans import Action, Plan
from wielkopolskaes.importing.queries import Counts, counts, page_of
from wielkopolskaes.newsroom.editing.differences import Sides
from wielkopolskaes.newsroom.editing.reading import Reader
from wielkopolskaes.newsroom.editing.schemas import shown_schema
from wielkopolskaes.types import Request

PAGE_SIZE = 50
# In the order in which somebody looks at them, with their names in addresses.
SORTS = (
    (Action.WRONG, "bledne", _("Wrong")),
    (Action.CHANGED, "zmienione", _("With changes")),
    (Action.NEW, "nowe", _("New")),
    (Action.UNCHANGED, "bez-zmian", _("Unchanged")),
)


class Difference(NamedTuple):
    """A field as it is and as it would be."""

    label: str
    sides: Sides


def preview(request: Request, found: Import) -> dict[str, Any]:
    """Gather what the page shows of an import: counts, and the rows of one sort."""
    totals = counts(request.dbsession, found)
    action = _asked(request, totals)
    number = page_number(request)
    total = totals.get(action, Counts(0, 0)).rows
    word = next(word for each, word, _label in SORTS if each is action)
    address = f"{DESK}/{found.id}?rodzaj={word}&strona="
    pager = make_pager(number, PAGE_SIZE, total, address)
    rows = page_of(request.dbsession, found, action, size=PAGE_SIZE, number=number)
    return {
        "found": found,
        "totals": totals,
        "no_rows": Counts(0, 0),
        "action": action,
        "sorts": [(each, f"{DESK}/{found.id}?rodzaj={word}", label)
                  for each, word, label in SORTS],
        "pager": pager,
        "rows": rows,
        "differences": _differences(request, found, rows) if action is Action.CHANGED else {},
        "labels": {kind: each.label for kind, each in request.registry.content_types.items()},
    }  # fmt: skip


def _asked(request: Request, totals: dict[str, Counts]) -> Action:
    words = {word: action for action, word, _label in SORTS}
    asked = words.get(request.GET.get("rodzaj", ""))
    return asked or next((each for each, _w, _l in SORTS if each in totals), Action.UNCHANGED)


def _differences(request: Request, found: Import, rows: Any) -> dict[int, list[Difference]]:
    """Compare the shown rows with what is stored now, field by field."""
    if found.stage is Stage.DONE or not rows:
        return {}
    session = request.dbsession
    scope = services.scope_of(
        session, request.registry, found, lang=request.locale_name, now=request.now
    )
    shown: list[ImportRow] = list(rows)
    read = services.rows_of(session, found, [row.number for row in shown])
    plans = list(Planner(scope, read).plan(read))
    reader = _reader(request, plans)
    return {plan.number: _of_row(request, reader, plan) for plan in plans}


def _reader(request: Request, plans: list[Plan]) -> Reader:
    wanted = {
        str(value)
        for plan in plans
        for values in (plan.before, plan.data)
        for _name, node, value in _leaves(request, plan, values)
        if isinstance(node.typ, NodeRef)
    }
    known = chosen(request.dbsession, wanted, request.identity, request.now)
    return Reader(request, known)


def _leaves(request: Request, plan: Plan, values: dict[str, Any]) -> Any:
    if not plan.kind:
        return ()
    named = {name: values[name] for name in plan.fields if name in values}
    return walk(_schema(request, plan.kind), named)


def _of_row(request: Request, reader: Reader, plan: Plan) -> list[Difference]:
    return [
        Difference(
            request.localizer.translate(_schema(request, plan.kind)[name].title),
            reader.compare(_schema(request, plan.kind)[name], plan.before.get(name),
                           plan.data.get(name)),
        )
        for name in plan.fields
        if plan.before
    ]  # fmt: skip


def _schema(request: Request, kind: str) -> colander.SchemaNode:
    return shown_schema(request.registry.content_types[kind])
