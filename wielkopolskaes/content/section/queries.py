"""Which section an item lies in."""

from sqlalchemy import select

from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import prefixes
from wielkopolskaes.types import Request


def nearest(node: Node, listing: str, request: Request) -> str:
    """Return the path of the nearest section above that lists in this way; "" without one."""

    def load() -> frozenset[str]:
        query = select(Section.path).where(Section.listing == listing)
        return frozenset(request.dbsession.scalars(query))

    *above, _own = prefixes(node.path.strip("/").split("/"))
    # The page uses all that stands above it anyway.
    known = request.memo(("sections", listing), ("kind:section",), load, used=lambda _: ())
    return max(known.intersection(above), key=len, default="")
