"""What the public could read of a record before it was changed, by the days on which it held.

A citation names a version: whoever follows it must find what was cited. `watching` puts the old
text down in the transaction that changes it, for all types alike; `views` shows it again, by the
type's own template. Only what readers could see is kept, and an administrator can take it away.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Watch the sessions; answer lists of versions, and the page that takes one away."""
    from wielkopolskaes.records import LETTERS
    from wielkopolskaes.records.versions.views import listed
    from wielkopolskaes.records.versions.watching import watch
    from wielkopolskaes.security.office import Office

    watch(config.registry.dbsession_factory, config.registry.content_types)
    for letter in LETTERS:
        code = "{code:[A-Z0-9][A-Z0-9-]*}"
        config.add_route(f"versions.{letter}", f"/{letter}/{code}/wersje")
        config.add_view(listed, route_name=f"versions.{letter}", request_method="GET")
    config.add_route("desk.version", "/redakcja/wersje/{id:[0-9]{1,9}}", factory=Office)
    config.scan("wielkopolskaes.records.versions.desk")
