"""From a comparative to its adjective: nowszy to nowy, droższy to drogi, szybciej to szybki."""

from collections.abc import Container, Iterator

# Suppletion and alternations that no other adjective shares.
_IRREGULAR: dict[str, tuple[str, ...]] = {
    "lepszy": ("dobry",), "gorszy": ("zły",), "większy": ("duży", "wielki"),
    "mniejszy": ("mały",), "bielszy": ("biały",), "weselszy": ("wesoły",), "lżejszy": ("lekki",),
    "miększy": ("miękki",), "gorętszy": ("gorący",), "bliższy": ("bliski",), "niższy": ("niski",),
    "węższy": ("wąski",), "wyższy": ("wysoki",), "cięższy": ("ciężki",), "lżej": ("lekki",),
    "wyżej": ("wysoki",), "niżej": ("niski",), "bliżej": ("bliski",), "węziej": ("wąski",),
    "krócej": ("krótki",), "ciężej": ("ciężki",), "goręcej": ("gorący",), "dalej": ("daleki",),
    "weselej": ("wesoły",), "prędzej": ("prędki",), "wężej": ("wąski",), "lepiej": ("dobrze",),
    "gorzej": ("źle",), "mniej": ("mało",), "więcej": ("dużo", "wiele"), "bardziej": ("bardzo",),
    "raczej": (), "tej": (), "kolej": (), "złodziej": (), "dobrodziej": (), "wiej": (), "lej": (),
}  # fmt: skip
# How a stem softens before -ej and -szy, and what it was.
_HARD = (
    ("ści", "st"), ("śni", "sn"), ("źni", "zn"), ("ślej", "słej"), ("dzi", "d"), ("ci", "t"),
    ("ci", "k"), ("rz", "r"), ("ż", "g"), ("sz", "ch"), ("l", "ł"), ("ń", "n"), ("ni", "n"),
    ("wi", "w"), ("pi", "p"), ("bi", "b"), ("mi", "m"), ("si", "s"), ("zi", "z"), ("śl", "sł"),
)  # fmt: skip
_SHORTEST_NEGATED = 9
_ENDINGS = ("y", "i", "ki", "oki", "eki")


def positives(word: str, adjectives: Container[str]) -> tuple[str, ...]:
    """Find the adjective of a comparative or a superlative, of its adverb too."""
    word = word.removeprefix("naj")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.startswith("nie") and len(word) > _SHORTEST_NEGATED:
        return tuple(f"nie{found}" for found in positives(word.removeprefix("nie"), adjectives))
    return tuple(found for found in _candidates(word) if found in adjectives)[:1]


def _candidates(word: str) -> Iterator[str]:
    stem = word.removesuffix("szy")
    stem = stem.removesuffix("ej") if stem.endswith("ej") else stem
    if stem == word:
        return
    for soft, hard in (("", ""), *_HARD):
        if stem.endswith(soft):
            for ending in _ENDINGS:
                yield stem[: len(stem) - len(soft)] + hard + ending
