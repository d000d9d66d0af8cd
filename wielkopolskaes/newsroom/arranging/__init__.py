"""Walking the tree, the states of items, moving, order, trash, and what waits on one's desk."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages; each step of the workflow has an address and a permission of its own."""
    from wielkopolskaes.newsroom.arranging.views import states
    from wielkopolskaes.newsroom.resources import ITEM, item_of
    from wielkopolskaes.security.office import Office

    config.add_route("desk.board", "/redakcja", factory=Office)
    config.add_route("desk.tree", "/redakcja/tresci", factory=Office)
    config.add_route("desk.trash", "/redakcja/kosz", factory=Office)
    config.add_route("desk.children", f"{ITEM}/dzieci", factory=item_of)
    config.add_route("desk.move", f"{ITEM}/przenies", factory=item_of)
    config.add_route("desk.rename", f"{ITEM}/adres", factory=item_of)
    config.add_route("desk.order", f"{ITEM}/kolejnosc", factory=item_of)
    config.add_route("desk.restrict", f"{ITEM}/dostep", factory=item_of)
    config.add_route("desk.throw_away", f"{ITEM}/usun", factory=item_of)
    config.add_route("desk.restore", f"{ITEM}/przywroc", factory=item_of)
    states.add_steps(config)
    config.scan("wielkopolskaes.newsroom.arranging.views")
