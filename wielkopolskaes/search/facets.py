"""Ways to narrow a list: what can be chosen, what is, and the addresses that change it.

The same parts serve every list that the search answers. Everything lives in the address: a list
can be bookmarked, sent and gone through without JavaScript.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from webob.multidict import MultiDict

from wielkopolskaes.types import Request

MOST_CHOSEN = 20
LONGEST_VALUE = 80
AT_ONCE = 8


@dataclass(frozen=True)
class Facet:
    """A way to narrow: its name in the index and in addresses, and how its values are called.

    One that is not `offered` is there for addresses that lead to it, and shown once it is chosen.
    """

    name: str
    parameter: str
    title: str
    label: Callable[[str], str]
    # How values stand in the list: the most frequent first unless told otherwise.
    order: Callable[[tuple[str, int]], Any] = lambda pair: (-pair[1], pair[0])
    offered: bool = True


def latest_first(pair: tuple[str, int]) -> tuple[int, str]:
    """Order years, the newest first; what is no year stands last."""
    return (-int(pair[0]), "") if pair[0].isdecimal() else (0, pair[0])


def worded(
    request: Request, name: str, parameter: str, title: str, labels: Mapping[str, str]
) -> Facet:
    """Narrow by the words of a controlled list, in the reader's language."""
    say = request.localizer.translate
    return Facet(name, parameter, say(title), lambda word: say(labels.get(word, word)))


class Option(NamedTuple):
    """A value that can be chosen, with the number of items that it would leave."""

    value: str
    label: str
    items: int
    chosen: bool


class Chip(NamedTuple):
    """A choice that has been made, and the address without it."""

    label: str
    href: str


class Group(NamedTuple):
    """A facet as the page shows it."""

    title: str
    parameter: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        """The options that are shown at once; a few more than these are shown at once, too."""
        return self.options if len(self.options) <= AT_ONCE + 2 else self.options[:AT_ONCE]

    @property
    def rest(self) -> list[Option]:
        """The options that a reader has to open."""
        return self.options[len(self.first) :]


def chosen_in(facets: Iterable[Facet], asked: MultiDict[str, str]) -> dict[str, frozenset[str]]:
    """Read what is chosen from an address; what cannot be a value is left out."""
    found = {}
    for facet in facets:
        values = [v for v in asked.getall(facet.parameter) if 0 < len(v) <= LONGEST_VALUE]
        if values:
            found[facet.name] = frozenset(values[:MOST_CHOSEN])
    return found


def groups(
    facets: Iterable[Facet],
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, frozenset[str]],
) -> list[Group]:
    """Put the facets together that leave a choice; what is chosen stays, even with no items."""
    shown = []
    for facet in facets:
        picked = chosen.get(facet.name, frozenset())
        values = dict.fromkeys(picked, 0) | dict(counts.get(facet.name, {}))
        options = [
            Option(value, facet.label(value), count, value in picked)
            for value, count in sorted(values.items(), key=facet.order)
            if count or value in picked
        ]
        if picked or (facet.offered and len(options) > 1):
            shown.append(Group(facet.title, facet.parameter, options))
    return shown


def picked(
    facets: Iterable[Facet], chosen: Mapping[str, frozenset[str]]
) -> list[tuple[Facet, str]]:
    """List each choice that has been made, in the order of the facets."""
    return [(facet, value) for facet in facets for value in sorted(chosen.get(facet.name, ()))]


def chips(
    facets: Iterable[Facet],
    chosen: Mapping[str, frozenset[str]],
    keep: Mapping[str, str],
    path: str,
) -> list[Chip]:
    """List the choices that have been made, each with the address that takes it back."""
    pairs = picked(facets, chosen)
    return [
        Chip(facet.label(value),
             address(path, keep, [(f.parameter, v) for f, v in pairs if (f, v) != (facet, value)]))
        for facet, value in pairs
    ]  # fmt: skip


def parameters(
    facets: Iterable[Facet], chosen: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Write what is chosen as parameters of an address."""
    return [(facet.parameter, value) for facet, value in picked(facets, chosen)]


def address(path: str, keep: Mapping[str, str], more: Iterable[tuple[str, str]] = ()) -> str:
    """Put an address together; empty parameters are left out."""
    pairs = [(name, value) for name, value in (*keep.items(), *more) if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path
