"""Which files there are, for the eyes of one person: found by title, kind, use, what they lack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.newsroom.rows import Row, count_rows, outside_trash, rows, select_rows
from wielkopolskaes.search.queries import holds, words_of
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference

KINDS = ("image", "document")
_IMAGE, _DOCUMENT = Image.__table__.c, Document.__table__.c
_USER = aliased(Node, name="user")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty words and None ask for nothing in particular."""

    words: str = ""
    kind: str = ""
    used: bool | None = None
    undecided: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """Match the files that are looked for."""
        found = [holds(word) for word in words_of(self.words)]
        if self.kind:
            found.append(Node.kind == self.kind)
        if self.used is not None:
            found.append(is_used() if self.used else ~is_used())
        if self.undecided:
            found.append(is_undecided())
        return found


def is_undecided() -> ColumnElement[bool]:
    """Match pictures without a decision about their description, documents without a language."""
    pictures = select(_IMAGE.id).where(_IMAGE.alt == "", _IMAGE.decorative.is_(False))
    documents = select(_DOCUMENT.id).where(_DOCUMENT.language == "")
    return or_(Node.id.in_(pictures), Node.id.in_(documents))


def is_used() -> ColumnElement[bool]:
    """Match what another item refers to; what is in the trash uses nothing."""
    return exists(
        select(Reference.source_id)
        .join(_USER, _USER.id == Reference.source_id)
        .where(Reference.target_id == Node.id, outside_trash(_USER.path))
    )


def files(
    session: Session,
    identity: Identity | None,
    wanted: Wanted,
    now: datetime,
    *,
    limit: int,
    offset: int,
) -> tuple[int, list[Row]]:
    """Count the files that somebody may view and wants, and load a page of them, newest first."""
    where = and_(
        Node.kind.in_(KINDS), items_allowed(identity, Permission.VIEW, now), outside_trash(),
        *wanted.conditions(),
    )  # fmt: skip
    query = select_rows().where(where).order_by(Node.id.desc()).limit(limit).offset(offset)
    return count_rows(session, where), rows(session, query)


def uses(session: Session, ids: list[int]) -> dict[int, int]:
    """Count the items that use each of these."""
    query: Any = (
        select(Reference.target_id, func.count(Reference.source_id.distinct()))
        .join(_USER, _USER.id == Reference.source_id)
        .where(Reference.target_id.in_(ids), outside_trash(_USER.path))
        .group_by(Reference.target_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def to_decide(
    session: Session, identity: Identity | None, under_id: int | None, now: datetime
) -> list[Row]:
    """List what somebody must still decide about the files directly under an item."""
    query = select_rows().where(
        Node.parent_id == under_id, is_undecided(), outside_trash(),
        items_allowed(identity, Permission.EDIT, now),
    )  # fmt: skip
    return rows(session, query.order_by(Node.id))
