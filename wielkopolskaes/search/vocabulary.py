"""Words with the numbers of the documents that hold them: counted, or read from a file."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from wielkopolskaes.search.analysis import analyse
from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.backend import Document
from wielkopolskaes.search.ranking import FIELDS


class BadVocabulary(Exception):
    """A line of the file has no number; the message names it."""


def words_of(documents: Iterable[Document]) -> Counter[str]:
    """Count folded words as an index of these documents would have them."""
    words: Counter[str] = Counter()
    for document in documents:
        texts = (getattr(document, name) for name, _ in FIELDS)
        words.update({token.surface for text in texts for token in analyse(text, document.lang)})
    return words


def read_words(path: Path) -> Counter[str]:
    """Read lines of a word, a tab or blanks, and a number; raises BadVocabulary."""
    counts: Counter[str] = Counter()
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            word, _, count = line.strip().replace("\t", " ").rpartition(" ")
            if not (count.isascii() and count.isdecimal()):
                raise BadVocabulary(f"{path}, line {number}: a word and a number are expected.")
            counts[fold(word.strip())] += int(count)
    return counts
