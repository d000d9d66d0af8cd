"""Parts of a result that need one another: what comes with one of them, and no circles.

Parts are numbered from 1; `needs[n - 1]` are the numbers that part n cannot do without.
"""

from collections.abc import Sequence
from typing import Any

Needs = Sequence[Sequence[int]]


def needs_of(components: Sequence[dict[str, Any]]) -> Needs:
    """Read the numbers from the parts of a result."""
    return [part["needs"] for part in components]


def needed_with(needs: Needs, part: int) -> list[int]:
    """List all that a part needs, directly or through others: what must be there first, first.

    In a circle nothing can be first: what was stored with one tells the direct needs alone.
    """
    if circle_in(needs):
        return sorted(set(needs[part - 1]) - {part})
    found: list[int] = []

    def collect(number: int) -> None:
        for need in needs[number - 1]:
            if need not in found:
                collect(need)
                found.append(need)

    collect(part)
    return found


def circle_in(needs: Needs) -> list[int]:
    """Return parts that need each other in a circle, the first of them again at the end."""
    done: set[int] = set()

    def walk(number: int, way: list[int]) -> list[int]:
        if number in way:
            return [*way[way.index(number) :], number]
        if number in done:
            return []
        for need in needs[number - 1]:
            circle = walk(need, [*way, number])
            if circle:
                return circle
        done.add(number)
        return []

    return next((circle for n in range(1, len(needs) + 1) if (circle := walk(n, []))), [])
