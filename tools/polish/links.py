"""What the dictionary holds apart though it belongs together: participles, grades, lone forms."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from polish.grades import positives
from polish.hunspell import Dictionary, Entry
from polish.participles import passives, torn

IRREGULAR = Path(__file__).with_name("irregular.txt")
VERB = frozenset("BEFGHIJdeghijkv")
ADJECTIVE = "X"
ADVERB = "y"
PASSIVE = "E"
NOUN = frozenset("MNOPQRSTUVZ")
_PARTICIPLE = re.compile(r"(.+ą)(?:c|co|cy|cych|cymi|ca|ce|cą)")
_DONE = re.compile(r"(.+?)(?:wszy|(?<=ł)szy)")
_NEUTER = re.compile(r"(.+)e")
# Endings that only nouns have, and those that others have too.
_CLEAR = ("ach", "ami", "om", "owi", "em")
_UNCLEAR = ("", "a", "u", "y", "i", "e", "ie", "o", "ów")
# So many clear forms make a noun of a stem that the dictionary does not inflect at all.
MANY = 3
_HEADS = ("", "o", "a", "e")
# Stems that show their softness by an i before endings: gościach, gość.
_SOFT_HEADS = {"ci": "ć", "ni": "ń", "si": "ś", "zi": "ź", "bi": "b", "pi": "p", "wi": "w"}
_SOFT = {"n": "ń", "z": "ź", "s": "ś", "dzi": "dź", "ci": "ć", "oj": "ój", "ob": "ób", "ol": "ól"}


class Links:
    """The lemmas of each form: those that the dictionary says, and those found here."""

    def __init__(self, dictionary: Dictionary) -> None:
        entries = dictionary.entries
        nouns = {entry.word for entry in entries if NOUN.intersection(entry.flags)}
        self._adjectives = {entry.word for entry in entries if ADJECTIVE in entry.flags}
        self._lone = {entry.word for entry in entries if not entry.flags}
        self._torn = torn(self._lone, self._adjectives)
        self._adverbs = self._find_adverbs(dictionary)
        verbs = [entry for entry in entries if is_verb(entry)]
        self._passives = passives(
            (verb.word for verb in verbs), self._lone | self._adjectives, nouns
        )
        self._active: dict[str, set[str]] = defaultdict(set)
        for verb in verbs:
            self._add_verb(dictionary, verb)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._add_nouns(nouns)

    def _find_adverbs(self, dictionary: Dictionary) -> dict[str, list[str]]:
        found = {}
        for entry in dictionary.entries:
            if ADJECTIVE in entry.flags:
                stem = entry.word[:-1]
                lone = [stem + ending for ending in ("o", "ie") if stem + ending in self._lone]
                found[entry.word] = adverbs(dictionary, entry) or lone or [entry.word]
        return found

    def lemmas(self, entry: Entry) -> Iterator[str]:
        """Return the lemmas that all forms of an entry have, in lower case."""
        word = entry.word
        yield from list(self._grades(entry)) or (word.lower(),)
        yield from self._verbs_of(entry)
        if not entry.flags:
            yield from self._nouns.get(word, ())
            yield from self._torn.get(word, ())
            yield from self._adjective_of(word)

    def _grades(self, entry: Entry) -> Iterator[str]:
        if entry.word.endswith("szy") and ADJECTIVE in entry.flags:
            yield from positives(entry.word, self._adjectives)
        elif entry.word.endswith("ej") and not entry.flags:
            for positive in positives(entry.word, self._adjectives):
                feminine = entry.word == f"{positive[:-1]}ej"
                yield from (positive,) if feminine else self._adverbs.get(positive, (positive,))

    def _verbs_of(self, entry: Entry) -> Iterator[str]:
        yield from self._passives.get(entry.word, ())
        if found := _PARTICIPLE.fullmatch(entry.word):
            yield from self._active.get(found[1], ())
        if not entry.flags:
            yield from self._active.get(entry.word, ())
            if found := _DONE.fullmatch(entry.word):
                past = found[1] if found[1].endswith("ł") else f"{found[1]}ł"
                yield from self._active.get(past, ())

    def _adjective_of(self, word: str) -> Iterator[str]:
        # Niepełnosprawne, słowackie; not their adverbs, which are words of their own.
        if found := _NEUTER.fullmatch(word):
            stem = found[1]
            for adjective in (stem, f"{stem}y"):
                if adjective in self._adjectives:
                    yield adjective

    def _add_verb(self, dictionary: Dictionary, verb: Entry) -> None:
        for form in dictionary.forms(verb):
            if form.endswith(("ą", "ł")):
                for derived in (form, *_orders(form)):
                    self._active[derived].add(verb.word)
        if PASSIVE not in verb.flags:
            # Its rules are tried all the same: what they make may stand as a word of its own.
            for form in dictionary.forms(Entry(verb.word, PASSIVE)):
                if form in self._lone or form in self._adjectives:
                    self._passives[form].add(verb.word)

    def _add_nouns(self, nouns: set[str]) -> None:
        # A noun is torn apart where one of its clear forms stands alone; then others may, too.
        stems = defaultdict(set)
        for word in self._lone:
            for ending in _CLEAR:
                stem = word.removesuffix(ending)
                if stem != word and len(stem) > 2:
                    stems[stem].add(ending)
        for stem, endings in stems.items():
            found = {head for head in _heads(stem) if head in nouns}
            if not found and len(endings) >= MANY:
                found = {head for head in _heads(stem) if head in self._lone}
                found = {min(found)} if found else found
            for ending in (*_CLEAR, *_UNCLEAR):
                if found and stem + ending in self._lone:
                    self._nouns[stem + ending] |= found


def adverbs(dictionary: Dictionary, entry: Entry) -> list[str]:
    """Make the adverbs of an adjective: mglisty has mglisto and mgliście."""
    if ADVERB not in entry.flags:
        return []
    return [form for form in dictionary.forms(Entry(entry.word, ADVERB)) if form != entry.word]


def is_verb(entry: Entry) -> bool:
    """Tell whether an entry is the infinitive of a verb."""
    return entry.word[-1] in "ćc" and not VERB.isdisjoint(entry.flags)


def _heads(stem: str) -> Iterator[str]:
    yield from (stem + ending for ending in _HEADS)
    if stem[-2:] in _SOFT_HEADS:
        yield stem[:-2] + _SOFT_HEADS[stem[-2:]]


def _orders(form: str) -> Iterator[str]:
    """Derive the imperatives from the third person plural: stoją, stój, stójcie, stójmy."""
    if form.endswith("ą"):
        stem = form[:-1]
        for soft, hard in ("", ""), *_SOFT.items():
            if stem.endswith(soft):
                order = stem[: len(stem) - len(soft)] + (hard or soft)
                yield from (order + ending for ending in ("", "cie", "my", "że"))


def irregular() -> Iterator[tuple[str, str]]:
    """Read the irregular forms with their lemmas: `lemma: forms`, a line each."""
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        lemma, colon, forms = line.partition(": ")
        if colon and not line.startswith("#"):
            yield from ((form, lemma) for form in (lemma, *forms.split()))
