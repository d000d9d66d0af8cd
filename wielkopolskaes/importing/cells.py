"""The value of a field as a cell of a table, and back.

A list stands in one cell, a thing on each line. A thing with several fields is written with
vertical bars between them (`Anna Nowak | author`), as long as that is unambiguous; otherwise the
cell holds JSON, which may always stand there. Texts with formatting are HTML, or Markdown when
they do not begin with a tag.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import colander

from wielkopolskaes.content import richtext
from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.reading.found import cleaned
from wielkopolskaes.importing.words import Words, key_of
from wielkopolskaes.records.sheets import LONGEST_CELL

BAR = " | "
_NONE: tuple[Any, ...] = (None, "", colander.null)
_YES, _NO = {"true", "tak", "yes", "prawda", "1"}, {"false", "nie", "no", "falsz", "0"}
_BLANKS = re.compile(r"[\s\xa0\u202f]+")
_POLISH_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_POLISH_MONTH = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
# Where spreadsheets and our own files write one text in several ways.
_GUARD = re.compile(r"(^|[;,\t\r\n])'(?=[=+@\t\r-])")
_NUMBERED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")

Address = Callable[[int], str]


class Unfit(ValueError):
    """A cell that cannot be this field; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def structure_of(field: colander.SchemaNode, value: Any, address: Address) -> Any:
    """Write a stored value as JSON holds it; items by their addresses, words as they are."""
    if value in _NONE:
        return None
    if isinstance(field.typ, colander.Sequence):
        return [structure_of(field.children[0], each, address) for each in value]
    if isinstance(field.typ, colander.Mapping):
        parts = {child.name: structure_of(child, value.get(child.name), address)
                 for child in field.children}  # fmt: skip
        return {name: part for name, part in parts.items() if part not in (None, [])}
    if isinstance(field.typ, NodeRef):
        return address(value)
    return value.isoformat() if isinstance(value, date) else value


