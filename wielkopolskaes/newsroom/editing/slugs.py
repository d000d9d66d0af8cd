"""A part of an address proposed from a title."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.content.folding import fold
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.slugs import RESERVED_ANYWHERE, RESERVED_FIRST

LONGEST = 80


def free_slug(session: Session, under: Node, title: str, otherwise: str) -> str:
    """Propose an address that nothing under the item has."""
    slug = propose(title, otherwise=otherwise)
    alike = select(Node.slug).where(Node.parent_id == under.id, Node.slug.startswith(slug))
    reserved = RESERVED_ANYWHERE | (RESERVED_FIRST if under.path == "/" else frozenset())
    return propose(title, {*session.scalars(alike), *reserved}, otherwise)


def propose(title: str, taken: Collection[str] = (), otherwise: str = "strona") -> str:
    """Fold a title into a slug that is not taken, cut between words where it is long."""
    words = fold(title).split()
    slug = "-".join(words)
    while len(slug) > LONGEST and len(words) > 1:
        words.pop()
        slug = "-".join(words)
    slug = slug[:LONGEST] or otherwise
    numbered, number = slug, 1
    while numbered in taken:
        number += 1
        numbered = f"{slug}-{number}"
    return numbered
