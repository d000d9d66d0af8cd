"""What matches in one part of the index, as bits."""

from collections.abc import Mapping
from dataclasses import dataclass

from wielkopolskaes.search.whoosh_index.evaluation import Evaluation
from wielkopolskaes.search.whoosh_index.hits import Hits
from wielkopolskaes.search.whoosh_index.view import Part


@dataclass(frozen=True, slots=True)
class Match:
    """What matches in one part: by words and rights alone, and by each chosen facet."""

    part: Part
    evaluation: Evaluation
    positive: tuple[Hits, ...]
    base: int
    chosen: Mapping[str, int]

    def bits(self, without: str = "") -> int:
        bits = self.base
        for facet, chosen in self.chosen.items():
            if facet != without:
                bits &= chosen
        return bits
