"""Cut the counties of the region out of the borders of all Polish counties, for `maps`.

    python -m tools.counties powiaty-min.geojson

`wielkopolskaes/maps/counties.json` says where that file comes from; its licence stands beside it.
Points at which a border runs back on itself are left out, and each county gets a place for its
name: the point around which a box of its shape can be largest.
"""

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from wielkopolskaes.territory import counties, short_name

TARGET = Path(__file__).parents[1] / "wielkopolskaes" / "maps" / "counties.json"
MIDDLE = math.cos(math.radians(52.2))
# Half the width of a letter and half the height of a name with a number; how many places are tried.
LETTER, HIGH, TRIES = 3.3, 17, 40

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    original = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    cut = sorted(chosen(original["features"]).items())
    known = json.loads(TARGET.read_text("utf-8"))
    known["counties"] = {
        code: {"label": label(rings, short_name(code)), "rings": rings} for code, rings in cut
    }
    TARGET.write_text(written(known), "utf-8")


def chosen(features: list[dict[str, Any]]) -> dict[str, list[Ring]]:
    """Return the borders of each county; of counties of one name, that which touches the others."""
    named: dict[str, list[list[Ring]]] = {}
    for feature in features:
        name = feature["properties"]["nazwa"].removeprefix("powiat ")
        rings = [straightened(ring) for ring in feature["geometry"]["coordinates"]]
        named.setdefault(name, []).append(rings)
    found = {code: named[short_name(code)] for code in counties()}
    sure = {point for each in found.values() if len(each) == 1 for point in points(each[0])}
    return {
        code: max(each, key=lambda rings: len(sure.intersection(points(rings))))
        for code, each in found.items()
    }


def points(rings: list[Ring]) -> Iterator[Point]:
    for ring in rings:
        yield from ring


def straightened(ring: list[list[float]]) -> Ring:
    """Leave out points that come twice in a row, and steps forth and back."""
    kept: Ring = []
    for lon, lat in ring:
        if kept and kept[-1] == (lon, lat):
            continue
        if len(kept) > 1 and kept[-2] == (lon, lat):
            kept.pop()
            continue
        kept.append((lon, lat))
    return kept


def label(rings: list[Ring], name: str) -> Point:
    """Return the point inside with the most room for a name above a number."""
    wider = max(1.0, len(name) * LETTER / HIGH)
    west, south = min(lon for lon, _ in rings[0]), min(lat for _, lat in rings[0])
    width = max(lon for lon, _ in rings[0]) - west
    height = max(lat for _, lat in rings[0]) - south
    steps = [step / TRIES for step in range(1, TRIES)]
    grid = [(west + width * x, south + height * y) for x in steps for y in steps]
    inside = [point for point in grid if is_inside(point, rings)]
    border = [stop for ring in rings for side in pairwise(ring) for stop in stops(*side)]
    lon, lat = max(inside, key=lambda point: room(point, border, wider))
    return round(lon, 4), round(lat, 4)


def is_inside(point: Point, rings: list[Ring]) -> bool:
    """Tell whether a line from the point to the east leaves the county once more than it enters."""
    return sum(crosses(point, *side) for ring in rings for side in pairwise(ring)) % 2 == 1


def crosses(point: Point, one: Point, other: Point) -> bool:
    (x, y), (x1, y1), (x2, y2) = point, one, other
    return (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def stops(one: Point, other: Point) -> Iterator[Point]:
    """Yield points along a side."""
    (x1, y1), (x2, y2) = one, other
    yield from ((x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (0, 0.25, 0.5, 0.75))


def room(point: Point, border: list[Point], wider: float) -> float:
    """Return how high a box of that shape can be around the point before it meets the border."""
    x, y = point
    return min(max(abs(lon - x) * MIDDLE / wider, abs(lat - y)) for lon, lat in border)


def written(known: dict[str, Any]) -> str:
    """Write what is known with a line for each county."""
    about = [f' "{key}": {dumps(value)}' for key, value in known.items() if key != "counties"]
    lines = ",\n".join(f'  "{code}": {dumps(each)}' for code, each in known["counties"].items())
    return "{\n" + ",\n".join(about) + ',\n "counties": {\n' + lines + "\n }\n}\n"


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
