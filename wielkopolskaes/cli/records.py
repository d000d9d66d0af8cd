"""``wielkopolskaes records import``: rows of a file into records, all or none."""

import argparse
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyramid.registry import Registry

from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, PROBLEMS, USAGE, Refusal

if TYPE_CHECKING:
    from wielkopolskaes.importing.plans import Plan


def run(args: argparse.Namespace) -> int:
    """Import, and report row by row."""
    data = args.file.read_bytes()
    with open_portal(args) as registry:
        return _import(registry, args, data)


def _import(registry: Registry, args: argparse.Namespace, data: bytes) -> int:
    from sqlalchemy import select

    from wielkopolskaes.db import work
    from wielkopolskaes.importing import services
    from wielkopolskaes.importing.columns import Headings
    from wielkopolskaes.importing.process import Unreadable, read_table, suffix_of
    from wielkopolskaes.importing.scope import Scope, record_types
    from wielkopolskaes.importing.words import Words
    from wielkopolskaes.tree.models import Node

    words, types = Words(registry, args.lang), record_types(registry)
    if args.kind and args.kind not in types:
        raise Refusal(f"--kind must be one of {', '.join(types)}.", USAGE)
    try:
        table = services.without_example(registry, read_table(data, args.file.name), words)
    except Unreadable as refusal:
        raise Refusal(words.say(refusal.message)) from refusal
    for note in (*table.notes, *services.of_columns(registry, table, words)):
        print(words.say(note))
    with work(registry) as session:
        section = session.scalar(select(Node).where(Node.path == args.section))
        if section is None or section.kind != "section":
            raise Refusal(f"There is no section at {args.section}.", USAGE)
        scope = Scope(
            session, registry, section, Headings(table.headings, types, words), words, None,
            datetime.now(UTC), kind=args.kind, is_table=suffix_of(args.file.name) != "json",
            locks=True,
        )  # fmt: skip
        plans, made = services.import_table(
            scope, table, overwrite=args.update, dry_run=args.dry_run
        )
    return _report(plans, len(made), dry_run=args.dry_run)


def _report(plans: "list[Plan]", written: int, *, dry_run: bool) -> int:
    for plan in plans:
        if plan.action != "unchanged":
            fields = f" ({', '.join(plan.fields)})" if plan.action == "changed" else ""
            print(f"{plan.number}: {plan.action} {plan.title}{fields}")
        for column, sentence in plan.problems:
            print(f"    {column}: {sentence}" if column else f"    {sentence}")
        for remark in plan.remarks:
            print(f"    {remark.words} {remark.title}".rstrip())
    found = Counter(plan.action.value for plan in plans)
    counted = ", ".join(
        f"{found[action]} {action}" for action in ("new", "changed", "unchanged", "wrong")
    )
    outcome = "Nothing was written" if dry_run or found["wrong"] else f"{written} written"
    print(f"{counted}. {outcome}.")
    return PROBLEMS if found["wrong"] else FINE
