"""What keeps an item from being published, in words for the person who wants to publish it.

Each type knows what it lacks: its model may have a method `lacks`.
"""

from pyramid.i18n import TranslationString

from wielkopolskaes.tree.models import Node


def problems(node: Node) -> list[TranslationString]:
    """List what must be settled before readers see the item; nothing when it is ready."""
    lacks = getattr(node, "lacks", None)
    return lacks() if lacks else []


def barriers(node: Node) -> list[TranslationString]:
    """List what no change may take from an item that readers see: that all of them can follow it.

    A type knows it by its method `lacks_access`.
    """
    lacks = getattr(node, "lacks_access", None)
    return lacks() if lacks else []
