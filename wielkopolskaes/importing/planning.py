"""What each row of a file would do: make an item, change one, or nothing; or what is wrong."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from wielkopolskaes.content import gate
from wielkopolskaes.content.services import assign
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.columns import KIND
from wielkopolskaes.importing.doubles import Doubles
from wielkopolskaes.importing.matching import Ambiguous, Found, Stored, deserialised
from wielkopolskaes.importing.plans import Action, Plan, Remark
from wielkopolskaes.importing.process import Row
from wielkopolskaes.importing.reading_rows import RowReader
from wielkopolskaes.importing.references import letters, permanent_of
from wielkopolskaes.importing.scope import Scope
from wielkopolskaes.importing.words import key_of
from wielkopolskaes.newsroom.editing.kinds import fits
from wielkopolskaes.newsroom.editing.values import stored_values
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.states import TIMED

CHUNK = 200
LONGEST_TITLE = 250
SPOILT = {
    "formula": _("The formula in this cell has no value. Open the file in a spreadsheet, save it, "
                 "and import it again."),
    "error": _("The spreadsheet shows an error in this cell."),
    "no heading": _("There is something in this cell, but the column has no heading."),
}  # fmt: skip


OLDER = _("The record was changed in the portal after this file was made. Look at the fields: the "
          "file may undo what others did.")  # fmt: skip


OTHER = _("The permanent address in this row is that of another record.")


class Planner:
    """Plans the rows of one file; changes nothing."""

    def __init__(self, scope: Scope, rows: Sequence[Row]) -> None:
        self._scope = scope
        self._stored = Stored(scope.session, scope.types)
        self._readers = {kind: RowReader(scope, kind) for kind in scope.types}
        self._labels = {kind: each.label for kind, each in scope.types.items()}
        self._seen: dict[tuple[Any, ...], int] = {}
        self._keys: dict[tuple[str, str], int] = {}
        self._doubles = Doubles(scope)
        for row in rows:
            kind = self._kind(row)
            code = self._plain_values(row, kind).get("code") if kind else None
            if code and not self._stored.knows(kind, code):
                scope.references.promise(kind, code)

    def plan(self, rows: Sequence[Row]) -> Iterator[Plan]:
        """Plan rows, some hundred at a time."""
        for start in range(0, len(rows), CHUNK):
            yield from self._chunk(rows[start : start + CHUNK])

    def _chunk(self, rows: Sequence[Row]) -> Iterator[Plan]:
        begun = [(row, *self._begin(row)) for row in rows]
        ids = {found.id for _row, _plan, found in begun if found}
        nodes, uses = self._load(ids)
        for row, plan, found in begun:
            if plan.problems:
                yield plan
            elif found:
                yield self._change(row, plan, nodes[found.id], uses.get(found.id, {}))
            else:
                yield self._make(row, plan)

    def _begin(self, row: Row) -> tuple[Plan, Found | None]:
        """Find out of which type a row is, and which record it is about."""
        scope, plan = self._scope, Plan(row.number)
        plan.problems += [(column, scope.say(SPOILT[why])) for column, why in row.spoilt]
        plan.kind = self._kind(row)
        if not plan.kind:
            return self._refused(plan, KIND, _("Say of which type the item is."))
        if doubled := scope.headings.doubled(plan.kind, row.cells):
            words = _("The columns “${one}” and “${two}” mean the same field. Leave one of them.",
                      mapping=dict(zip(("one", "two"), doubled, strict=True)))  # fmt: skip
            plan.problems.append((doubled[1], scope.say(words)))
            return plan, None
        values = self._plain_values(row, plan.kind)
        if code := self._address(row)[1]:
            values["code"] = values.get("code") or code
            if values["code"] != code:
                return self._refused(plan, "code", OTHER)
        plan.title = str(values.get("title") or "")[:LONGEST_TITLE]
        lang = values.get("lang") or ("" if scope.headings.is_list else scope.section.lang)
        try:
            found = self._stored.find(plan.kind, values, lang)
            if found is None and scope.headings.is_list:
                # A list says the language of the title, which may be another one.
                found = self._stored.find(plan.kind, values, "")
        except Ambiguous:
            return self._refused(plan, "code", _("Several records have this code or number."))
        return self._alone(plan, values, lang, found)

    def _alone(
        self, plan: Plan, values: dict[str, Any], lang: str, found: Found | None
    ) -> tuple[Plan, Found | None]:
        """Refuse a second row about the same record."""
        key = ("id", found.id) if found else (plan.kind, lang, values.get("code"))
        first = self._seen.setdefault(key, plan.number)
        if first != plan.number and (found or values.get("code")):
            return self._refused(plan, "code", _("Row ${number} is about the same record.",
                                                 mapping={"number": first}))  # fmt: skip
        return plan, found

    def _refused(self, plan: Plan, name: str, words: str) -> tuple[Plan, None]:
        plan.problems.append((self._scope.heading(plan.kind, name), self._scope.say(words)))
        return plan, None

    def _kind(self, row: Row) -> str:
        scope = self._scope
        if scope.headings.is_list:
            return letters(scope.types).get(self._address(row)[0], "")
        said = str(row.cells.get(scope.headings.beside(KIND)) or "").strip()
        if not said:
            return scope.kind or (next(iter(scope.types)) if len(scope.types) == 1 else "")
        if said in scope.types:
            return said
        return scope.words.meant(self._labels).get(key_of(said), "")

    def _address(self, row: Row) -> tuple[str, str]:
        """Read the letter and the code of a row of a public list; "" for both of others."""
        headings = self._scope.headings
        return (
            permanent_of(str(row.cells.get(headings.permanent, "")))
            if headings.is_list
            else ("", "")
        )

    def _plain_values(self, row: Row, kind: str) -> dict[str, Any]:
        """Read what a record is known by, as far as it can be read."""
        return self._readers[kind].known_by(row, deserialised)

    def _load(self, ids: Iterable[int]) -> tuple[dict[int, Any], dict[int, dict[str, list[int]]]]:
        session, wanted = self._scope.session, list(ids)
        nodes: dict[int, Any] = {}
        for content_type in self._scope.types.values() if wanted else ():
            model = content_type.model
            query = select(model).where(model.id.in_(wanted)).options(undefer("*"))
            query = query.execution_options(populate_existing=True)
            if self._scope.locks:
                query = query.with_for_update()
            nodes |= {node.id: node for node in session.scalars(query)}
        uses: dict[int, dict[str, list[int]]] = {}
        named = select(Reference).where(Reference.source_id.in_(wanted))
        for use in session.scalars(named.order_by(Reference.position)) if wanted else ():
            uses.setdefault(use.source_id, {}).setdefault(use.role, []).append(use.target_id)
        self._scope.references.learn(
            target for roles in uses.values() for targets in roles.values() for target in targets
        )
        return nodes, uses

    def _change(self, row: Row, plan: Plan, node: Node, uses: dict[str, list[int]]) -> Plan:
        scope = self._scope
        reader = self._readers[plan.kind]
        if not self._may(Permission.EDIT, node):
            sees = self._may(Permission.VIEW, node)
            words = _("You may not change this record in its state.") if sees else _(
                "A record that you may not see has this code or number.")  # fmt: skip
            return self._refused(plan, "code", words)[0]
        plan.title, plan.node_id, plan.version = node.title, node.id, node.version
        plan.before = stored_values(reader.schema, node, uses)
        self._take(plan, row, plan.before)
        if plan.fields and node.state in TIMED:
            plan.problems += [("", scope.say(each)) for each in self._barriers(node, plan)]
        if not plan.problems:
            plan.action = Action.CHANGED if plan.fields else Action.UNCHANGED
        if plan.action is Action.CHANGED and 0 < scope.version(row) < node.version:
            plan.remarks.append(Remark(scope.say(OLDER)))
        return plan

    def _barriers(self, node: Node, plan: Plan) -> list[str]:
        """List what the change would take from an item that readers see, as its form does."""
        if plan.problems:
            return []
        content_type = self._scope.types[plan.kind]
        changed = content_type.model()
        assign(changed, content_type, plan.data)
        before = gate.barriers(node)
        return [each for each in gate.barriers(changed) if each not in before]

    def _make(self, row: Row, plan: Plan) -> Plan:
        scope = self._scope
        if scope.headings.is_list:
            words = _("There is no such record, and a public list holds too little to make one. "
                      "Use the template.")  # fmt: skip
            return self._refused(plan, "code", words)[0]
        if not fits(plan.kind, scope.section.kind):
            return self._refused(plan, KIND, _("Items of this type cannot stand there."))[0]
        self._take(plan, row, None)
        plan.title = str(plan.data.get("title") or plan.title)[:LONGEST_TITLE]
        if not plan.problems:
            plan.action = Action.NEW
            self._doubles.check(plan)
        return plan

    def reread(self, row: Row, plan: Plan) -> dict[str, Any]:
        """Read a row's fields once more, when what they name has been made."""
        return self._readers[plan.kind].read(row, plan.before or None).data

    def _take(self, plan: Plan, row: Row, stored: dict[str, Any] | None) -> None:
        references = self._scope.references
        relied = references.relied
        reading = self._readers[plan.kind].read(row, stored)
        plan.promised = references.relied > relied
        plan.data, plan.fields = reading.data, reading.changed
        order = {each: nth for nth, each in enumerate(self._scope.headings.headings)}
        plan.problems += sorted(reading.problems, key=lambda each: order.get(each[0], len(order)))
        key, lang = plan.data.get("translation_key"), plan.data.get("lang")
        if key and {"translation_key", "lang"} & {*plan.fields}:
            self._check_key(plan, key, lang)

    def _check_key(self, plan: Plan, key: Any, lang: Any) -> None:
        """Refuse a second version of an item in the same language."""
        query = select(Node.id).where(Node.translation_key == key, Node.lang == lang)
        other = self._scope.session.scalar(query)
        first = self._keys.setdefault((key, lang), plan.number)
        if first != plan.number or (other is not None and other != plan.node_id):
            words = _("Another item has this key in the same language. Change the key or the "
                      "language.")  # fmt: skip
            self._refused(plan, "translation_key", words)

    def _may(self, permission: Permission, node: Node) -> bool:
        identity = self._scope.identity
        return identity is None or may(identity, permission, node, self._scope.now)
