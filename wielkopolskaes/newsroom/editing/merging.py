"""Two people have changed one item: what each has changed, and what can be put together."""

from typing import Any, NamedTuple

from wielkopolskaes.newsroom.editing.values import digest_of


class Merge(NamedTuple):
    """The fields by who has changed them since the form was opened, and all put together.

    `values` has the form's own text where both changed a field.
    """

    values: dict[str, Any]
    theirs: list[str]
    mine: list[str]
    both: list[str]

    @property
    def changed(self) -> bool:
        """Tell whether the form and the item differ in any field."""
        return bool(self.theirs or self.mine or self.both)


def merge(base: dict[str, str], current: dict[str, Any], posted: dict[str, Any]) -> Merge:
    """Compare three states of an item; of the first, what the form was filled with, digests.

    A field without a digest counts as changed by the others: nothing is lost by asking.
    """
    found = Merge(dict(posted), [], [], [])
    for name, value in posted.items():
        here, there = digest_of(value), digest_of(current[name])
        if here == there:
            continue
        if base.get(name) == there:
            found.mine.append(name)
        elif base.get(name) == here:
            found.theirs.append(name)
            found.values[name] = current[name]
        else:
            found.both.append(name)
    return found
