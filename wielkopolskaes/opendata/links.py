"""What the head of a page says of its data: the same as JSON, and the catalogue."""

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.opendata import CATALOGUES, ROOT
from wielkopolskaes.records.citing import address_of
from wielkopolskaes.records.record import Record
from wielkopolskaes.site.frame import Link
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

JSON = "application/json"


def links_of(
    node: Node, request: Request, content_type: ContentType, record: Record | None
) -> list[Link]:
    """Return what leads machines from an item's page to its data."""
    if record:
        suffix = f"?lang={node.lang}" if node.lang != "pl" else ""
        itself = f"{ROOT}/records/{content_type.kind}/{record.code}{suffix}"
        return [
            Link("alternate", itself, JSON, "JSON"),
            Link("alternate", address_of(record, ".bib"), "application/x-bibtex", "BibTeX"),
        ]
    base = request.registry.bases.get(node.card.get("listing"))
    if base is None or node.kind != "section":
        return []
    types = request.registry.content_types
    kinds = sorted(kind for kind in base.kinds if kind in types and types[kind].record)
    lists = [Link("alternate", f"{ROOT}/records/{kind}", JSON, f"JSON: {kind}") for kind in kinds]
    catalogue = [Link("describedby", path, media) for path, media in CATALOGUES.values()]
    return [*lists, *catalogue] if kinds else []
