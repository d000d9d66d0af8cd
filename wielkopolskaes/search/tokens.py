"""What engines ask of the analysis: a text and its language to tokens."""

from collections.abc import Callable, Sequence
from typing import Protocol


class Word(Protocol):
    """One position of a text; see `analysis.Token`."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def surface(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Analyse = Callable[[str, str], Sequence[Word]]
