"""Files of rows that wait for somebody's word."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.tree.models import Node


class Stage(StrEnum):
    """How far an import has come."""

    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


_STAGE = Enum(Stage, native_enum=False, length=10, values_callable=lambda e: [s.value for s in e])


class Import(Base):
    """A file that somebody wants to import; others do not see it. Kept for a day.

    `about` holds what is said of the whole file, in the person's language; `update` whether all
    changed rows were to be taken over, not only the ticked ones.
    """

    __tablename__ = "records_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey(Node.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40), default="")
    filename: Mapped[str] = mapped_column(String(200))
    is_table: Mapped[bool]
    headings: Mapped[list[str]] = mapped_column(JSON)
    about: Mapped[list[str]] = mapped_column(JSON)
    stage: Mapped[Stage] = mapped_column(_STAGE, default=Stage.READING)
    update: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class ImportRow(Base):
    """A row of such a file and what it would do, or has done.

    `cells` are emptied once they are written; `node_id` is no reference, so that a report stays
    as it was.
    """

    __tablename__ = "records_import_row"

    import_id: Mapped[int] = mapped_column(
        ForeignKey(Import.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    spoilt: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    action: Mapped[str] = mapped_column(String(10), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    node_id: Mapped[int | None]
    version: Mapped[int | None]
    problems: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    remarks: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    chosen: Mapped[bool] = mapped_column(default=False)
