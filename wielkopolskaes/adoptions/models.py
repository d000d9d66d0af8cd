"""The adoption as readers see it, what waits for a confirmation, and whom to answer."""

from datetime import datetime
from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import JSON, ForeignKey, String, Text, exists
from sqlalchemy.orm import Mapped, mapped_column, object_session

from wielkopolskaes.content.base import Body
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node, Reference

ADDRESS = 254
KEY = 43
RESULT = "result"


class Adoption(Body, Node):
    """A result put in place by somebody (wdrożenie).

    `organisation` is empty unless it may be published: a name that may not is in `Contact` alone.
    `area` is a TERYT code of a voivodeship, county or commune; `adopted_on` is as exact as the
    teller was.
    """

    __tablename__ = "content_adoption"
    __mapper_args__ = {"polymorphic_identity": "adoption"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    organisation_kind: Mapped[str | None] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(7), default="")
    adopted_on: Mapped[str | None] = mapped_column(String(10))
    adapted: Mapped[str] = mapped_column(Text, default="", deferred=True)
    effect: Mapped[str] = mapped_column(Text, default="", deferred=True)

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the adoption."""
        lacking = []
        if not self._has_result():
            lacking.append(_("Name the result that was adopted."))
        if not self.area:
            lacking.append(_("Say where the result was adopted."))
        if not self.organisation_kind:
            lacking.append(_("Say what kind of organisation adopted the result."))
        return lacking

    def _has_result(self) -> bool:
        session = object_session(self)
        if session is None:
            return False
        named = exists().where(Reference.source_id == self.id, Reference.role == RESULT)
        return bool(session.scalar(named.select()))


class AdoptionWish(Base):
    """An adoption that somebody has told of and that its address is still to confirm.

    The letter holds the token, the row its digest. `told` is what the form read, `key` the
    form's own: sent twice, it makes one row. Kept for two days at most.
    """

    __tablename__ = "adoption_wish"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY), unique=True)
    result_id: Mapped[int] = mapped_column(ForeignKey(Node.id, ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(ADDRESS), index=True)
    name: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(2))
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Contact(Base):
    """Who told of an adoption: for questions and for the answer, never for readers.

    `organisation` is the name as it was told, whether it may be published or not. `decided_at` is
    when the teller was answered, or when it became plain that no answer is due.
    """

    __tablename__ = "adoption_contact"

    node_id: Mapped[int] = mapped_column(
        ForeignKey(Node.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(String(KEY), unique=True)
    link: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str] = mapped_column(String(ADDRESS), index=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(200))
    may_name: Mapped[bool]
    lang: Mapped[str] = mapped_column(String(2))
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
