"""Records as files that can be corrected and imported again, and templates of such files."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import colander
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from wielkopolskaes.audit.exports import DELIMITER, defused
from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.cells import BAR, cell_of, is_flat, structure_of
from wielkopolskaes.importing.columns import ADDRESS, EXAMPLE, KIND, STATE, VERSION, Columns
from wielkopolskaes.importing.references import References
from wielkopolskaes.importing.words import Words
from wielkopolskaes.newsroom.chips import CHIPS
from wielkopolskaes.newsroom.editing.values import stored_values
from wielkopolskaes.newsroom.rows import outside_trash
from wielkopolskaes.records.sheets import MEDIA_TYPE, as_xlsx
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.paths import subtree

MEDIA_TYPES = {"csv": "text/csv", "xlsx": MEDIA_TYPE, "json": "application/json"}
MOST = 10_000
# What people change first stands first; the rest follows in the order of the form.
FIRST = ("code", "title")
CHUNK = 200


class Kept(NamedTuple):
    """A stored record with the values of its form."""

    node: Node
    values: dict[str, Any]


class Files:
    """Writes records of some types in one language."""

    def __init__(self, types: Mapping[str, ContentType], words: Words) -> None:
        self._types, self._words = types, words
        self._columns = {kind: Columns(each, words) for kind, each in types.items()}

    def write(self, suffix: str, kept: Sequence[Kept], references: References) -> bytes:
        """Write a file; of each record all its fields."""
        if suffix == "json":
            found = [self._object(each, references) for each in kept]
            return json.dumps(found, ensure_ascii=False, indent=1).encode()
        kinds = [kind for kind in self._types if any(each.node.kind == kind for each in kept)]
        headings = self._headings(kinds or list(self._types))
        rows = ([*headings], *(self._row(each, headings, references) for each in kept))
        return _table(suffix, rows)

    def template(self, suffix: str, kind: str, example: Mapping[str, str]) -> bytes:
        """Write the headings of a type and one row that explains them."""
        columns = self._columns[kind]
        names = [KIND, *_ordered(columns.fields)]
        if suffix == "json":
            row = {KIND: self._words.say(EXAMPLE)} | {
                name: example.get(name, "") for name in names[1:]
            }
            return json.dumps([row], ensure_ascii=False, indent=1).encode()
        explained = [example.get(name, "") for name in names[1:]]
        headings = [columns.heading(name) for name in names]
        return _table(suffix, (headings, [self._words.say(EXAMPLE), *explained]))

    def _headings(self, kinds: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the fields of each kind under each heading."""
        found: dict[str, dict[str, str]] = {}
        for name in (KIND, ADDRESS, STATE, VERSION):
            found[self._columns[kinds[0]].heading(name)] = dict.fromkeys(kinds, name)
        for kind in kinds:
            for name in _ordered(self._columns[kind].fields):
                found.setdefault(self._columns[kind].heading(name), {})[kind] = name
        return found

    def _row(
        self, kept: Kept, headings: dict[str, dict[str, str]], references: References
    ) -> list[str]:
        node, fields = kept.node, self._columns[kept.node.kind].fields
        beside = self._beside(node)

        def cell(name: str | None) -> str:
            if name is None:
                return ""
            if name in beside:
                return beside[name]
            return cell_of(fields[name], kept.values[name], references.address, self._words)

        return [cell(names.get(node.kind)) for names in headings.values()]

    def _beside(self, node: Node) -> dict[str, str]:
        return {
            KIND: self._words.say(self._types[node.kind].label),
            ADDRESS: node.path,
            STATE: self._words.say(CHIPS[node.state].words),
            VERSION: str(node.version),
        }

    def _object(self, kept: Kept, references: References) -> dict[str, Any]:
        node, fields = kept.node, self._columns[kept.node.kind].fields
        beside = {KIND: node.kind, ADDRESS: node.path, STATE: node.state.value,
                  VERSION: node.version}  # fmt: skip
        return beside | {
            name: structure_of(fields[name], kept.values[name], references.address)
            for name in _ordered(fields)
        }


