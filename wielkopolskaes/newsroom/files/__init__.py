"""Files at the desk: uploading several at once, deciding about each, finding them again."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages of files, and the address that cleans a pasted text."""
    from wielkopolskaes.newsroom.editing.expired import item_or_expired
    from wielkopolskaes.newsroom.resources import ITEM, item_of
    from wielkopolskaes.security.office import Office

    config.add_route("desk.files", "/redakcja/pliki", factory=Office)
    config.add_route("desk.files.accessibility", "/redakcja/pliki/dostepnosc", factory=Office)
    config.add_route("desk.upload", f"{ITEM}/pliki", factory=item_of)
    config.add_route("desk.describe", f"{ITEM}/opis", factory=item_or_expired)
    config.add_route("desk.replace", f"{ITEM}/plik", factory=item_of)
    config.add_route("desk.clean", "/redakcja/tekst/sprawdz", factory=Office)
    config.scan("wielkopolskaes.newsroom.files.views")
