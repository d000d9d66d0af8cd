"""The example of docs/content-types.md: job offers.

Only a process of its own imports this module: the table would stay in the metadata of all
other tests.
"""

from datetime import UTC, date, datetime

import colander
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tests.site.world import Portal, at
from wielkopolskaes.content.base import Body, BodySchema
from wielkopolskaes.content.loading import load
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State


class Offer(Body, Node):
    """A job in a social enterprise (oferta pracy)."""

    __tablename__ = "content_offer"
    __mapper_args__ = {"polymorphic_identity": "offer"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    apply_by: Mapped[date]


class OfferSchema(BodySchema):
    """An offer has a last day."""

    apply_by = colander.SchemaNode(colander.Date())


def card(node):
    return {"apply_by": node.apply_by.isoformat()}


def includeme(config):
    config.add_content_type(
        ContentType(kind="offer", model=Offer, schema=OfferSchema, label=_("Job offer"),
                    template="wielkopolskaes:site/templates/page.jinja2", card=card)
    )  # fmt: skip


ADDRESSES = ("/praca/kucharz", "/praca", "/szukaj?q=kuch", "/sitemap-1.xml",
             "/praca/feed.atom", "/praca/feed.json", "/mapa-serwisu", "/powitanie")  # fmt: skip


def tell(url, folder):
    """Load an offer; tell the status of each address and whether the offer is there.

    First while it is public, then as a draft.
    """
    portal = Portal(url, folder, "tests.content.offer")
    now = datetime.now(UTC)

    def seen():
        answers = {address: portal.get(address) for address in ADDRESSES}
        return {
            a: (answer.status_int, "kucharz" in answer.text.lower().replace(a, ""))
            for a, answer in answers.items()
        }

    with portal.work() as session:
        load(session, portal.registry, folder / "content", now=now)
    with portal.work() as session:
        kept = at(session, "/praca/kucharz").card
    public = seen()
    with portal.work() as session:
        change_state(session, at(session, "/praca/kucharz"), State.DRAFT, now=now)
    told = {"card": kept, "public": public, "draft": seen()}
    portal.close()
    return told
