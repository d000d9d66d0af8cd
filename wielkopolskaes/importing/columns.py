"""Which column of a file is which field of a type.

A heading is the name of a field as in content files (`number_in_series`), or its label as in the
form, in any language of the portal. Files of public lists are known by their permanent addresses:
they hold what catalogues ask for, of which only a part are fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import colander

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.words import Words, key_of
from wielkopolskaes.newsroom.editing.schemas import shown_schema
from wielkopolskaes.records.exports import COLUMNS as LISTED

KIND, ADDRESS, STATE, VERSION = "kind", "path", "state", "version"
PERMANENT = "permanent_address"
# What our files hold beside the fields.
BESIDE = {
    KIND: _("Type of the item"),
    ADDRESS: _("Address in the portal"),
    STATE: _("State"),
    VERSION: _("Version in the portal"),
}
# Stands for the type in the row by which a template explains its columns.
EXAMPLE = _("example")
# Of the columns of public lists these are fields, by the same name in the JSON.
_SHARED = {
    "Code": "code", "ISBN": "isbn", "DOI": "doi", "Licence": "licence", "Source": "source",
    "Address of the source": "source_url", "Language": "lang",
    "Permanent address": PERMANENT, "issn": "issn", "link": "link",
}  # fmt: skip
# An address in the list is the permanent one, not a place in the tree.
_READ_ONLY = "read only"
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass
class Columns:
    """The columns that one type knows."""

    content_type: ContentType
    words: Words

    @cached_property
    def fields(self) -> dict[str, colander.SchemaNode]:
        """Return the fields by name."""
        return {field.name: field for field in shown_schema(self.content_type).children}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        labels = {name: field.title for name, field in self.fields.items()}
        meant = self.words.meant({**labels, **BESIDE})
        return meant | {key_of(name): name for name in (*BESIDE, *labels)}

    def name_of(self, heading: str) -> str:
        """Return the field that a heading means, "" when the type has none such."""
        return self._by_name.get(key_of(heading), "")

    def heading(self, name: str) -> str:
        """Return how our files head a field: by its label, unless another one has the same."""
        title = BESIDE[name] if name in BESIDE else self.fields[name].title
        said = self.words.say(title)
        return said if self.name_of(said) == name else name


class Headings:
    """The headings of one file, read against the types that its rows may have."""

    def __init__(
        self, headings: Iterable[str], types: Mapping[str, ContentType], words: Words
    ) -> None:
        self.headings = list(headings)
        self.columns = {kind: Columns(each, words) for kind, each in types.items()}
        self._listed = _listed(words)
        keys = {self._listed.get(key_of(each)) for each in self.headings}
        self.is_list = PERMANENT in keys
        self._names: dict[tuple[str, str], str] = {}
        self._beside: dict[str, str] = {}
        self._headed: dict[str, dict[str, list[str]]] = {}

    def name_of(self, heading: str, kind: str) -> str:
        """Return the field of a type that a column is; "" when the type has none such."""
        key = heading, kind
        if key not in self._names:
            self._names[key] = self._name_of(heading, kind)
        return self._names[key]

    def _name_of(self, heading: str, kind: str) -> str:
        if self.is_list:
            found = self._listed.get(key_of(heading), "")
            return "" if found == _READ_ONLY else found
        return self.columns[kind].name_of(heading)

    def beside(self, name: str) -> str:
        """Return the heading of a column that is no field, "" when the file has none such."""
        if name not in self._beside:
            any_type = next(iter(self.columns.values()))
            found = (each for each in self.headings if any_type.name_of(each) == name)
            self._beside[name] = next(found, "")
        return self._beside[name]

    @cached_property
    def permanent(self) -> str:
        """Return the heading over permanent addresses."""
        return next(each for each in self.headings
                    if self._listed.get(key_of(each)) == PERMANENT)  # fmt: skip

    @cached_property
    def unknown(self) -> list[str]:
        """List the columns that nothing is known of."""
        if self.is_list:
            return [each for each in self.headings if key_of(each) not in self._listed]
        return [each for each in self.headings
                if not any(columns.name_of(each) for columns in self.columns.values())]  # fmt: skip

    @property
    def read_only(self) -> list[str]:
        """List the columns of a public list that are no fields."""
        if not self.is_list:
            return []
        return [each for each in self.headings if self._listed.get(key_of(each)) == _READ_ONLY]

    def headed(self, kind: str) -> dict[str, list[str]]:
        """Return the columns that mean each field of a type.

        Where a file holds several types, a column of one may be known to another, too.
        """
        if kind in self._headed:
            return self._headed[kind]
        found = self._headed[kind] = {}
        for heading in self.headings:
            if name := self.name_of(heading, kind):
                found.setdefault(name, []).append(heading)
        return found

    def doubled(self, kind: str, cells: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return two filled cells of a row that mean the same field, if there are such."""
        for headings in self.headed(kind).values():
            if len(headings) > 1:
                filled = [each for each in headings if cells.get(each) not in EMPTY]
                if len(filled) > 1:
                    return filled[0], filled[1]
        return None


def _listed(words: Words) -> dict[str, str]:
    """Return what the columns of public lists are, by their names in every language."""
    found = {name: _READ_ONLY for label in LISTED for name in words.names(label)}
    found |= {key_of(name): _READ_ONLY for name in _of_the_record()}
    for label, field in _SHARED.items():
        found |= dict.fromkeys((*words.names(_(label)), key_of(field)), field)
    return found


def _of_the_record() -> list[str]:
    from wielkopolskaes.records.record import Record

    return [*Record.__dataclass_fields__, PERMANENT, "address"]
