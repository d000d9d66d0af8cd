"""What an image's page shows: the picture, and its neighbours when it is in a gallery."""

from typing import Any

from wielkopolskaes.content.gallery.views import images_of
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.pageparts import way_up
from wielkopolskaes.types import Request


def present(image: Image, request: Request) -> dict[str, Any]:
    """Add the picture itself and the way to the previous and the next one."""
    return {"image": image.card, "siblings": _siblings(image, request)}


def _siblings(image: Image, request: Request) -> dict[str, Any] | None:
    gallery = next(iter(way_up(image, request)[1:]), None)
    if gallery is None or gallery.kind != "gallery":
        return None
    paths = [card.path for card in images_of(gallery.id, request)]
    if image.path not in paths:
        return None
    index = paths.index(image.path)
    return {
        "index": index + 1,
        "total": len(paths),
        "prev": paths[index - 1] if index else None,
        "next": paths[index + 1] if index + 1 < len(paths) else None,
        "gallery_href": gallery.path,
        "gallery_title": gallery.title,
    }
