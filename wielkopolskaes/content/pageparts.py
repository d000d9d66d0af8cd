"""What a page shows besides its own fields: the items it uses, and texts with living links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from wielkopolskaes.content import richtext
from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, Used, cards
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.richtext import Target
from wielkopolskaes.db import writes
from wielkopolskaes.media.pictures import picture_html
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import Above, attach_above, load_lineage, recall_above
from wielkopolskaes.types import Request


def lineage(node: Node, request: Request) -> list[Node]:
    """List the item and its ancestors, nearest first, as items of the session."""
    if "parent" not in node.__dict__:
        # At one query for all of them; the relationship would ask for one at a time.
        if writes(request):
            load_lineage(request.dbsession, node.path.strip("/").split("/"))
        else:
            attach_above(request, node)
    found = [node]
    while (parent := found[-1].parent) is not None:
        found.append(parent)
    return found


def way_up(node: Node, request: Request) -> Sequence[Node | Above]:
    """List the item and what stands above it, nearest first, as a page tells of them."""
    if writes(request) or "parent" in node.__dict__:
        return lineage(node, request)
    return [node, *recall_above(request, node)]


# What an editor's text can make of another kind than the template shows.
KINDS = {"image": "image", "picture": "image", "contact": "contact", "funding": "funding"}


@dataclass
class Parts:
    """The items that a page uses and may show, by role."""

    node: Node
    used: list[Used]
    request: Request = field(repr=False)

    @cached_property
    def _shown(self) -> dict[tuple[int, str], list[Card]]:
        """What a reader may see of it, by user and role."""
        audience = audience_of(self.request)
        found: dict[tuple[int, str], list[Card]] = {}
        for source_id, role, card in self.used:
            if audience.sees(card) and KINDS.get(role, card.kind) == card.kind:
                found.setdefault((source_id, role), []).append(card)
        return found

    def all(self, role: str) -> list[Card]:
        """List what this item itself uses in that role, as far as a reader may see it."""
        return self._shown.get((self.node.id, role), [])

    def by_role(self) -> dict[str, list[Card]]:
        """Return all that this item itself uses, as far as a reader may see it."""
        own = self.node.id
        return {role: cards for (id_, role), cards in self._shown.items() if id_ == own}

    def inherited(self, role: str) -> list[Card]:
        """List what the nearest of the item and its ancestors uses in that role."""
        uses = (self._shown.get((item.id, role)) for item in way_up(self.node, self.request))
        return next((cards for cards in uses if cards), [])

    @cached_property
    def targets(self) -> dict[int, Target]:
        """Where links of the item's texts lead; only what a reader may see is here."""
        links = {card.id: Target(card.path) for card in self.all("link")}
        pictures = self.all("picture")
        return links | {card.id: Target(card.path, picture_html(card.extra)) for card in pictures}

    def text(self, name: str) -> Markup:
        """Return a rich field, ready for the page; empty when there is none."""
        prepared = self.node.rendered.get(name)  # type: ignore[attr-defined]
        if not prepared or not prepared["html"]:
            return Markup("")
        # The stored text has been through the allow-list; only its links are filled in here.
        return Markup(richtext.render_links(prepared["html"], self.targets))  # noqa: S704

    def outline(self, name: str) -> list[dict[str, Any]]:
        """List the headings of a rich field for the table of contents."""
        prepared = self.node.rendered.get(name) or {}  # type: ignore[attr-defined]
        return [
            {"level": level, "id": id_, "title": text}
            for level, id_, text in prepared.get("outline", ())
        ]


def parts_of(node: Node, request: Request) -> Parts:
    """Find what the item uses: one query."""
    ids, audience = [item.id for item in way_up(node, request)], audience_of(request)
    used = audience.used_by(request.dbsession, ids)
    request.uses(*(f"node:{id_}" for id_ in ids), *(f"node:{u.card.id}" for u in used))
    return Parts(node, used, request)


def parts_then(node: Node, request: Request, uses: Sequence[tuple[str, int]]) -> Parts:
    """Find what an item used once, as far as it is shown today; what it inherits is today's."""
    found = parts_of(node, request)
    query = audience_of(request).select_cards().where(Node.id.in_([id_ for _role, id_ in uses]))
    by_id = {card.id: card for card in cards(request.dbsession, query)} if uses else {}
    own = [Used(node.id, role, by_id[id_]) for role, id_ in uses if id_ in by_id]
    request.uses(*(f"node:{id_}" for _role, id_ in uses))
    return Parts(node, [*own, *(use for use in found.used if use.source_id != node.id)], request)


def children_of(node: Node, request: Request) -> list[Card]:
    """List what stands under a page: its chapters."""
    kinds, audience = standalone_kinds(request.registry), audience_of(request)
    request.uses(f"children:{node.id}")
    query = (
        audience.select_cards()
        .where(Node.parent_id == node.id, Node.kind.in_(kinds), Node.listed)
        .where(audience.seen())
        .order_by(Node.position, Node.id)
    )
    return cards(request.dbsession, query)
