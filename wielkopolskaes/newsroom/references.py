"""Where an item, or anything under it, is used: asked before it is removed or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from pyramid.i18n import TranslationString
from sqlalchemy import Select, and_, func, not_, select
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.rows import COLUMNS, Row, outside_trash
from wielkopolskaes.search.models import Promotion
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.paths import subtree, within
from wielkopolskaes.tree.queries import published_now

SHOWN = 50
_TARGET = aliased(Node, name="target")

# What a reference is to the page that makes it; others are called by what they are.
ROLES = {
    "link": _("a link in the text"),
    "picture": _("a picture in the text"),
    "image": _("the main picture"),
    "contact": _("the contact card"),
    "funding": _("the funding mark"),
    "related": _("related content"),
    "partner": _("a partner"),
    "lead_story": _("the lead story"),
}
OTHERWISE = _("in another field")


class Use(NamedTuple):
    """One way in which a page uses the item, or something under it."""

    role: TranslationString
    target_id: int
    target: str


@dataclass(frozen=True)
class Usage:
    """Pages outside that use an item: how many, how many of them readers see, and the first few.

    `pages` holds only what the person may see; the numbers count all. `searches` are those above
    whose results it is promoted.
    """

    total: int = 0
    public: int = 0
    pages: list[tuple[Row, list[Use]]] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)

    @property
    def unseen(self) -> int:
        """Count the pages that are not named here."""
        return self.total - len(self.pages)


def used_on(
    session: Session, node: Node, *, identity: Identity | None, now: datetime, limit: int = SHOWN
) -> Usage:
    """Find the pages that use the item or anything under it; what is in the trash uses nothing.

    Three queries, two for an item that nobody uses; one more for one that is promoted.
    """
    path = node.path
    outside = and_(Node.id.in_(_sources(path)), not_(subtree(path)), outside_trash())
    pages = select(func.count()).select_from(Node).where(outside)
    promotions = _promotions(path).with_only_columns(func.count()).order_by(None)
    total, promoted = session.execute(
        select(pages.scalar_subquery(), promotions.scalar_subquery())
    ).one()
    searches = _searches(session, path) if promoted else []
    if not total:
        return Usage(searches=searches)
    public = select(func.count()).select_from(Node).where(outside, published_now(now))
    allowed = items_allowed(identity, Permission.VIEW, now)
    named = select(Node.id).where(outside, allowed).order_by(Node.path).limit(limit)
    # Under an item that somebody may see there can be some that they may not.
    targets = select(Node.id).where(subtree(path), allowed)
    return Usage(
        total, session.scalar(public) or 0, list(_pages(session, named, targets)), searches
    )


def _promotions(path: str) -> Select[Any]:
    promoted = select(Promotion.phrases).join(Node, Node.id == Promotion.node_id)
    return promoted.where(subtree(path)).order_by(Promotion.position)


def _searches(session: Session, path: str) -> list[str]:
    """List the searches that promote an item or anything under it."""
    return list(dict.fromkeys(
        words for phrases in session.scalars(_promotions(path)) for words in phrases
    ))  # fmt: skip


def _sources(path: str) -> Select[Any]:
    used = select(Reference.source_id).join(_TARGET, _TARGET.id == Reference.target_id)
    return used.where(within(_TARGET.path, path))


def _pages(
    session: Session, named: Select[Any], targets: Select[Any]
) -> Iterator[tuple[Row, list[Use]]]:
    wanted = named.subquery()
    query = (
        select(Reference.role, _TARGET.id, _TARGET.title, *COLUMNS)
        .join(wanted, wanted.c.id == Node.id)
        .join(Reference, Reference.source_id == Node.id)
        .join(_TARGET, _TARGET.id == Reference.target_id)
        .where(_TARGET.id.in_(targets))
        .order_by(Node.path, Reference.position)
    )
    for _id, group in groupby(session.execute(query), key=lambda row: row[3]):
        found = list(group)
        uses = [Use(ROLES.get(role, OTHERWISE), id_, title) for role, id_, title, *_ in found]
        yield Row(*found[0][3:]), list(dict.fromkeys(uses))
