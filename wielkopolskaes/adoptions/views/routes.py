"""Addresses of one adoption at the desk."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add them below the item's own."""
    from wielkopolskaes.newsroom.resources import ITEM, item_of

    config.add_route("desk.adoption_refuse", f"{ITEM}/odmow", factory=item_of)
    config.add_route("desk.adoption_forget", f"{ITEM}/zapomnij-kontakt", factory=item_of)
