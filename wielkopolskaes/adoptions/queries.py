"""Finding adoptions, the results they are of, and those that wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.adoptions.models import RESULT, Adoption, AdoptionWish, Contact
from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.results.models import Result
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.states import State
from wielkopolskaes.types import Request

SHOWN = 100
_RESULT = Result.__table__.c
_SECTION = Section.__table__.c


class Told(NamedTuple):
    """An adoption at the desk, with whom to answer."""

    node: Node
    contact: Contact


def code_of_result(session: Session, adoption_id: int) -> str | None:
    """Return the code of the result that an adoption is of."""
    named = select(Reference.target_id).where(
        Reference.source_id == adoption_id, Reference.role == RESULT
    )
    return session.scalar(select(_RESULT.code).where(_RESULT.id.in_(named)).limit(1))


def titles_of_results(request: Request) -> dict[str, str]:
    """Tell what the results with adoptions are called, as far as everybody may know."""

    def load() -> dict[str, str]:
        adopted = select(Reference.target_id).join(Node, Node.id == Reference.source_id)
        query = (
            select(_RESULT.code, Node.title)
            .join(Node, Node.id == _RESULT.id)
            .where(Node.id.in_(adopted.where(Node.kind == "adoption", Reference.role == RESULT)
                               .correlate(None)))
            .where(published_now(request.now))
            # Of several language versions the reader's own comes last, and stays.
            .order_by(case((Node.lang == request.locale_name, 1), else_=0))
        )  # fmt: skip
        return dict(request.dbsession.execute(query).all())

    request.uses("nodes")
    key = ("adopted results", request.locale_name)
    return request.memo(key, ("nodes",), load)


def result_with(session: Session, code: str, lang: str, now: datetime) -> Result | None:
    """Find the public result that a code names, in the reader's language if there is such one."""
    query = (
        select(Result)
        .where(Result.code == code, published_now(now))
        .order_by(case((Node.lang == lang, 0), else_=1), Node.id)
    )
    return session.scalars(query.limit(1)).first()


def shelf(session: Session, lang: str, now: datetime) -> Section | None:
    """Find the public section that adoptions are put in: that of the language, or any."""
    query = (
        select(Section)
        .where(_SECTION.listing == "adoptions", published_now(now))
        .order_by(case((Node.lang == lang, 0), else_=1), Node.path)
    )
    return session.scalars(query.limit(1)).first()


def shelf_path(request: Request, lang: str) -> str:
    """Return where the adoptions of a language stand; "" when they stand nowhere."""

    def load() -> str:
        section = shelf(request.dbsession, lang, request.now)
        return "" if section is None else section.path

    return request.memo(("shelf of adoptions", lang), ("kind:section",), load)


def adoptions_of(result: Result, request: Request) -> list[Card]:
    """List the adoptions of a result in all its language versions, the latest first."""
    audience = audience_of(request)
    request.uses("kind:adoption")
    versions = select(_RESULT.id).where(_RESULT.code == result.code)
    naming = select(Reference.source_id).where(
        Reference.target_id.in_(versions), Reference.role == RESULT
    )
    query = audience.select_cards().where(
        Node.id.in_(naming), Node.kind == "adoption", Node.listed, audience.seen()
    )
    found = cards(request.dbsession, query.order_by(Node.title, Node.id))
    return sorted(found, key=lambda card: card.extra["adopted_on"] or "", reverse=True)


def to_decide(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """Match the adoptions that wait for a step which the person may take."""
    review = (Node.state == State.IN_REVIEW) & items_allowed(identity, Permission.REVIEW, now)
    publish = (Node.state == State.APPROVED) & items_allowed(identity, Permission.PUBLISH, now)
    return (Node.kind == "adoption") & (review | publish)


def count_to_decide(session: Session, identity: Identity, now: datetime) -> int:
    """Count them."""
    return session.scalar(select(func.count(Node.id)).where(to_decide(identity, now))) or 0


def waiting(session: Session, identity: Identity, now: datetime) -> Sequence[Node]:
    """List them, the longest waiting first."""
    query = select(Node).where(to_decide(identity, now)).order_by(Node.updated_at, Node.id)
    return session.scalars(query.limit(SHOWN)).all()


def tellers_of(
    session: Session, nodes: Sequence[Node], identity: Identity, now: datetime
) -> dict[int, Contact]:
    """Return who told of these items, as far as the person may change them."""
    allowed = items_allowed(identity, Permission.EDIT, now)
    query = select(Contact).join(Node, Node.id == Contact.node_id).where(allowed)
    found = session.scalars(query.where(Node.id.in_([node.id for node in nodes])))
    return {contact.node_id: contact for contact in found}


def answered(session: Session, identity: Identity, now: datetime) -> Sequence[Told]:
    """List the tellers who were answered, the latest first; of what the person may change."""
    allowed = items_allowed(identity, Permission.EDIT, now)
    query = select(Node, Contact).join(Contact, Contact.node_id == Node.id).where(allowed)
    known = query.where(Contact.decided_at.is_not(None)).order_by(Contact.decided_at.desc())
    return [Told(*row) for row in session.execute(known.limit(SHOWN))]


def kept_of(session: Session, email: str) -> list[tuple[str, datetime]]:
    """List what is kept of an address: adoptions by title, those to be confirmed without one."""
    told = select(Node.title, Contact.confirmed_at).join(Contact, Contact.node_id == Node.id)
    wishes = select(AdoptionWish.created_at).where(AdoptionWish.email == email)
    found = [(title, at) for title, at in session.execute(told.where(Contact.email == email))]
    return [*found, *(("", at) for at in session.scalars(wishes))]


def contact_with(session: Session, link: str) -> Contact | None:
    """Find a teller by the key in their link."""
    return session.scalar(select(Contact).where(Contact.link == link))


def is_known(session: Session, key: str) -> bool:
    """Tell whether the form with this key has been sent already."""
    queries = (
        select(AdoptionWish.key).where(AdoptionWish.key == key),
        select(Contact.key).where(Contact.key == key),
    )
    return any(session.scalar(query) is not None for query in queries)


def unanswered(session: Session, now: datetime, told: str) -> Sequence[Told]:
    """List who still waits for an answer, with their adoptions.

    So do those of public ones without a letter about it, whose key is `told` and their link: theirs
    was refused or thrown away before.
    """
    written = exists().where(Letter.key == literal(told) + Contact.link)
    waits = or_(Contact.decided_at.is_(None), and_(published_now(now), ~written))
    query = select(Node, Contact).join(Contact, Contact.node_id == Node.id).where(waits)
    return [Told(*row) for row in session.execute(query.order_by(Node.id))]


def adoption_of(session: Session, contact: Contact) -> Adoption | None:
    """Return the item that somebody has told of."""
    return session.get(Adoption, contact.node_id)
