"""The verbs that guard the data: backup, restore, retention, the secret, the files."""

from pathlib import Path

from wielkopolskaes.cli.verbs import Verbs, add_verb, help_format

KEEP = 14


def _backup(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "backup",
        "save the database and the files while the portal serves",
        "Makes a folder that is complete in itself; files that the backup before it holds are\n"
        "shared with it. Copy the result to another machine: a backup beside the portal burns\n"
        "down with it.",
    )
    verb.add_argument(
        "--to", type=Path, metavar="FOLDER", help="folder of backups (default: var/backups)"
    )
    verb.add_argument(
        "--keep",
        type=_at_least_one,
        default=KEEP,
        metavar="N",
        help=f"keep the N newest (default: {KEEP})",
    )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _restore(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "restore",
        "try a backup out, or put it into an empty place",
        "With --check the backup is restored into a scratch place, counted, read and shown to\n"
        "the whole application; nothing else is touched. With --into it becomes the portal's\n"
        "data: only where there is no data yet. Logins and one-time links do not come back, nor\n"
        "do people who were erased since the backup was made.",
    )
    verb.add_argument("backup", type=Path, metavar="BACKUP", help="the folder of one backup")
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="a drill; changes nothing")
    what.add_argument(
        "--into",
        type=Path,
        metavar="VAR",
        help="the portal's folder for data; a PostgreSQL database is the one of the settings",
    )


def _retention(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "retention",
        "let go what has been kept for long enough",
        "Applies the rules of retention, as the worker does every day, and says how much went.",
    )
    verb.add_argument(
        "--dry-run", action="store_true", help="only say how much would go; changes nothing"
    )


def _rotate_secret(verbs: Verbs) -> None:
    add_verb(
        verbs,
        "rotate-secret",
        "replace the master secret",
        "Stop the portal, set WIELKOPOLSKAES_SECRET to the new secret and\n"
        "WIELKOPOLSKAES_OLD_SECRET (or …_FILE) to the one before, run this, start the portal.\n"
        "Second factors are encrypted anew; everybody has to log in again.",
    )


def _files(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "files",
        "look after stored files",
        "Reads the texts of documents for the search, as the worker does after each upload; takes\n"
        "in films that are too large for a form.",
    )
    deeds = verb.add_subparsers(dest="deed", metavar="DEED", required=True)
    summary = "read the documents that wait, now"
    deed = deeds.add_parser("text", help=summary, description=summary, formatter_class=help_format)
    deed.add_argument("--again", action="store_true", help="read all of them anew")
    summary = "take in a film (MP4, WebM) of up to 2000 MB, as a draft"
    deed = deeds.add_parser("film", help=summary, description=summary, formatter_class=help_format)
    deed.add_argument("file", type=Path, metavar="FILE")
    deed.add_argument(
        "--under", required=True, metavar="/ADDRESS", help="the film or section that it belongs to"
    )


VERBS = (_backup, _restore, _retention, _rotate_secret, _files)
