"""What can be typed: the verbs, their options, the help."""

import argparse
import os
from pathlib import Path

from wielkopolskaes.cli import (
    operator_arguments,
    people_arguments,
    record_arguments,
    search_arguments,
)
from wielkopolskaes.cli.verbs import EXIT_CODES, Verbs, add_verb, help_format

DESCRIPTION = """\
Sets up and looks after the portal. What it is told stands in the configuration file and in
WIELKOPOLSKAES_* variables; the variables win."""


def make_parser() -> argparse.ArgumentParser:
    """Build the parser; ``verb`` in its result names the module to run."""
    parser = argparse.ArgumentParser(
        prog="wielkopolskaes",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=help_format,
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE.ini",
        default=Path(os.environ.get("WIELKOPOLSKAES_CONFIG") or "development.ini"),
        help="configuration file (default: $WIELKOPOLSKAES_CONFIG or development.ini)",
    )
    parser.add_argument(
        "--debug", action="store_true", help="show where in the code an error happened"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    own = (_init, _migrate, _load_content, _worker, _doctor)
    more = (people_arguments, operator_arguments, record_arguments, search_arguments)
    for add in (*own, *(verb for arguments in more for verb in arguments.VERBS)):
        add(verbs)
    return parser


def _init(verbs: Verbs) -> None:
    add_verb(
        verbs,
        "init",
        "set everything up; changes nothing the second time",
        "Creates the folders under var, migrates the database and loads the starting content.\n"
        "What is already in place is left as it is.",
    )


def _migrate(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "migrate",
        "bring the database to the schema of this version",
        "Runs the migrations up to the newest revision, or to the one given.\n"
        "A database that is newer than this version of the portal is left alone.",
    )
    verb.add_argument("revision", nargs="?", default="head", help="default: the newest")
    verb.add_argument(
        "--down", action="store_true", help="go back to an older revision; its data is lost"
    )
    verb.add_argument(
        "--draft", metavar="WORDS", help="write a new revision from the changed models instead"
    )


def _load_content(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "load-content",
        "load the starting content",
        "Reads a folder of content files into the tree, by path; can be repeated.",
    )
    verb.add_argument(
        "--folder", type=Path, help="folder to read instead of the portal's own content"
    )
    verb.add_argument(
        "--demo",
        action="store_true",
        help="also load marked sample items for trying out; refused in production",
    )


def _worker(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "worker",
        "do the work that waits in the outbox",
        "Runs jobs until it is told to stop (SIGTERM, Ctrl+C); the job in hand is finished.\n"
        "Several workers may run beside each other.",
    )
    verb.add_argument("--once", action="store_true", help="do what is due and end")
    verb.add_argument(
        "--retry-dead",
        action="store_true",
        help="first give the jobs that failed at every attempt their attempts anew",
    )


def _doctor(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "doctor",
        "look for what is wrong",
        "Checks settings, database, migrations, disk, files and their texts, tree, jobs, events,\n"
        "the secret and translations.\n"
        "Changes nothing.",
    )
    verb.add_argument(
        "--all", action="store_true", help="read every stored file, not only a sample"
    )
