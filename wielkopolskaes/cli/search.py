"""``wielkopolskaes search``: the index, and what the search makes of words."""

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pyramid.registry import Registry

from wielkopolskaes.cli import search_bench, search_index
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, Refusal

if TYPE_CHECKING:
    from wielkopolskaes.search.corrections import Corrections


def run(args: argparse.Namespace) -> int:
    """Do the deed."""
    return _DEEDS[args.deed](args)


def _analyse(args: argparse.Namespace) -> int:
    from wielkopolskaes.search.analysis import keys_of

    for word in _words():
        print(word, " ".join(keys_of(word, args.lang)), sep="\t")
    return FINE


def _correct(args: argparse.Namespace) -> int:
    corrections = _corrections(args)
    for word in _words():
        print(word, " ".join(corrections.suggestions(word)), sep="\t")
    return FINE


def _words() -> Iterator[str]:
    # What is no UTF-8 is no word; it must not end the others.
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (word for line in sys.stdin if (word := line.strip()))


def _corrections(args: argparse.Namespace) -> "Corrections":
    """Return what knows the words of a file, or else those of the index, as the page does."""
    from wielkopolskaes.search.corrections import Corrections
    from wielkopolskaes.search.vocabulary import BadVocabulary, read_words

    if not args.vocabulary:
        with open_portal(args) as registry:
            return _known_to(registry)
    try:
        return Corrections(read_words(args.vocabulary))
    except BadVocabulary as error:
        raise Refusal(str(error)) from None


def _known_to(registry: Registry) -> "Corrections":
    from wielkopolskaes.search.backend import IndexDamaged
    from wielkopolskaes.search.corrections import Corrections
    from wielkopolskaes.search.documents import all_documents
    from wielkopolskaes.search.vocabulary import words_of

    try:
        if registry.search.backend.position():
            return registry.search.corrections()
    except IndexDamaged as error:
        print(error, file=sys.stderr)
    # There is no index yet: these are the words that it will have.
    with registry.dbsession_factory() as session:
        return Corrections(words_of(all_documents(session, registry)))


_DEEDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "rebuild": search_index.rebuild,
    "verify": search_index.verify,
    "stats": search_index.stats,
    "query": search_index.query,
    "bench": search_bench.run,
    "analyse": _analyse,
    "correct": _correct,
}
