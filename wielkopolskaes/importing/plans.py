"""What a row would do, as the preview shows it and the import writes it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Remark(NamedTuple):
    """A sentence about a row, and the item that it is about, if it is about one."""

    words: str
    title: str = ""
    node_id: int = 0


class Action(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass
class Plan:
    """What a row would do. `problems` are `(column, sentence)`; `remarks` hinder nothing.

    `before` and `data` hold all fields as they are and as they would be; `promised` tells that
    items are named there which are still to be made.
    """

    number: int
    action: Action = Action.WRONG
    kind: str = ""
    title: str = ""
    node_id: int | None = None
    version: int | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict, repr=False)
    data: dict[str, Any] = field(default_factory=dict, repr=False)
    promised: bool = False
