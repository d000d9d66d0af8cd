"""The verb `search` and its deeds."""

import argparse
from collections.abc import Callable
from pathlib import Path

from wielkopolskaes.cli.search_bench import add_bench
from wielkopolskaes.cli.verbs import Verbs, add_verb, help_format


def _search(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "search",
        "look into the search",
        "Looks after the index, and tells what the search makes of words: those are read from\n"
        "the input, one on each line.",
    )
    deeds = verb.add_subparsers(dest="deed", metavar="DEED", required=True)
    for add in DEEDS:
        add(deeds)


def _deed(deeds: Verbs, name: str, summary: str) -> argparse.ArgumentParser:
    return deeds.add_parser(name, help=summary, description=summary, formatter_class=help_format)


def _analyse(deeds: Verbs) -> None:
    deed = _deed(deeds, "analyse", "print each word, a tab, and its keys between blanks")
    deed.add_argument("--lang", choices=("pl", "en"), default="pl", help="default: pl")


def _correct(deeds: Verbs) -> None:
    deed = _deed(deeds, "correct", "print each word, a tab, and what may have been meant")
    deed.add_argument(
        "--vocabulary",
        type=Path,
        metavar="FILE",
        help="lines of a word, a tab and a number, instead of the words of the index",
    )


def _rebuild(deeds: Verbs) -> None:
    _deed(deeds, "rebuild", "make the index anew beside the one that answers, and switch")


def _verify(deeds: Verbs) -> None:
    _deed(deeds, "verify", "read the whole index and compare it with the database")


def _stats(deeds: Verbs) -> None:
    _deed(deeds, "stats", "print how large the index is and how far it has come")


def _query(deeds: Verbs) -> None:
    deed = _deed(deeds, "query", "print what a stranger finds")
    deed.add_argument("words", help="what somebody types into the field")
    deed.add_argument("--limit", type=int, default=20, help="default: 20")
    deed.add_argument("--json", action="store_true", help="ids, total, facets, milliseconds")


# How each deed is added; `search.py` does them.
DEEDS: tuple[Callable[[Verbs], object], ...] = (
    _rebuild, _verify, _stats, _query, _analyse, _correct, add_bench,
)  # fmt: skip
VERBS = (_search,)
