"""Build the lexicon of the search from the pinned Polish dictionary; the same bytes every time."""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from pathlib import Path

from polish.automaton import Automaton, pack
from polish.forms import Pair
from polish.forms import pairs as all_pairs
from polish.hunspell import Dictionary
from polish.links import IRREGULAR

from wielkopolskaes.search.analysis.lexicon import FILE, HEADER, MAGIC, Lemma, write_lemmas
from wielkopolskaes.settings import ROOT

DICTIONARY = "dictionary-pl@2.0.0"
SHA256 = "03a119f53a76960dce47a7b8c801cc33c62aa9de0d9c9137c5fa77cc4f18325d"
WORDS = ROOT / "schemas" / "search" / "words.yaml"


def main() -> None:
    """Fetch the dictionary, or take the folder given, and write the lexicon beside its licence."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        licences = [source / "license", IRREGULAR.with_suffix(".LICENSE")]
        licence = "\n\n".join(path.read_text(encoding="utf-8") for path in licences)
        found = sorted(all_pairs(Dictionary(source), WORDS))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(build(found))
    FILE.with_suffix(".LICENSE").write_text(licence, encoding="utf-8")
    print(f"{len(found)} pairs of form and lemma, {FILE.stat().st_size / 1e6:.1f} MB")


def fetch(folder: Path) -> Path:
    """Fetch the dictionary with npm and compare its digest; returns its folder."""
    subprocess.run(["npm", "pack", "--silent", DICTIONARY], cwd=folder, check=True)
    archive = next(folder.glob("*.tgz")).read_bytes()
    if hashlib.sha256(archive).hexdigest() != SHA256:
        raise SystemExit(f"{DICTIONARY} is not the one that was pinned.")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def build(found: Iterable[Pair]) -> bytes:
    """Make the file from sorted pairs."""
    automaton = Automaton()
    values: dict[str, int] = {}
    for folded, lemmas in by_form(found):
        value = write_lemmas(lemmas)
        automaton.add(folded.encode(), values.setdefault(value, len(values)))
    cells, first = pack(automaton.states, automaton.finish())
    text = "\n".join(values).encode()
    body = cells.tobytes() + text
    return HEADER.pack(MAGIC, zlib.crc32(body), first, len(cells), len(text)) + body


def by_form(found: Iterable[Pair]) -> Iterator[tuple[str, tuple[Lemma, ...]]]:
    """Gather the lemmas of each folded form."""
    for folded, group in groupby(found, key=lambda pair: pair.folded):
        spellings: dict[str, set[str]] = {}
        for pair in group:
            spellings.setdefault(pair.key, set()).add(pair.spelled)
        yield folded, lemmas_of(folded, spellings)


def lemmas_of(folded: str, spellings: dict[str, set[str]]) -> tuple[Lemma, ...]:
    """Write lemmas as changes of the form, the least changed first."""
    length = telling_length(spellings)
    lemmas = []
    for key, spelled in spellings.items():
        kept = shared(folded, key)
        endings = sorted({word[-length:] for word in spelled}) if length else []
        lemmas.append(Lemma(len(folded) - kept, key[kept:], tuple(endings)))
    return tuple(sorted(lemmas, key=lambda lemma: (lemma.strip + len(lemma.add), lemma)))


def shared(one: str, two: str) -> int:
    """Count the letters that two words begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(1 for _ in pairs)


def telling_length(spellings: dict[str, set[str]]) -> int:
    """Return how many last letters tell apart what is spelled differently; 0 for no need."""
    if len({frozenset(spelled) for spelled in spellings.values()}) == 1:
        return 0
    every = sorted(set().union(*spellings.values()))
    length = 1
    while len({word[-length:] for word in every}) < len(every):
        length += 1
    return length


if __name__ == "__main__":
    main()
