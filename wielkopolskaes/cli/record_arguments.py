"""The verb `records` and its deeds."""

from pathlib import Path

from wielkopolskaes.cli.verbs import Verbs, add_verb, help_format


def _records(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "records",
        "import records from a file",
        "Reads results, projects, publications and other records from CSV, XLSX or JSON, as the\n"
        "page of the desk does.",
    )
    deeds = verb.add_subparsers(dest="deed", metavar="DEED", required=True)
    summary = "make drafts of new rows; all rows or none"
    more = (
        "Says of every row what it would do. Records are known by their codes; what is stored\n"
        "differently stays as it is unless --update is given. Any wrong row stops the whole."
    )
    deed = deeds.add_parser("import", help=summary, description=more, formatter_class=help_format)
    deed.add_argument("file", type=Path, metavar="FILE", help="a .csv, .xlsx or .json file")
    deed.add_argument(
        "--section", required=True, metavar="PATH", help="where new items go, such as /publikacje"
    )
    deed.add_argument("--kind", default="", help="type of rows that do not say theirs")
    deed.add_argument("--update", action="store_true", help="take over changed rows, too")
    deed.add_argument(
        "--dry-run", action="store_true", help="only say what would be done; changes nothing"
    )
    deed.add_argument("--lang", choices=("pl", "en"), default="pl", help="of messages; default: pl")


VERBS = (_records,)
