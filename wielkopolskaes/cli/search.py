"""``wielkopolskaes search``: the index, and what the search makes of words."""

import argparse
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from wielkopolskaes.cli import search_bench, search_index
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, Refusal


def run(args: argparse.Namespace) -> int:
    """Do the deed."""
    return _DEEDS[args.deed](args)


def _analyse(args: argparse.Namespace) -> int:
    from wielkopolskaes.search.analysis import keys_of

    for word in _words():
        print(word, " ".join(keys_of(word, args.lang)), sep="\t")
    return FINE


def _correct(args: argparse.Namespace) -> int:
    from wielkopolskaes.search.corrections import Corrections

    corrections = Corrections(_read(args.vocabulary) if args.vocabulary else _public_words(args))
    for word in _words():
        print(word, " ".join(corrections.suggestions(word)), sep="\t")
    return FINE


def _words() -> Iterator[str]:
    # What is no UTF-8 is no word; it must not end the others.
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (word for line in sys.stdin if (word := line.strip()))


def _read(path: Path) -> Counter[str]:
    from wielkopolskaes.search.analysis.folding import fold

    counts: Counter[str] = Counter()
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        word, _, count = line.partition("\t")
        if not count.strip().isdecimal():
            raise Refusal(f"{path}, line {number}: a word, a tab and a number are expected.")
        counts[fold(word.strip())] += int(count)
    return counts


def _public_words(args: argparse.Namespace) -> Counter[str]:
    from sqlalchemy.orm import Session

    from wielkopolskaes.search.vocabulary import public_words

    with open_portal(args) as registry, Session(registry.engine) as session:
        return public_words(session, datetime.now(UTC))


_DEEDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "rebuild": search_index.rebuild,
    "verify": search_index.verify,
    "stats": search_index.stats,
    "query": search_index.query,
    "bench": search_bench.run,
    "analyse": _analyse,
    "correct": _correct,
}
