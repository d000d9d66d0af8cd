"""Participles and gerunds that the dictionary lists as words of their own: użyty to użyć."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

# How a verb ends, and its passive participle.
_PASSIVES = (
    ("nieść", "niesiony"), ("ieść", "iedziony"), ("ieść", "ieciony"), ("leść", "leciony"),
    ("aść", "adziony"), ("jeść", "jedzony"), ("ść", "dnięty"), ("ić", "ity"), ("yć", "yty"),
    ("uć", "uty"), ("rzeć", "arty"), ("orzyć", "arty"), ("eć", "any"), ("ać", "any"),
    ("ić", "iony"), ("yć", "ony"), ("źć", "ziony"), ("ąć", "ęty"), ("c", "czony"), ("c", "żony"),
    ("ścić", "szczony"), ("cić", "cony"), ("dzić", "dzony"), ("sić", "szony"), ("zić", "żony"),
    ("lić", "lony"), ("jrzeć", "jrzany"), ("esprzeć", "sparty"),
)  # fmt: skip
_GERUNDS = (("ony", "enie"), ("ty", "cie"), ("any", "anie"))
_PERSONS = (("siony", "sieni"), ("ony", "eni"), ("ty", "ci"), ("any", "ani"))
_FORMS = ("y", "a", "ą", "e", "ego", "ej", "emu", "ych", "ym", "ymi", "o")
# Of these at least one has to stand alone before the others are believed to belong together.
_CLEAR = ("ego", "emu", "ych", "ymi")


def passives(
    verbs: Iterable[str], adjectives: Container[str], nouns: Container[str]
) -> dict[str, set[str]]:
    """Map participles, and gerunds made like them, to their verbs, as far as they are known."""
    found: dict[str, set[str]] = defaultdict(set)
    for verb in verbs:
        for ending, participle in _PASSIVES:
            if verb.endswith(ending):
                word = verb.removesuffix(ending) + participle
                made = [form for form in forms(word) if form in adjectives]
                made += [form for form in _changed(word, _GERUNDS) if form in nouns]
                for form in made:
                    found[form].add(verb)
    return found


def torn(lone: set[str], adjectives: Container[str]) -> dict[str, set[str]]:
    """Map forms of adjectives that stand alone to the first of them: uwięziona, uwięziony."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in lone:
        for ending in _CLEAR:
            stem = word.removesuffix(ending)
            head = f"{stem}y"
            if stem != word and (head in lone or head in adjectives):
                for form in forms(head):
                    if form in lone:
                        found[form].add(head)
    return found


def forms(word: str) -> Iterator[str]:
    """Make the forms of an adjective in -y."""
    yield from (word[:-1] + ending for ending in _FORMS)
    yield from _changed(word, _PERSONS)


def _changed(word: str, endings: Iterable[tuple[str, str]]) -> Iterator[str]:
    for ending, other in endings:
        if word.endswith(ending):
            yield word.removesuffix(ending) + other