def cell_of(field: colander.SchemaNode, value: Any, address: Address, words: Words) -> str:
    """Write a stored value as the text of a cell."""
    if value in _NONE:
        return ""
    if isinstance(field.typ, colander.Sequence):
        return _list_cell(field, value, address, words)
    if isinstance(field.typ, NodeRef):
        return address(value)
    if isinstance(field.typ, colander.Boolean):
        return words.yes_no[0 if value else 1]
    labels = getattr(field, "labels", None)
    if labels and value in labels:
        return words.written(labels)[value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _list_cell(field: colander.SchemaNode, value: Any, address: Address, words: Words) -> str:
    inner = field.children[0]
    if isinstance(inner.typ, colander.Mapping):
        lines = [_barred(inner, each, address, words) for each in value]
    else:
        lines = [cell_of(inner, each, address, words) for each in value]
    plain = all(line and line == line.strip() and "\n" not in line for line in lines)
    if plain and not "".join(lines[:1]).startswith("["):
        return "\n".join(lines)
    found = structure_of(field, value, address)
    return json.dumps(found, ensure_ascii=False) if found else ""


def _barred(field: colander.SchemaNode, value: Any, address: Address, words: Words) -> str:
    """Write a thing on one line, "" when that would be ambiguous."""
    if not is_flat(field):
        return ""
    parts = [cell_of(child, value.get(child.name), address, words) for child in field.children]
    if any("|" in part or "\n" in part or part != part.strip() for part in parts):
        return ""
    while parts and not parts[-1]:
        parts.pop()
    return BAR.join(parts)


def is_flat(field: colander.SchemaNode) -> bool:
    """Tell whether a thing has only simple fields."""
    return not any(isinstance(child.typ, colander.Sequence | RichText | colander.Mapping)
                   for child in field.children)  # fmt: skip


def alike(cell: str, written: str) -> bool:
    """Tell whether a cell still holds what was written, whatever programs have made of it."""
    found = _leveled(cell)
    is_cut = len(cell) <= LONGEST_CELL < len(written)
    return found == _leveled(written) or (is_cut and found == _leveled(written[:LONGEST_CELL]))


def may_be_cut(cell: str, written: str) -> bool:
    """Tell whether a spreadsheet may have lost the end of a changed cell.

    Of a text that is longer than a cell it had the beginning alone. What is longer itself comes
    from another program, and is whole.
    """
    return len(cell) == LONGEST_CELL or len(cell) < LONGEST_CELL < len(written)


def same(value: Any, written: Any) -> bool:
    """Tell whether a value of JSON is still the one that was written."""
    return bool(_shown(value) == _shown(written))


def _shown(value: Any) -> Any:
    """Write texts as a file holds them; true is not the same as one."""
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return cleaned(value) if isinstance(value, str) else (type(value), value)


def _leveled(text: str) -> str:
    # The same steps for both: that they lose something does no harm.
    text = _NUMBERED.sub("_", text.replace("\r\n", "\n"))
    return _GUARD.sub(r"\1", _GUARD.sub(r"\1", text)).strip()


def unguarded(cell: str) -> str:
    """Take away the apostrophes by which our CSV keeps cells from being computed."""
    return _GUARD.sub(r"\1", cell)


def read_cell(field: colander.SchemaNode, cell: Any, words: Words) -> Any:
    """Make of a cell, or a value of JSON, what the field's schema reads; raises Unfit."""
    if isinstance(cell, str) and isinstance(field.typ, colander.Sequence):
        cell = _listed(field.children[0], cell)
    return _read(field, cell, words)


def _read(field: colander.SchemaNode, value: Any, words: Words) -> Any:
    if value in _NONE:
        return colander.null
    if isinstance(field.typ, colander.Sequence):
        if not isinstance(value, list):
            raise Unfit(_("This must be a list."))
        return [_read(field.children[0], each, words) for each in value]
    if isinstance(field.typ, colander.Mapping):
        return _thing(field, value, words)
    if isinstance(value, list | dict):
        raise Unfit(_("This must be one value, not a list."))
    return _leaf(field, _plain(value), words)


def _thing(field: colander.SchemaNode, value: Any, words: Words) -> dict[str, Any]:
    if not isinstance(value, dict):
        names = ", ".join(each.name for each in field.children)
        raise Unfit(_("This must be an object with the fields: ${names}.",
                      mapping={"names": names}))  # fmt: skip
    children = {child.name: child for child in field.children}
    if unknown := [name for name in value if name not in children]:
        raise Unfit(_("There is no field “${name}” here.", mapping={"name": unknown[0][:80]}))
    return {name: _read(children[name], each, words) for name, each in value.items()}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _listed(inner: colander.SchemaNode, cell: str) -> Any:
    text = cell.strip()
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            if isinstance(inner.typ, colander.Mapping):
                raise Unfit(_("This begins like JSON and is none.")) from None
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [_thing_of(inner, line) for line in lines] if _is_thing(inner) else lines


def _is_thing(inner: colander.SchemaNode) -> bool:
    return isinstance(inner.typ, colander.Mapping)


def _thing_of(field: colander.SchemaNode, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|")]
    names = [child.name for child in field.children]
    if not is_flat(field):
        raise Unfit(_("Write this as JSON: a list of objects with the fields ${names}.",
                      mapping={"names": ", ".join(names)}))  # fmt: skip
    if len(parts) > len(names):
        raise Unfit(_("On one line there are more parts than fields: ${names}.",
                      mapping={"names": BAR.join(names)}))  # fmt: skip
    return dict(zip(names, parts, strict=False))


def _leaf(field: colander.SchemaNode, text: str, words: Words) -> Any:
    text = text.strip()
    if not text:
        return colander.null
    if labels := getattr(field, "labels", None):
        return _word(labels, text, words)
    match field.typ:
        case RichText():
            return text if text.startswith("<") else richtext.to_html(text)
        case colander.Boolean():
            return _flag(text)
        case PartialDate() | colander.Date():
            return _day(text)
        case colander.Integer():
            return re.sub(r"[.,]0+\Z", "", _BLANKS.sub("", text))
        case colander.Float() | colander.Decimal():
            return _BLANKS.sub("", text).replace(",", ".")
    return text


def _word(labels: dict[str, str], text: str, words: Words) -> str:
    if text in labels:
        return text
    found = words.meant(labels).get(key_of(text)) or {key_of(w): w for w in labels}.get(
        key_of(text)
    )
    if found is None:
        known = [words.say(label) for label in labels.values()]
        some = "; ".join(known[:12]) + ("; …" if len(known) > 12 else "")
        raise Unfit(_("“${word}” is none of the words of this list: ${known}.",
                      mapping={"word": text[:80], "known": some}))  # fmt: skip
    return found


def _flag(text: str) -> str:
    key = key_of(text)
    if key not in _YES | _NO:
        raise Unfit(_("Write “yes” or “no”."))
    return "true" if key in _YES else "false"


def _day(text: str) -> str:
    """Read a day as spreadsheets show it: 01.05.2014, or with the hour that they add."""
    if day := _POLISH_DAY.fullmatch(text):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if month := _POLISH_MONTH.fullmatch(text):
        return f"{month[2]}-{int(month[1]):02}"
    try:
        return datetime.fromisoformat(text).date().isoformat() if len(text) > 10 else text
    except ValueError:
        return text
