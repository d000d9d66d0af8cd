"""What keeps an item from being published, in words for the person who wants to publish it.

Each type knows what it lacks: its model may have a method `lacks`.
"""

from pyramid.i18n import TranslationString

from wielkopolskaes.tree.models import Node


def problems(node: Node) -> list[TranslationString]:
    """List what must be settled before readers see the item; nothing when it is ready."""
    lacks = getattr(node, "lacks", None)
    return lacks() if lacks else []
