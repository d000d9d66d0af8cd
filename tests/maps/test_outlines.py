"""The borders of counties: whole, without gaps, in their place, and as large as they are."""

import math
from collections import Counter
from itertools import pairwise

import pytest

from tools.counties import chosen, is_inside, label, straightened
from wielkopolskaes.maps.outlines import WIDTH, borders, sheet
from wielkopolskaes.territory import counties, short_name

# Square kilometres, as GUS states them.
REGION_KM2 = 29_826
KM2 = {"3010": 1579, "3021": 1900, "3031": 1661, "3061": 69, "3062": 82, "3063": 32, "3064": 262}
KM_OF_DEGREE = 111.2


def area(rings):
    """Return square kilometres; the inner rings are holes."""

    def size(ring):
        middle = sum(lat for _, lat in ring) / len(ring)
        doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
        return abs(doubled) / 2 * KM_OF_DEGREE**2 * math.cos(math.radians(middle))

    return size(rings[0]) - sum(map(size, rings[1:]))


def test_every_county_of_the_register_is_drawn_once():
    assert [outline.code for outline in sheet().outlines] == sorted(counties())


def test_a_border_inside_of_the_region_is_the_same_on_both_sides():
    sides = Counter(
        (tuple(one), tuple(other))
        for county in borders().values()
        for ring in county["rings"]
        for one, other in pairwise(ring)
    )
    assert set(sides.values()) == {1}
    outer = dict(side for side in sides if side[::-1] not in sides)
    # What has no other side is the border of the region: one ring, and all of it.
    start = here = next(iter(outer))
    ring = []
    while here != start or not ring:
        here = outer[here]
        ring.append(here)
    assert len(ring) == len(outer) == len([s for s in sides if s[::-1] not in sides])


def test_counties_are_as_large_as_the_statistics_say():
    sizes = {code: area(county["rings"]) for code, county in borders().items()}
    assert sum(sizes.values()) == pytest.approx(REGION_KM2, rel=0.01)
    assert {code: sizes[code] for code in KM2} == pytest.approx(KM2, rel=0.15)


def test_a_name_stands_in_its_county_and_on_the_sheet():
    for code, county in borders().items():
        assert is_inside(county["label"], county["rings"]), code
    drawn = sheet()
    assert all(0 < each.x < WIDTH and 0 < each.y < drawn.height for each in drawn.outlines)


def feature(name, *rings):
    return {"properties": {"nazwa": f"powiat {name}"}, "geometry": {"coordinates": rings}}


def square(west, south):
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    return [[west + x, south + y] for x, y in corners]


def test_of_counties_of_one_name_that_in_the_region_is_cut_out():
    others = [feature(short_name(code), square(n, 0)) for n, code in enumerate(counties())]
    namesake = feature("średzki", square(50, 50))
    for order in ([namesake, *others], [*others, namesake]):
        found = chosen(order)
        assert sorted(found) == sorted(counties())
        assert (50, 50) not in found["3025"][0]


def test_steps_forth_and_back_are_left_out():
    assert straightened([[0, 0], [1, 0], [1, 0], [1, 1], [1, 0], [1, 1], [0, 0]]) == [
        (0, 0), (1, 0), (1, 1), (0, 0)
    ]  # fmt: skip


def test_a_name_avoids_holes():
    outer, hole = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)], [(1, 1), (8, 1), (8, 7), (1, 7), (1, 1)]
    _, lat = label([outer, hole], "nazwa")
    assert 7 < lat < 9
