"""Which section an item lies in."""

from sqlalchemy import func, select

from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import prefixes
from wielkopolskaes.types import Request


def nearest(node: Node, listing: str, request: Request) -> str:
    """Return the path of the nearest section above that lists in this way; "" without one."""
    *above, _own = prefixes(node.path.strip("/").split("/"))
    query = (
        select(Section.path)
        .where(Section.path.in_(above), Section.listing == listing)
        .order_by(func.length(Section.path).desc())
    )
    return request.dbsession.scalar(query.limit(1)) or ""
