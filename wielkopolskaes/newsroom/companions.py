"""Pictures and documents that a page uses and readers do not see yet."""

from dataclasses import dataclass
from datetime import datetime

from pyramid.i18n import TranslationString
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.content import gate
from wielkopolskaes.security.access import may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.states import State, allowed

FILES = ("image", "document")
# Those in the trash and the archive are hidden on purpose.
NOT_YET = (State.DRAFT, State.APPROVED)


@dataclass(frozen=True)
class Companion:
    """A picture or a document that is not public yet, and what keeps it from being published."""

    node: Node
    problems: list[TranslationString]
    permitted: bool

    @property
    def ready(self) -> bool:
        """Tell whether it can be published together with the page."""
        return self.permitted and not self.problems

    def appears_by(self, moment: datetime | None) -> bool:
        """Tell whether the clock shows it by then at the latest, without anybody's doing."""
        mine = self.node.publish_at if self.node.state is State.SCHEDULED else None
        return mine is not None and moment is not None and mine <= moment


def companions(
    session: Session, node: Node, *, identity: Identity | None, now: datetime
) -> list[Companion]:
    """List what the page uses and readers would miss, as far as the person may see it."""
    used = select(Reference.target_id).where(Reference.source_id == node.id)
    later = and_(Node.state == State.SCHEDULED, Node.publish_at > now)
    query = select(Node).where(
        Node.id.in_(used), Node.kind.in_(FILES), or_(Node.state.in_(NOT_YET), later)
    )  # fmt: skip
    return [
        Companion(file, gate.problems(file), may(identity, Permission.PUBLISH, file, now))
        for file in session.scalars(query.order_by(Node.title, Node.id))
        if may(identity, Permission.VIEW, file, now)
    ]


def can_follow(companion: Companion, target: State) -> bool:
    """Tell whether it can take the same step as the page."""
    return companion.ready and allowed(companion.node.state, target) is not None