def _ordered(fields: Iterable[str]) -> list[str]:
    return sorted(fields, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def _table(suffix: str, rows: Iterable[Sequence[str]]) -> bytes:
    if suffix == "xlsx":
        return as_xlsx(rows)
    out = io.StringIO(newline="")
    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def kept_under(
    session: Session,
    section: Node,
    types: Mapping[str, ContentType],
    references: References,
    *,
    identity: Identity | None,
    now: datetime,
) -> list[Kept]:
    """Read the records under a section, drafts too, as far as the person may see them."""
    found: list[Kept] = []
    for content_type in types.values():
        here = select(Node.id).where(
            subtree(section.path), Node.kind == content_type.kind, outside_trash()
        )
        if identity is not None:
            here = here.where(items_allowed(identity, Permission.VIEW, now))
        ids = session.scalars(here.order_by(Node.id).limit(MOST)).all()
        for start in range(0, len(ids), CHUNK):
            found += _kept(session, content_type, ids[start : start + CHUNK], references)
    return found


def _kept(
    session: Session, content_type: ContentType, ids: Sequence[int], references: References
) -> Iterator[Kept]:
    model, schema = content_type.model, content_type.schema()
    uses: dict[int, dict[str, list[int]]] = {}
    named = select(Reference.source_id, Reference.role, Reference.target_id)
    named = named.where(Reference.source_id.in_(ids)).order_by(Reference.position)
    for source, role, target in session.execute(named):
        uses.setdefault(source, {}).setdefault(role, []).append(target)
    nodes = session.scalars(
        select(model).where(model.id.in_(ids)).options(undefer("*")).order_by(model.id)
    ).all()
    used = {target for roles in uses.values() for some in roles.values() for target in some}
    references.learn(used | {node.image_id for node in nodes if node.image_id})
    for node in nodes:
        yield Kept(node, stored_values(schema, node, uses.get(node.id, {})))


def example_of(content_type: ContentType, words: Words) -> dict[str, str]:
    """Say of each field, in its own cell, what can stand there."""
    return {
        field.name: _example(field, words) for field in content_type.schema().children
    }  # fmt: skip


def _example(field: colander.SchemaNode, words: Words) -> str:
    needed = words.say(_("required")) if field.required and field.name != "lang" else ""
    hint = words.say(getattr(field, "description", "") or "")
    return " – ".join(filter(None, (needed, words.say(_form_of(field, words)), hint)))


def _form_of(field: colander.SchemaNode, words: Words) -> str:
    if isinstance(field.typ, colander.Sequence):
        inner = field.children[0]
        if isinstance(inner.typ, colander.Mapping):
            names = [child.name for child in inner.children]
            if is_flat(inner):
                return _("one on each line: ${fields}", mapping={"fields": BAR.join(names)})
            return _("JSON: a list of objects with ${fields}",
                     mapping={"fields": ", ".join(names)})  # fmt: skip
        return _("one on each line: ${what}", mapping={"what": words.say(_form_of(inner, words))})
    if labels := getattr(field, "labels", None):
        said = [words.say(each) for each in labels.values()]
        return "; ".join(said[:12]) + ("; …" if len(said) > 12 else "")
    return _FORMS.get(type(field.typ), _("text"))


_FORMS: dict[type, Any] = {
    RichText: _("text with formatting: HTML or Markdown"),
    NodeRef: _("address of an item in the portal, or its permanent address such as /r/D0104"),
    PartialDate: _("a year, a month or a day: 2012, 2012-05, 2012-05-01"),
    colander.Date: _("a day: 2012-05-01"),
    colander.Boolean: _("yes or no"),
    colander.Integer: _("a whole number"),
    colander.Float: _("a number"),
    colander.Decimal: _("a number"),
}
