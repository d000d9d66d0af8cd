"""Rows of a JSON file: a list of objects, or an object with one such list in it."""

import json
from typing import Any

from wielkopolskaes.importing.reading.found import MISSING, MOST_ROWS, Refused, Rows, taken

DEEPEST = 8


def read_json(data: bytes) -> Rows:
    """Read a list of objects; the names of all are the headings."""
    found = _listed(_loaded(data))
    if len(found) > MOST_ROWS:
        raise Refused("rows", str(MOST_ROWS))
    if not all(isinstance(each, dict) for each in found):
        raise Refused("objects")
    rows = Rows()
    names = list(dict.fromkeys(name for each in found for name in each))
    rows.head(names or [""])
    for number, each in enumerate(found, 1):
        rows.add(
            number, [_clean(each[name], rows, 0) if name in each else MISSING for name in names]
        )
    return rows


def _loaded(data: bytes) -> Any:
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise Refused("json at" if line else "json", str(line or "")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise Refused("twice", next(name for name in names if names.count(name) > 1)[:80])
    return found


def _no_number(name: str) -> Any:
    raise Refused("json")


def _listed(found: Any) -> list[Any]:
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else found
    if not isinstance(found, list):
        raise Refused("objects")
    return found


def _clean(value: Any, rows: Rows, depth: int) -> Any:
    if depth > DEEPEST:
        raise Refused("json")
    if isinstance(value, str):
        return taken(value, rows)
    if isinstance(value, list):
        return [_clean(each, rows, depth + 1) for each in value]
    if isinstance(value, dict):
        return {taken(name, rows): _clean(each, rows, depth + 1) for name, each in value.items()}
    return value
