"""`wielkopolskaes search bench`: first pages beside SQLite FTS5, in one run."""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from wielkopolskaes.cli.opening import open_database, read_settings
from wielkopolskaes.cli.running import FINE, Refusal
from wielkopolskaes.cli.verbs import EXIT_CODES, Verbs, help_format


def add_bench(subparsers: Verbs) -> None:
    """Add the verb below `search`; `run` does it."""
    verb = subparsers.add_parser(
        "bench",
        help="measure first pages, indexing and commits beside SQLite FTS5",
        description="Builds a throw-away index of a corpus and prints, for each kind of query,\n"
        "the middle and the 95th percent of the first page (total, ten items with snippets,\n"
        "counts of facets, rights) in milliseconds: warm, with emptied caches, and with\n"
        "SQLite FTS5 over the same documents and tokens. Ratios hold on any machine.",
        epilog=EXIT_CODES,
        formatter_class=help_format,
    )
    verb.add_argument(
        "--corpus", type=Path, required=True, metavar="FILE.jsonl",
        help="documents, one JSON object a line: id, title, body, type, tags, year, date, state,"
        " roles",
    )  # fmt: skip
    verb.add_argument(
        "--queries", type=Path, required=True, metavar="FILE.json",
        help='{"one word": [...], "two words": [...], "phrase": [...], "prefix": [...],'
        ' "typo": [...]} or a list of {"kind", "q"}',
    )  # fmt: skip
    verb.add_argument(
        "--backend", choices=("whoosh", "postgres"), default="whoosh",
        help="where the throw-away index lies: in files (default), or in tables of its own in the"
        " portal's database",
    )  # fmt: skip
    verb.add_argument("--passes", type=int, default=3, help="turns; the shortest of each counts")


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    if args.backend == "whoosh":
        return _measure(args, None)
    portal = read_settings(args)
    if not portal.database_url.startswith("postgresql"):
        raise Refusal("The portal's database is not PostgreSQL: there is nothing to measure.")
    with open_database(portal) as database:
        return _measure(args, database)


def _measure(args: argparse.Namespace, database: Engine | None) -> int:
    from wielkopolskaes.search import bench

    analysis: Any = import_module("wielkopolskaes.search.analysis")
    settings = bench.Settings(
        analysis.analyse, args.passes, corrector=_corrector, database=database
    )
    bench.run(args.corpus, args.queries, settings)
    return FINE


def _corrector(vocabulary: Mapping[str, int]) -> Callable[[str], str]:
    corrections: Any = import_module("wielkopolskaes.search.corrections")
    known = corrections.Corrections(vocabulary)
    return lambda query: " ".join(_meant(known, word) for word in query.split())


def _meant(known: Any, word: str) -> str:
    found = known.suggestions(word, 1)
    return found[0] if found else word
