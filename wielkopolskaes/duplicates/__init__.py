"""Two records of one thing: found when somebody saves, in an import, and among all there are.

Nothing is ever refused for it but a code that is taken. `likeness` holds the rule, `queries` asks
the database, docs/importing.md explains both.
"""

from pyramid.config import Configurator

DESK = "/redakcja/powtorzenia"


def includeme(config: Configurator) -> None:
    """Add the page of suspected pairs."""
    from wielkopolskaes.duplicates import models  # noqa: F401  the table must be known
    from wielkopolskaes.security.office import Office

    config.add_route("desk.duplicates", DESK, factory=Office)
    config.scan("wielkopolskaes.duplicates.views")
