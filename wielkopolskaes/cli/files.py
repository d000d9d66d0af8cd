"""``wielkopolskaes files``: texts of documents, read now; films that are too large for a form."""

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from pyramid.registry import Registry
from sqlalchemy import select

from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, PROBLEMS, Refusal
from wielkopolskaes.tree.models import Node


def run(args: argparse.Namespace) -> int:
    """Do one deed."""
    return _DEEDS[args.deed](args)


def _take_film(args: argparse.Namespace) -> int:
    """Make a draft of a film's file and say where it stands."""
    from wielkopolskaes.db import work
    from wielkopolskaes.media.refusal import UnsafeFile
    from wielkopolskaes.newsroom.files.services import take_film

    if not args.file.is_file():
        raise Refusal(f"There is no file {args.file}.")
    with open_portal(args) as registry, work(registry) as session:
        under = session.scalar(select(Node).where(Node.path == args.under))
        if under is None:
            raise Refusal(f"Nothing is at {args.under}.")
        try:
            with args.file.open("rb") as file:
                node = take_film(
                    session, registry.files, registry.content_types["document"], file,
                    args.file.name, under=under,
                )  # fmt: skip
        except UnsafeFile as refusal:
            raise Refusal(f"{args.file}: {refusal.message.interpolate()}") from refusal
        print(f"A draft of the film is at {node.path}: choose it in the form of the film.")
    return FINE


def _read_texts(args: argparse.Namespace) -> int:
    """Read what waits, or all; print how many came to what. Exit code 1 for files missing."""
    from wielkopolskaes.filetext.queries import all_shown, waiting

    with open_portal(args) as registry:
        with registry.dbsession_factory() as session:
            wanted = (all_shown if args.again else waiting)(session)
        outcomes = Counter(_read(registry, progress(wanted, "files")))
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome}\t{count}")
    print(f"Documents: {len(wanted)}.")
    return PROBLEMS if outcomes["missing"] else FINE


def _read(registry: Registry, wanted: Iterable[str]) -> Iterable[str]:
    from wielkopolskaes.db import work
    from wielkopolskaes.filetext.jobs import mime_of, read_stored
    from wielkopolskaes.filetext.services import keep_text

    for sha256 in wanted:
        with registry.dbsession_factory() as session:
            mime = mime_of(session, sha256)
        try:
            reading = read_stored(registry, sha256, mime or "")
        except FileNotFoundError:
            yield "missing"
            continue
        with work(registry) as session:
            keep_text(session, sha256, reading, now=datetime.now(UTC))
        yield str(reading.outcome)


_DEEDS = {"text": _read_texts, "film": _take_film}
