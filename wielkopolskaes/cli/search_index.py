"""``wielkopolskaes search rebuild | verify | stats | query``: the index that this node asks."""

import argparse
import json
import sys
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, PROBLEMS

FACETS = ("kind", "section", "year", "lang")


def rebuild(args: argparse.Namespace) -> int:
    """Make the index anew beside the one that answers, and switch."""
    from wielkopolskaes.search.indexer import Indexer

    with open_portal(args) as registry:
        count = Indexer(registry).rebuild(lambda them: progress(them, "documents"))
    print(f"Documents in the index: {count}.")
    return FINE


def verify(args: argparse.Namespace) -> int:
    """Read the whole index and compare it with the database."""
    from wielkopolskaes.search.backend import IndexDamaged

    with open_portal(args) as registry:
        try:
            report = registry.search.backend.verify()
            faults = [*report.faults, *_differences(registry)]
        except IndexDamaged as error:
            faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print("The index is whole and up to date." if not faults else f"Faults: {len(faults)}.")
    return PROBLEMS if faults else FINE


def _differences(registry: Registry) -> list[str]:
    """Name what the index lacks, and what it holds for nothing."""
    from wielkopolskaes.search.documents import all_ids

    newest, position = _newest(registry), registry.search.backend.position()
    if position < newest:
        return [f"The index is at change {position} of {newest}."]
    with registry.dbsession_factory() as session:
        wanted = set(all_ids(session, registry))
    held = set(registry.search.backend.documents())
    missing = [f"Item {id_} is missing." for id_ in sorted(wanted - held)]
    return missing + [f"Item {id_} should be gone." for id_ in sorted(held - wanted)]


def stats(args: argparse.Namespace) -> int:
    """Print how large the index is and how far it has come."""
    from wielkopolskaes.filetext.queries import figures as figures_of_files

    with open_portal(args) as registry, registry.dbsession_factory() as session:
        backend, texts = registry.search.backend, figures_of_files(session)
        figures = {
            "backend": registry.portal.search_backend,
            "documents": len(backend.documents()),
            "words": len(backend.vocabulary()),
            "bytes": registry.search.size(),
            "change": backend.position(),
            "changes to come": _newest(registry) - backend.position(),
            "files read": texts.read,
            "files to be read": texts.waiting,
            "files that cannot be read": texts.failed,
        }
    for name, figure in figures.items():
        print(f"{name}\t{figure}")
    return FINE


def _newest(registry: Registry) -> int:
    from wielkopolskaes.search.models import SearchChange

    with registry.dbsession_factory() as session:
        return session.scalar(select(func.max(SearchChange.seq))) or 0


def query(args: argparse.Namespace) -> int:
    """Print what a stranger finds."""
    with open_portal(args) as registry, registry.dbsession_factory() as session:
        found = _ask(registry, session, args.words, args.limit)
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(f"{found['total']} found in {found['milliseconds']} ms")
        for id_, path, title in found["items"]:
            print(id_, path, title, sep="\t")
    return FINE


def _ask(registry: Registry, session: Session, words: str, limit: int) -> dict[str, Any]:
    from wielkopolskaes.search.analysis import analyse
    from wielkopolskaes.search.backend import Query
    from wielkopolskaes.search.query import parse
    from wielkopolskaes.search.readers import Seen, findable_by
    from wielkopolskaes.tree.models import Node

    now = datetime.now(UTC)
    public = select(Node.id).where(findable_by(registry, None, now)).order_by(Node.id)
    seen = Seen(tuple(session.scalars(public)))
    started = perf_counter()
    parsed = parse(words, analyse)
    asked = Query(parsed.clauses, parsed.filters, FACETS, limit=limit, lang="pl", today=now.date())
    page = registry.search.search(asked, seen)
    spent = (perf_counter() - started) * 1000
    rows = session.execute(
        select(Node.id, Node.path, Node.title).where(Node.id.in_(page.ids), Node.id.in_(seen.ids))
    )
    known = {row.id: tuple(row) for row in rows}
    return {
        "ids": list(page.ids),
        "total": page.total,
        "facets": page.facets,
        "milliseconds": round(spent, 2),
        "items": [known[id_] for id_ in page.ids if id_ in known],
    }
