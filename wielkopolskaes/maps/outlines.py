"""Counties as they are drawn: the borders of `counties.json` as paths of a picture.

`tools/counties.py` makes the file; a border has the same points in both its counties, so that
none of them overlaps another or leaves a gap. Degrees are taken for lengths, which at this size
is wrong by less than the line is wide.
"""

import json
import math
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

WIDTH = 600
# What is narrower has no room for its name, and on a phone none for a number.
NARROW = 45
_MIDDLE = math.cos(math.radians(52.2))


class Outline(NamedTuple):
    """A county: its path, where its name and number stand, and whether there is little room."""

    code: str
    path: str
    x: int
    y: int
    is_narrow: bool


class Sheet(NamedTuple):
    """All of them, in the order of their codes, and the size of the picture."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


@cache
def sheet() -> Sheet:
    """Draw the counties once."""
    known = borders()
    points = [point for county in known.values() for ring in county["rings"] for point in ring]
    west, north = min(lon for lon, _ in points), max(lat for _, lat in points)
    east, south = max(lon for lon, _ in points), min(lat for _, lat in points)
    scale = WIDTH / (east - west)

    def place(point: Iterable[float]) -> tuple[int, int]:
        lon, lat = point
        return round((lon - west) * scale), round((north - lat) * scale / _MIDDLE)

    drawn = (_outline(code, county, place) for code, county in known.items())
    return Sheet(WIDTH, place((east, south))[1], tuple(drawn))


def borders() -> dict[str, dict[str, Any]]:
    """Return longitudes and latitudes: `rings`, the outer one first, and `label`."""
    file = Path(__file__).with_name("counties.json")
    counties: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))["counties"]
    return counties


def _outline(code: str, county: dict[str, Any], place: Any) -> Outline:
    rings = [[place(point) for point in ring] for ring in county["rings"]]
    columns = [x for x, _ in rings[0]]
    x, y = place(county["label"])
    path = "".join(map(_path, rings))
    return Outline(code, path, x, y, is_narrow=max(columns) - min(columns) < NARROW)


def _path(ring: list[tuple[int, int]]) -> str:
    """Write a ring as steps from one point to the next; the last one closes it."""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring[:-1])]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(f'{x} {y}' for x, y in steps if x or y)}z"
