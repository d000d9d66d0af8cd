"""Repeated parts without JavaScript: what the buttons "add", "remove", "up" and "down" do.

A pressed button names the place of a part: `remove:activities.2`. It works on what peppercorn
made of the form, before anything is validated, so that whatever was typed moves with its part.
"""

from collections.abc import Iterable
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest

ARRANGE = "__arrange__"
MOVES = {"up": -1, "down": 1}


def parse(items: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], str]:
    """Return the structure of a posted form, and the button among its parts that was pressed.

    The button is taken out first: inside a list it would count as one more thing of the list.
    """
    import peppercorn

    tokens, pressed = [], ""
    for name, value in items:
        if name == ARRANGE:
            pressed = str(value)
        else:
            tokens.append((name, value))
    try:
        return peppercorn.parse(tokens), pressed
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise HTTPBadRequest("malformed form") from error


def rearrange(data: dict[str, Any], pressed: str, room: dict[str, int]) -> str:
    """Do in `data` what the button says; return where the focus belongs.

    `room` holds the most parts there may be, by the place of the list without its numbers.
    """
    verb, _colon, key = pressed.partition(":")
    if verb == "add":
        parts = _list_at(data, key.split("."))
        if len(parts) < room.get(without_numbers(key), 0):
            parts.append("")
        return f"{key}.{len(parts) - 1}" if parts else key
    *way, last = key.split(".")
    parts = _list_at(data, way)
    index = _index(last, parts)
    if verb == "remove":
        del parts[index]
        return f"{'.'.join(way)}.{min(index, len(parts) - 1)}" if parts else ".".join(way)
    if verb not in MOVES:
        raise HTTPBadRequest("malformed form")
    target = min(max(index + MOVES[verb], 0), len(parts) - 1)
    parts.insert(target, parts.pop(index))
    return f"{'.'.join(way)}.{target}"


def without_numbers(key: str) -> str:
    """Name the place in the schema: `activities.links` for `activities.2.links`."""
    return ".".join(step for step in key.split(".") if not step.isdecimal())


def _list_at(data: Any, way: list[str]) -> list[Any]:
    for step in way:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list):
            data = data[_index(step, data)]
    if not isinstance(data, list):
        raise HTTPBadRequest("malformed form")
    return data


def _index(step: str, parts: list[Any]) -> int:
    # Nine digits: longer ones are no place, and very long ones Python refuses to read.
    if step.isascii() and step.isdecimal() and len(step) < 9 and int(step) < len(parts):
        return int(step)
    raise HTTPBadRequest("malformed form")


def is_blank(value: Any) -> bool:
    """Tell whether nobody has typed anything into this part of a form."""
    if isinstance(value, dict):
        return all(is_blank(each) for each in value.values())
    if isinstance(value, list):
        return all(is_blank(each) for each in value)
    return value is None or (isinstance(value, str | bytes) and not value.strip())


def without_blanks(value: Any) -> Any:
    """Leave out parts of lists that were added and left empty."""
    if isinstance(value, dict):
        return {name: without_blanks(each) for name, each in value.items()}
    if isinstance(value, list):
        return [without_blanks(each) for each in value if not is_blank(each)]
    return value
