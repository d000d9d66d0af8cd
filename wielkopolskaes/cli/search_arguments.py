"""The verb `search` and its deeds."""

import argparse
from collections.abc import Callable
from pathlib import Path

from wielkopolskaes.cli.verbs import Verbs, add_verb, help_format


def _search(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "search",
        "look into the search",
        "What the search makes of words. Words are read from the input, one on each line.",
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
        help="lines of a word, a tab and a number, instead of the words of all public items",
    )


# How each deed is added; `search.py` does them.
DEEDS: tuple[Callable[[Verbs], None], ...] = (_analyse, _correct)
VERBS = (_search,)
