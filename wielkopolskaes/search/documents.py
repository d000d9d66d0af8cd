"""What the search reads of items: every text that a reader of their page can read."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import colander
from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from wielkopolskaes.content.fields import NodeRef, PartialDate, RichText, walk
from wielkopolskaes.content.registry import ContentType, standalone_kinds
from wielkopolskaes.content.richtext import text_of
from wielkopolskaes.filetext.queries import texts_of as texts_of_files
from wielkopolskaes.search.backend import Document
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State

log = logging.getLogger(__name__)

# Fields with a place of their own in a document, and those that no reader of the page sees.
_ELSEWHERE = frozenset({"title", "lead", "nav_title", "translation_key", "owner"})
# What is chosen from a list or has a fixed form is no text.
_NO_TEXT = (colander.OneOf, colander.Regex, colander.All)
AT_ONCE = 200


def documents(
    session: Session, registry: Registry, ids: Sequence[int], *, whole: bool = False
) -> dict[int, Document]:
    """Read the items that can be found, one query for each type; others are left out.

    An index wants them `whole`: with tags and the long texts of their files, which take queries
    of their own. Whoever shows their words does not.
    """
    found = {}
    known = select(Node.kind, Node.id).where(Node.id.in_(ids), *findable(registry))
    rows = session.execute(known.order_by(Node.kind)).all()
    for kind, group in groupby(rows, key=itemgetter(0)):
        content_type = registry.content_types[kind]
        model = content_type.model
        query = select(model).where(model.id.in_([id_ for _, id_ in group])).options(undefer("*"))
        for node in session.scalars(query):
            try:
                found[node.id] = document_of(node, content_type, tagged=whole)
            except Exception:
                # An item that cannot be read must not keep all others from being found.
                log.exception("item %d cannot be read for the search", node.id)
    texts = texts_of_files(session, found) if whole else {}
    return found | {id_: replace(found[id_], file_text=text) for id_, text in texts.items()}


def findable(registry: Registry) -> Iterator[Any]:
    """Match what stands in lists and is not in the trash, whoever may see it."""
    yield Node.kind.in_(standalone_kinds(registry))
    yield Node.listed
    yield Node.state != State.TRASHED
    yield Node.path.not_like("%~%")


def all_ids(session: Session, registry: Registry) -> list[int]:
    """List all items that can be found."""
    return list(session.scalars(select(Node.id).where(*findable(registry)).order_by(Node.id)))


def all_documents(session: Session, registry: Registry) -> Iterator[Document]:
    """Read all items that can be found, some at a time."""
    ids = all_ids(session, registry)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        yield from documents(session, registry, part, whole=True).values()
        session.expunge_all()


def document_of(node: Node, content_type: ContentType, *, tagged: bool) -> Document:
    """Take the words of one item."""
    return Document(
        id=node.id,
        kind=node.kind,
        lang=node.lang,
        title=node.title,
        lead=node.lead,
        text="\n".join(texts_of(node, content_type)),
        section=section_of(node.path),
        tags=tuple(content_type.tags(node)) if tagged else (),
        day=node.dated_on,
        year=node.shown_on.year if node.shown_on else None,
    )


def section_of(path: str) -> str:
    """Name the section of the first level that a path lies in; nothing for the front page."""
    return path.split("/")[1]


def texts_of(node: Node, content_type: ContentType) -> Iterator[str]:
    """Yield every text of the item's own fields."""
    schema = _schema(content_type)
    values = {
        child.name: getattr(node, child.name, None)
        for child in schema.children
        if child.name not in _ELSEWHERE and not isinstance(child.typ, NodeRef)
    }
    for _name, field, value in walk(schema, values):
        if isinstance(value, str) and value and _is_text(field):
            yield _readable(field, value)


def _readable(field: colander.SchemaNode, value: str) -> str:
    """Take the words of a text; a field whose text is no prose says itself how it is read."""
    read_as = getattr(field, "read_as", None)
    if read_as is not None:
        return str(read_as(value))
    return text_of(value) if isinstance(field.typ, RichText) else value


@cache
def _schema(content_type: ContentType) -> colander.SchemaNode:
    # A copy: what is made of a class of colander shares its fields with all others of it.
    schema = content_type.schema().clone()
    # Results show the beginning: what an item says of itself first, its source and author last.
    schema.children.sort(key=_place)
    return schema


def _place(field: colander.SchemaNode) -> int:
    if getattr(field, "opens", False):
        return 0
    return 2 if getattr(field, "group", "") else 1


def _is_text(field: colander.SchemaNode) -> bool:
    if isinstance(field.typ, RichText):
        return True
    is_plain = isinstance(field.typ, colander.String) and not isinstance(field.typ, PartialDate)
    return is_plain and not isinstance(field.validator, _NO_TEXT)
