"""The verbs of an import: take a file in, plan it, write it, throw it away.

Nothing of an import is written unless all of it is: what was planned is planned anew in the
transaction that writes, and any row that has become another one stops the whole.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.accounts.queries import identity_of
from wielkopolskaes.audit.services import record
from wielkopolskaes.content.services import assign, write
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.columns import EXAMPLE, KIND, Headings
from wielkopolskaes.importing.models import Import, ImportRow, Stage
from wielkopolskaes.importing.planning import Planner
from wielkopolskaes.importing.plans import Action, Plan, Remark
from wielkopolskaes.importing.process import Row, Table, Unreadable
from wielkopolskaes.importing.queries import may_import
from wielkopolskaes.importing.scope import Scope, record_types
from wielkopolskaes.importing.words import Words, key_of
from wielkopolskaes.newsroom.editing.slugs import free_slug
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import lock_tree, place
from wielkopolskaes.tree.states import State

# More than these are planned and written by the worker: somebody would wait for too long.
AT_ONCE = 200
_LEFT_OUT = _("The example of the template was left out.")

MEANWHILE = _("Changed in the portal since the preview was made. Look at the row once more.")


class MayNotImport(Exception):
    """The person does not answer for the section any more, or it lies in the trash."""


def take_in(
    session: Session,
    registry: Registry,
    table: Table,
    *,
    person: Identity,
    section: Node,
    filename: str,
    kind: str,
    is_table: bool,
    lang: str,
    now: datetime,
) -> Import:
    """Keep the rows of a file for the person until tomorrow.

    Raises Unreadable when it holds none but the example of a template.
    """
    words = Words(registry, lang)
    table = without_example(registry, table, words)
    found = Import(
        person_id=person.id, section_id=section.id, kind=kind, filename=filename[:200],
        is_table=is_table, headings=table.headings, at=now, stage=Stage.READING,
        about=[*map(words.say, table.notes), *map(words.say, of_columns(registry, table, words))],
    )  # fmt: skip
    session.add(found)
    session.flush()
    session.execute(insert(ImportRow), [
        {"import_id": found.id, "number": row.number, "cells": row.cells, "spoilt": row.spoilt}
        for row in table.rows
    ])  # fmt: skip
    return found


def without_example(registry: Registry, table: Table, words: Words) -> Table:
    """Leave out the row by which a template explains its columns."""
    heading = Headings(table.headings, record_types(registry), words).beside(KIND)
    example = words.names(EXAMPLE)
    rows = [row for row in table.rows if key_of(str(row.cells.get(heading, ""))) not in example]
    if len(rows) == len(table.rows):
        return table
    if not rows:
        raise Unreadable(_("There are no rows in the file but the example of the template."))
    return table._replace(rows=rows, notes=[*table.notes, _LEFT_OUT])


def of_columns(registry: Registry, table: Table, words: Words) -> list[str]:
    """Say which columns change nothing."""
    headings = Headings(table.headings, record_types(registry), words)
    told = []
    if headings.unknown:
        told.append(_("Columns that no field is known for; they are left out: ${names}.",
                      mapping={"names": ", ".join(headings.unknown)}))  # fmt: skip
    if headings.read_only:
        told.append(_("Columns that are only for reading; changes there change nothing: ${names}.",
                      mapping={"names": ", ".join(headings.read_only)}))  # fmt: skip
    return told


def is_long(session: Session, found: Import) -> bool:
    """Tell whether an import takes longer than anybody waits for a page."""
    rows = select(func.count()).select_from(ImportRow).where(ImportRow.import_id == found.id)
    return (session.scalar(rows) or 0) > AT_ONCE


def scope_of(
    session: Session, registry: Registry, found: Import, *, lang: str, now: datetime,
    locks: bool = False,
) -> Scope:  # fmt: skip
    """Open what an import is about, with the rights that its person has now."""
    person = session.get_one(Person, found.person_id)
    words = Words(registry, lang)
    return Scope(
        session, registry, session.get_one(Node, found.section_id),
        Headings(found.headings, record_types(registry), words), words,
        identity_of(session, person, now), now,
        kind=found.kind, is_table=found.is_table, locks=locks,
    )  # fmt: skip


def rows_of(session: Session, found: Import, numbers: Iterable[int] | None = None) -> list[Row]:
    """Read the rows as they were in the file."""
    query = select(ImportRow.number, ImportRow.cells, ImportRow.spoilt)
    query = query.where(ImportRow.import_id == found.id).order_by(ImportRow.number)
    if numbers is not None:
        query = query.where(ImportRow.number.in_(list(numbers)))
    return [Row(number, cells, [(name, why) for name, why in spoilt])
            for number, cells, spoilt in session.execute(query)]  # fmt: skip


def note_plans(session: Session, found: Import, plans: Iterable[Plan]) -> None:
    """Keep what every row would do."""
    changes = [
        {
            "import_id": found.id, "number": plan.number, "action": plan.action.value,
            "kind": plan.kind, "title": plan.title, "node_id": plan.node_id,
            "version": plan.version, "problems": [list(each) for each in plan.problems],
            "remarks": [list(each) for each in plan.remarks], "fields": plan.fields,
        }
        for plan in plans
    ]  # fmt: skip
    if changes:
        session.execute(update(ImportRow), changes)
    found.stage = Stage.READY
    session.flush()


def plan(session: Session, registry: Registry, found: Import, *, lang: str, now: datetime) -> None:
    """Plan all rows of an import and keep what comes of it."""
    scope = scope_of(session, registry, found, lang=lang, now=now)
    rows = rows_of(session, found)
    note_plans(session, found, Planner(scope, rows).plan(rows))


def choose(session: Session, found: Import, *, everything: bool, ticked: Sequence[int]) -> None:
    """Note which of the changed rows are to be taken over."""
    found.update = everything
    rows = update(ImportRow).where(ImportRow.import_id == found.id)
    session.execute(rows.values(chosen=everything))
    for start in range(0, 0 if everything else len(ticked), 500):
        some = ImportRow.number.in_(ticked[start : start + 500])
        session.execute(rows.where(some).values(chosen=True))


def _known(session: Session, found: Import) -> dict[int, tuple[str, int | None, int | None]]:
    query = select(ImportRow.number, ImportRow.action, ImportRow.node_id, ImportRow.version)
    rows = session.execute(query.where(ImportRow.import_id == found.id))
    return {number: (action, node_id, version) for number, action, node_id, version in rows}


def _has_changed(plan: Plan, known: dict[int, tuple[str, int | None, int | None]]) -> bool:
    action, node_id, version = known[plan.number]
    if plan.action is Action.UNCHANGED and action == Action.UNCHANGED:
        return False
    return (plan.action.value, plan.node_id, plan.version) != (action, node_id, version)


def apply(session: Session, registry: Registry, found: Import, *, lang: str, now: datetime) -> bool:
    """Write all new rows and the chosen changed ones.

    Writes nothing, and tells so, when a row is another one by now than the person has agreed to:
    the new plans are kept with a remark on each such row. Raises MayNotImport.
    """
    lock_tree(session)
    scope = scope_of(session, registry, found, lang=lang, now=now, locks=True)
    session.refresh(scope.section)
    if not may_import(scope.identity, scope.section, now):
        raise MayNotImport(found.id)
    rows, known = rows_of(session, found), _known(session, found)
    planner = Planner(scope, rows)
    plans = list(planner.plan(rows))
    changed = [plan for plan in plans if _has_changed(plan, known)]
    if changed or any(plan.action is Action.WRONG for plan in plans):
        for plan in changed:
            plan.remarks.insert(0, Remark(scope.say(MEANWHILE)))
        note_plans(session, found, plans)
        return False
    chosen = _chosen(session, found)
    wanted = [plan for plan in plans if plan.action is Action.NEW
              or (plan.action is Action.CHANGED and plan.number in chosen)]  # fmt: skip
    made = write_plans(scope, planner, {row.number: row for row in rows}, wanted,
                       owner_id=found.person_id)  # fmt: skip
    _note_made(session, found, made)
    return True


def _chosen(session: Session, found: Import) -> set[int]:
    rows = select(ImportRow.number).where(ImportRow.import_id == found.id, ImportRow.chosen)
    return set(session.scalars(rows))


def _note_made(session: Session, found: Import, made: dict[int, Node]) -> None:
    """Keep the report, and none of the cells: they are in the items now."""
    rows = update(ImportRow).where(ImportRow.import_id == found.id)
    session.execute(rows.values(cells={}, chosen=False))
    changes = [{"import_id": found.id, "number": number, "node_id": node.id, "chosen": True}
               for number, node in made.items()]  # fmt: skip
    if changes:
        session.execute(update(ImportRow), changes)
    found.stage = Stage.DONE
    session.flush()


def write_plans(
    scope: Scope, planner: Planner, rows: dict[int, Row], plans: Sequence[Plan],
    *, owner_id: int | None,
) -> dict[int, Node]:  # fmt: skip
    """Write what is planned: first every new item gets its place, then all get their fields.

    Items of the same file may name each other, so texts need all places.
    """
    session, made = scope.session, {}
    for plan in plans:
        if plan.action is Action.NEW:
            made[plan.number] = _placed(scope, plan, owner_id)
    scope.references.forget_promises()
    for plan in plans:
        content_type = scope.types[plan.kind]
        node = made.get(plan.number) or session.get_one(Node, plan.node_id)
        data = planner.reread(rows[plan.number], plan) if plan.promised else plan.data
        write(session, node, content_type, data)
        made[plan.number] = node
    if plans:
        count = {action.value: sum(plan.action is action for plan in plans)
                 for action in (Action.NEW, Action.CHANGED)}  # fmt: skip
        record(session, "records.imported", scope.section, after=count)
    return made


def _placed(scope: Scope, plan: Plan, owner_id: int | None) -> Node:
    content_type = scope.types[plan.kind]
    node = content_type.model(state=State.DRAFT, owner_id=owner_id)
    assign(node, content_type, plan.data)
    slug = free_slug(scope.session, scope.section, plan.data["title"], plan.kind)
    return place(scope.session, node, under=scope.section, slug=slug)


def discard(session: Session, found: Import) -> None:
    """Forget an import and its rows."""
    session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    session.delete(found)


def import_table(
    scope: Scope, table: Table, *, overwrite: bool, dry_run: bool
) -> tuple[list[Plan], dict[int, Any]]:
    """Plan a file and write it at once, unless any row is wrong: the way of the command line."""
    if not dry_run:
        lock_tree(scope.session)
    planner = Planner(scope, table.rows)
    plans = list(planner.plan(table.rows))
    wanted = [plan for plan in plans if plan.action is Action.NEW
              or (plan.action is Action.CHANGED and overwrite)]  # fmt: skip
    if dry_run or any(plan.action is Action.WRONG for plan in plans):
        return plans, {}
    rows = {row.number: row for row in table.rows}
    return plans, write_plans(scope, planner, rows, wanted, owner_id=None)
