"""Records by their permanent addresses."""

from sqlalchemy import case, select

from wielkopolskaes.content.audience import Audience
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


def type_by_letter(request: Request, letter: str) -> ContentType | None:
    """Return the type whose permanent addresses begin with a letter."""
    types: list[ContentType] = list(request.registry.content_types.values())
    return next((each for each in types if each.record and each.letter == letter), None)


def find(request: Request, letter: str, code: str, audience: Audience) -> str | None:
    """Return where a record stands now; the version in the portal's first language comes first."""
    content_type = type_by_letter(request, letter)
    if content_type is None:
        return None
    own = content_type.model.__table__.c
    query = (
        select(Node.path)
        .where(Node.id.in_(select(own.id).where(own.code == code)), audience.seen())
        .order_by(case((Node.lang == request.GET.get("lang", "pl"), 0), else_=1), Node.id)
        .limit(1)
    )
    return request.dbsession.scalar(query)
