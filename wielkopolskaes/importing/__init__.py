"""Records from files: what a table would change is shown first, then written at once or not at all.

It knows no type of content: what a column is, and what may stand in it, is read from the schema of
each type that is a record. `planning` says what every row would do, `services` writes it, and
`exports` makes the files that can come back. docs/importing.md has the whole.
"""

from datetime import timedelta

from pyramid.config import Configurator

DESK = "/redakcja/import"


def includeme(config: Configurator) -> None:
    """Add the pages, the jobs for long files and the rule that forgets them."""
    from wielkopolskaes.importing.models import Import
    from wielkopolskaes.retention.rules import PUBLIC_TASK, rows
    from wielkopolskaes.security.office import Office

    for name, path in (
        ("desk.import", DESK),
        ("desk.import.one", DESK + "/{id:[0-9]+}"),
        ("desk.import.write", DESK + "/{id:[0-9]+}/zapisz"),
        ("desk.import.drop", DESK + "/{id:[0-9]+}/usun"),
        ("desk.import.template", DESK + "/wzor/{kind:[a-z_]+}.{format:[a-z]+}"),
        ("desk.import.records", DESK + "/zapisy/{id:[0-9]+}.{format:[a-z]+}"),
    ):
        config.add_route(name, path, factory=Office)
    config.add_job("importing.plan", "wielkopolskaes.importing.jobs.plan", urgent=True)
    config.add_job("importing.write", "wielkopolskaes.importing.jobs.write")
    config.add_retention_rule(
        rows(
            "records.imports", Import, lambda before: Import.at < before,
            what="files that were to be imported, and what became of their rows",
            kept=timedelta(days=1), why="somebody has to read the preview and the report",
            basis=PUBLIC_TASK,
        )
    )  # fmt: skip
    config.scan("wielkopolskaes.importing.views")
