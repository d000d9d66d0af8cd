"""The cells of a row as the values of an item's fields, checked by the type's own schema."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import colander

from wielkopolskaes.i18n import _
from wielkopolskaes.importing import cells
from wielkopolskaes.importing.columns import EMPTY
from wielkopolskaes.importing.process import Row
from wielkopolskaes.importing.reading.found import MISSING
from wielkopolskaes.importing.scope import Scope
from wielkopolskaes.newsroom.editing.schemas import shown_schema
from wielkopolskaes.newsroom.editing.values import digest_of

# In public lists these say which record is meant, and are no fields to change.
_KEYS_OF_LISTS = frozenset({"code", "lang", "permanent_address"})
FULL = _("A cell of a spreadsheet holds no more: the end of the text may be missing. Change this "
         "field in the form.")  # fmt: skip


class Reading(NamedTuple):
    """All fields as they would be, which of them the row changes, and what cannot be."""

    data: dict[str, Any]
    changed: list[str]
    problems: list[tuple[str, str]]


class RowReader:
    """Reads rows of one type."""

    def __init__(self, scope: Scope, kind: str) -> None:
        self._scope, self._kind = scope, kind
        self._fields = scope.headings.columns[kind].fields

    @cached_property
    def schema(self) -> colander.SchemaNode:
        """Return the type's schema, ready to read."""
        scope = self._scope
        return shown_schema(scope.types[self._kind]).bind(
            markup="html", resolve=scope.references.resolve, kind_of=scope.references.kind_of,
            hosts=scope.registry.portal.hosts,
        )  # fmt: skip

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Return the headings by the fields that they mean."""
        return self._scope.headings.headed(self._kind)

    def _cell(self, row: Row, name: str) -> Any:
        """Return the cell of a field, MISSING when the row has none: a filled one comes first."""
        there = [row.cells[each] for each in self._named.get(name, ()) if each in row.cells]
        filled = (cell for cell in there if cell not in EMPTY)
        return next(filled, there[0] if there else MISSING)

    @cached_property
    def _children(self) -> dict[str, colander.SchemaNode]:
        return {child.name: child for child in self.schema.children}

    def known_by(
        self, row: Row, deserialised: Callable[[colander.SchemaNode, Any], Any]
    ) -> dict[str, Any]:
        """Read what tells the record from others: code, language, identifiers, title."""
        names = {"code", "lang", "title", *self._scope.types[self._kind].known_by.fields}
        found: dict[str, Any] = {}
        for name in names:
            given = self._cell(row, name)
            if name not in self._children or given is MISSING:
                continue
            try:
                cell = self._read(name, given)
            except cells.Unfit:
                continue
            found[name] = deserialised(self._children[name], cell)
        return found

    def read(self, row: Row, stored: dict[str, Any] | None) -> Reading:
        """Read a row over what is stored, or over what a new item has."""
        reading = Reading({}, [], [])
        given = self._given(row)
        for name, child in self._children.items():
            if name in given:
                self._field(reading, child, given[name], stored)
            elif stored is not None:
                reading.data[name] = stored[name]
            else:
                self._missing(reading, child)
        if not reading.problems and (stored is None or reading.changed):
            self._whole(reading)
        reading.problems.extend(self._strange(row))
        return reading

    def _given(self, row: Row) -> dict[str, Any]:
        skipped = _KEYS_OF_LISTS if self._scope.headings.is_list else frozenset()
        found = {name: self._cell(row, name) for name in self._named if name not in skipped}
        return {name: cell for name, cell in found.items() if cell is not MISSING}

    def _strange(self, row: Row) -> list[tuple[str, str]]:
        """Name filled cells of columns that only other types have."""
        headings = self._scope.headings
        if headings.is_list:
            names = set(self._fields) | _KEYS_OF_LISTS
            strange = [each for name, headings in self._named.items() if name not in names
                       for each in headings]  # fmt: skip
        else:
            known = {*(each for named in self._named.values() for each in named)}
            known.update(headings.unknown)
            strange = [each for each in headings.headings if each not in known]
        words = self._scope.say(_("Items of this type have no such field."))
        return [(each, words) for each in strange if row.cells.get(each) not in EMPTY]

    def _field(
        self, reading: Reading, child: colander.SchemaNode, cell: Any,
        stored: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        name = child.name
        if stored is not None and self._is_stored(child, cell, stored[name]):
            reading.data[name] = stored[name]
            return
        if self._scope.is_table:
            written = "" if stored is None else self._written(child, stored[name])
            if cells.may_be_cut(str(cell), written):
                self._note(reading, name, FULL)
                return
        try:
            value = child.deserialize(self._read(name, cell))
        except cells.Unfit as unfit:
            self._note(reading, name, unfit.message)
        except colander.Invalid as error:
            self._invalid(reading, child, error)
        else:
            value = None if value is colander.null else value
            reading.data[name] = value
            if stored is None or digest_of(value) != digest_of(stored[name]):
                reading.changed.append(name)

    def _is_stored(self, child: colander.SchemaNode, cell: Any, value: Any) -> bool:
        scope = self._scope
        if scope.is_table:
            return cells.alike(str(cell), self._written(child, value))
        written = cells.structure_of(child, value, scope.references.address)
        if cell in EMPTY:
            return written in EMPTY
        return cells.same(cell, written)

    def _written(self, child: colander.SchemaNode, value: Any) -> str:
        return cells.cell_of(child, value, self._scope.references.address, self._scope.words)

    def _read(self, name: str, cell: Any) -> Any:
        if self._scope.is_table and isinstance(cell, str):
            cell = cells.unguarded(cell)
        return cells.read_cell(self._fields[name], cell, self._scope.words)

    def _missing(self, reading: Reading, child: colander.SchemaNode) -> None:
        """Take what a form has of a field that nobody has filled in."""
        try:
            if child.name == "lang":
                reading.data["lang"] = self._scope.section.lang
            else:
                value = child.deserialize(colander.null)
                reading.data[child.name] = None if value is colander.null else value
        except colander.Invalid as error:
            self._invalid(reading, child, error)

    def _whole(self, reading: Reading) -> None:
        """Check what only all fields together can tell."""
        if self.schema.validator is None:
            return
        try:
            self.schema.validator(self.schema, reading.data)
        except colander.Invalid as error:
            for part in error.children:
                self._invalid(reading, part.node, part)
            if error.msg:
                reading.problems.append(("", " ".join(map(self._scope.say, error.messages()))))

    def _invalid(
        self, reading: Reading, child: colander.SchemaNode, error: colander.Invalid
    ) -> None:
        told = error.asdict(translate=self._scope.say, separator=" ")
        for place, message in told.items():
            within = self._within(child, place.split(".")[1:])
            self._note(reading, child.name, f"{within}: {message}" if within else message)

    def _within(self, node: colander.SchemaNode, places: list[str]) -> str:
        """Name a part of a list: "2. Role"."""
        names = []
        for place in places:
            if place.isdecimal():
                names.append(f"{int(place) + 1}.")
                node = node.children[0]
            else:
                node = next(each for each in node.children if each.name == place)
                names.append(self._scope.say(node.title))
        return " ".join(names)

    def _note(self, reading: Reading, name: str, words: str) -> None:
        heading = self._scope.heading(self._kind, name)
        reading.problems.append((heading, self._scope.say(words)))
