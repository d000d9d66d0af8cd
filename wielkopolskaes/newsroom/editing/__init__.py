"""Adding and changing items: forms from the types' schemas, nothing lost, nothing made twice."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages."""
    from wielkopolskaes.newsroom import models  # noqa: F401  the table must be known
    from wielkopolskaes.newsroom.editing.expired import item_or_expired
    from wielkopolskaes.newsroom.resources import ITEM, item_of
    from wielkopolskaes.security.office import Office

    config.add_route("desk.edit", f"{ITEM}/edycja", factory=item_or_expired)
    config.add_route("desk.add", f"{ITEM}/nowy", factory=item_of)
    config.add_route("desk.add_kind", f"{ITEM}/nowy/{{kind:[a-z_]+}}", factory=item_or_expired)
    config.add_route("desk.owner", f"{ITEM}/opiekun", factory=item_of)
    config.add_route("desk.resume", "/redakcja/dalej", factory=Office)
    for module in ("views", "resuming", "owners"):
        config.scan(f"wielkopolskaes.newsroom.editing.{module}")
