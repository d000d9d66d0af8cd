"""The public site: the frame around every page, its metadata, feeds, site map and errors."""

from datetime import UTC, datetime
from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.types import Request

PARTS = (
    ".static_files", ".templating", ".look", ".sitemap",
    ".errors", ".lost", ".health", ".wellknown",
)  # fmt: skip


def includeme(config: Configurator) -> None:
    """Put the site together; the style guide only where the portal is built."""
    for part in PARTS:
        config.include(f"wielkopolskaes.site{part}")
    config.scan("wielkopolskaes.site.feeds")
    config.add_request_method(_now, "now", reify=True)
    if not config.registry.portal.production:
        config.include("wielkopolskaes.site.styleguide")


def _now(request: Request) -> Any:
    """One moment for the whole request: lists, links and the clock of the page agree."""
    return datetime.now(UTC)
