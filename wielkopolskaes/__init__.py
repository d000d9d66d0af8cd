"""The portal of the social economy of Wielkopolska: one Pyramid application.

`main` puts it together from PARTS, in this order; each part's `includeme` registers what
the part brings. docs/architecture.md shows the house, docs/request.md one walk through it.
"""

from typing import Any

from pyramid.config import Configurator

PARTS = (
    "wielkopolskaes.settings",
    "wielkopolskaes.logs",
    "wielkopolskaes.db",
    "wielkopolskaes.cache",
    "wielkopolskaes.security",
    "wielkopolskaes.media",
    "wielkopolskaes.jobs",
    "wielkopolskaes.tree",
    "wielkopolskaes.content",
    "wielkopolskaes.search",
    "wielkopolskaes.site",
)


def configure(**settings: Any) -> Configurator:
    """Include every part and resolve conflicts; scripts use the registry, `main` the rest."""
    config = Configurator(settings=settings)
    for part in PARTS:
        config.include(part)
    config.commit()
    return config
