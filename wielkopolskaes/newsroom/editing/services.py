"""The verbs of the editing forms: make an item once, change it without losing anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.services import record
from wielkopolskaes.content import gate
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import assign, write
from wielkopolskaes.newsroom.editing.merging import Merge, merge
from wielkopolskaes.newsroom.editing.submissions import claim, made_by
from wielkopolskaes.newsroom.editing.values import stored_values, uses_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import place
from wielkopolskaes.tree.states import TIMED, State


class ChangedMeanwhile(Exception):
    """Somebody else has changed the item since the form was opened; nothing is written."""

    def __init__(self, merged: Merge, current: dict[str, Any]) -> None:
        super().__init__("changed meanwhile")
        self.merged = merged
        self.current = current


class NotForEverybody(Exception):
    """The change would take from an item that readers see what some of them need."""

    def __init__(self, problems: list[TranslationString]) -> None:
        super().__init__("not for everybody")
        self.problems = problems


class TranslationTaken(ValueError):
    """Another item is already the version with this key in this language."""


class SentBySomebodyElse(ValueError):
    """The form's key belongs to another person's form."""


def create(
    session: Session,
    content_type: ContentType,
    data: dict[str, Any],
    *,
    under: Node,
    slug: str,
    person_id: int,
    key: str,
    now: datetime,
) -> Node:
    """Make a draft in the care of the person; the same form sent again gives the same item.

    Raises SlugError, PathTooLong and TranslationTaken; nothing is left behind then, and the
    key is not used up.
    """
    with one_step(session, data):
        submission = claim(session, key, person_id, now=now)
        if submission is None:
            return _made(session, key, person_id)
        node = content_type.model(state=State.DRAFT, owner_id=person_id)
        assign(node, content_type, data)
        place(session, node, under=under, slug=slug)
        write(session, node, content_type, data)
        submission.node_id = node.id
    return node


def _made(session: Session, key: str, person_id: int) -> Node:
    node = made_by(session, key, person_id)
    if node is None:
        raise SentBySomebodyElse(key)
    return node


def save(
    session: Session,
    node: Node,
    content_type: ContentType,
    data: dict[str, Any],
    *,
    version: int,
    base: dict[str, str],
) -> bool:
    """Write a form that was filled from `version`; tell whether it changed anything.

    `base` has the digests of what it was filled with. The item must have been locked with
    `load_whole`, so that the next save sees what this one wrote. Raises ChangedMeanwhile when
    another save has changed fields since the form was filled, TranslationTaken, and
    NotForEverybody.
    """
    schema = content_type.schema()
    current = stored_values(schema, node, uses_of(session, node))
    merged = merge(base, current, data)
    if version != node.version and (merged.theirs or merged.both):
        raise ChangedMeanwhile(merged, current)
    if not merged.changed:
        return False
    before = gate.barriers(node)
    with one_step(session, data):
        write(session, node, content_type, data)
        added = [each for each in gate.barriers(node) if each not in before]
        if added and node.state in TIMED:
            raise NotForEverybody(added)
    return True


@contextmanager
def one_step(session: Session, data: dict[str, Any]) -> Iterator[None]:
    """Do all of it or nothing: what was refused leaves the transaction as it was."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if _is_taken(session, data):
            raise TranslationTaken(data["translation_key"]) from error
        raise


def _is_taken(session: Session, data: dict[str, Any]) -> bool:
    key = Node.translation_key == data.get("translation_key")
    return session.scalar(select(Node.id).where(key, Node.lang == data["lang"])) is not None


def hand_over(session: Session, node: Node, person: Person) -> None:
    """Put the item into the care of somebody else."""
    before = session.get(Person, node.owner_id) if node.owner_id else None
    if before is person:
        return
    node.owner_id = person.id
    session.flush()
    record(
        session, "item.handed_over", node,
        before={"owner": before.name if before else None}, after={"owner": person.name},
    )  # fmt: skip
