"""Which forms belong to which lemmas, beyond what the dictionary itself says."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from polish.hunspell import Dictionary, Entry
from polish.links import ADVERB, PASSIVE, Links, adverbs, irregular, is_verb
from polish.words import more_entries
from wielkopolskaes.search.analysis.folding import fold

_PLAIN = re.compile(r"[a-z]+")


class Pair(NamedTuple):
    """A form with a lemma's key; both folded, and the form as it is spelled."""

    folded: str
    spelled: str
    key: str


def pairs(dictionary: Dictionary, words: Path) -> set[Pair]:
    """Make all pairs."""
    dictionary.entries += more_entries(dictionary, words)
    links = Links(dictionary)
    found = {
        (form.lower(), lemma)
        for entry in dictionary.entries
        for part in parts(dictionary, entry)
        for lemma in links.lemmas(part)
        for form in dictionary.forms(part)
    }
    found |= set(irregular()) | set(negated(dictionary))
    found |= set(rare_passives(dictionary, {form for form, _ in found}))
    keys = keys_of({lemma for _, lemma in found})
    made = (Pair(fold(form), form, keys[lemma]) for form, lemma in found)
    return {pair for pair in made if _PLAIN.fullmatch(pair.folded)}


def parts(dictionary: Dictionary, entry: Entry) -> Iterator[Entry]:
    """Take the adverbs of an adjective for words of their own, as grammars do."""
    yield entry._replace(flags=entry.flags.replace(ADVERB, ""))
    yield from (Entry(adverb, "") for adverb in adverbs(dictionary, entry))


def rare_passives(dictionary: Dictionary, known: set[str]) -> Iterator[tuple[str, str]]:
    """Make the passive participles that the dictionary leaves out, where they are nothing else."""
    for entry in dictionary.entries:
        if is_verb(entry) and PASSIVE not in entry.flags:
            for form in dictionary.forms(Entry(entry.word, PASSIVE)):
                if form not in known:
                    yield form, entry.word


def negated(dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """Complete the words with nie- that the dictionary has only in part: niepełnosprawna.

    All others are taken apart when they are looked up, which needs no room in the table.
    """
    known = {entry.word for entry in dictionary.entries}
    for entry in dictionary.entries:
        if "b" in entry.flags and f"nie{entry.word}" in known:
            for form in dictionary.forms(entry):
                yield f"nie{form}", f"nie{entry.word}"


def keys_of(lemmas: set[str]) -> dict[str, str]:
    """Name lemmas by their folded letters; of those that agree, all but the first get a number.

    So sad (an orchard) and sąd (a court) stay apart wherever they are spelled with care.
    """
    alike = defaultdict(list)
    for lemma in lemmas:
        alike[fold(lemma)].append(lemma)
    keys: dict[str, str] = {}
    for key, group in alike.items():
        group.sort(key=lambda lemma: (sum(not char.isascii() for char in lemma), lemma))
        keys |= {lemma: f"{key}{place or ''}" for place, lemma in enumerate(group)}
    return keys
