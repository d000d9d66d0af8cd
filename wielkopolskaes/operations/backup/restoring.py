"""The way back: from a backup into an empty place.

Logins and one-time links are not brought back: some of them ended after the backup was made.
Nor are people who were erased since.
"""

import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, func, inspect, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Login, OneTimeLink
from wielkopolskaes.alerts.models import Wish
from wielkopolskaes.audit.services import Actor, Subject, act_as, record
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.media.store import FileStore
from wielkopolskaes.operations.backup import erased, postgresql
from wielkopolskaes.operations.backup.manifest import Damaged, Manifest, Watch, stored
from wielkopolskaes.operations.backup.snapshot import counts
from wielkopolskaes.retention.models import Erasure
from wielkopolskaes.retention.people import erase_again


class NotEmpty(Exception):
    """A backup is only restored where nothing is: it never replaces anything."""


class Settled(NamedTuple):
    """What was done to the restored data before anybody may use it."""

    erased: list[int]
    waiting_letters: int


def require_empty(engine: Engine, store: FileStore | None = None) -> None:
    """Raise NotEmpty when there is a table, or a stored file."""
    if engine.dialect.name != "sqlite" or Path(engine.url.database or "").exists():
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise NotEmpty("The database is not empty: a backup replaces nothing.")
    if store is not None and next(iter(store.files()), None) is not None:
        raise NotEmpty("There are stored files already: a backup replaces nothing.")


def load_database(backup: Path, manifest: Manifest, engine: Engine) -> None:
    """Fill an empty database and compare it with the manifest; raises Damaged."""
    if engine.dialect.name != manifest.kind:
        raise NotEmpty(f"The backup is of {manifest.kind}, the settings name another database.")
    if manifest.kind == "sqlite":
        target = Path(engine.url.database or "")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup / manifest.database, target)
    else:
        postgresql.restore(engine.url, backup / manifest.database)
    with engine.connect() as connection:
        found = counts(connection)
    if found != manifest.tables:
        names = found.keys() | manifest.tables.keys()
        wrong = sorted(n for n in names if found.get(n) != manifest.tables.get(n))
        raise Damaged(f"restored tables differ from the manifest: {', '.join(wrong)}")


def load_files(
    backup: Path, manifest: Manifest, names: Collection[str], store: FileStore, watch: Watch
) -> None:
    """Put files back where the portal finds them, and read them there; raises Damaged."""
    for name in watch(sorted(names), "files"):
        with stored(backup, name).open("rb") as file:
            store.put_file(name, file)
        if not store.is_intact(name):
            raise Damaged(f"{name}: could not be restored")


def settle(session: Session, backup: Path, *, actor: Actor, now: datetime) -> Settled:
    """End what must not come back, in the restored database."""
    act_as(session, actor)
    for model in (Login, OneTimeLink, Wish):
        session.execute(delete(model))
    gone = {*session.scalars(select(Erasure.person_id)), *erased.known(backup.parent)}
    again = erase_again(session, gone, now=now)
    record(session, "backup.restored", Subject("backup", None, backup.name),
           after={"erased": again})  # fmt: skip
    waiting = (
        select(func.count())
        .select_from(Letter)
        .where(Letter.sent_at.is_(None), Letter.forgotten_at.is_(None))
    )
    return Settled(again, session.scalar(waiting) or 0)
