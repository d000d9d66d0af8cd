"""The portal of the social economy of Wielkopolska: one Pyramid application.

`main` puts it together from PARTS, in this order; each part's `includeme` registers what
the part brings. docs/architecture.md shows the house, docs/request.md one walk through it.
"""

import gc
import linecache
from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator

from wielkopolskaes.equipment import prepare, settle

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

PARTS = (
    "wielkopolskaes.settings",
    "wielkopolskaes.logs",
    "wielkopolskaes.db",
    "wielkopolskaes.cache",
    "wielkopolskaes.security",
    "wielkopolskaes.audit",
    "wielkopolskaes.media",
    "wielkopolskaes.jobs",
    "wielkopolskaes.jobs.files",
    "wielkopolskaes.jobs.views",
    "wielkopolskaes.letters",
    "wielkopolskaes.retention",
    "wielkopolskaes.tree",
    "wielkopolskaes.content",
    "wielkopolskaes.records",
    "wielkopolskaes.records.versions",
    "wielkopolskaes.results",
    "wielkopolskaes.publications",
    "wielkopolskaes.adoptions",
    "wielkopolskaes.films",
    "wielkopolskaes.search",
    "wielkopolskaes.maps",
    "wielkopolskaes.filetext",
    "wielkopolskaes.alerts",
    "wielkopolskaes.search.report",
    "wielkopolskaes.downloads",
    "wielkopolskaes.opendata",
    "wielkopolskaes.site",
    "wielkopolskaes.accounts",
    "wielkopolskaes.forms",
    "wielkopolskaes.newsroom",
    "wielkopolskaes.importing",
    "wielkopolskaes.duplicates",
    "wielkopolskaes.operations",
)


def configure(**settings: Any) -> Configurator:
    """Include every part and resolve conflicts; scripts use the registry, `main` the rest."""
    config = Configurator(settings=settings)
    prepare(config)
    for part in PARTS:
        config.include(part)
    config.commit()
    settle(config)
    return config


def main(global_config: dict[str, str], **settings: Any) -> "WSGIApplication":
    """Make the WSGI application: the edge around the page cache around Pyramid."""
    # All that is made now stays as long as the process: looking for garbage among it, now or
    # later, would find none.
    gc.disable()
    try:
        app = _assemble(global_config, settings)
    finally:
        # The source of every module with views, which Pyramid quotes where two of them conflict.
        linecache.clearcache()
        gc.freeze()
        gc.enable()
    return app


def _assemble(global_config: dict[str, str], settings: dict[str, Any]) -> "WSGIApplication":
    from wielkopolskaes.cache.pages import DEFAULT_BYTES, PageCache
    from wielkopolskaes.db import limit_statements
    from wielkopolskaes.downloads import start_flusher as start_counting
    from wielkopolskaes.jobs import start_worker
    from wielkopolskaes.operations import start_metrics
    from wielkopolskaes.search import start_indexer
    from wielkopolskaes.search.report import start_flusher
    from wielkopolskaes.security.edge import Edge

    config = configure(**{"__file__": global_config.get("__file__", ""), **settings})
    registry = config.registry
    limit_statements(registry.engine)
    app = config.make_wsgi_app()
    metrics = start_metrics(registry)
    app = metrics.inside(app) if metrics else app
    pages = PageCache(app, registry.versions, DEFAULT_BYTES if registry.portal.page_cache else 0)
    if registry.engine.dialect.name == "postgresql":
        from wielkopolskaes.cache.listener import listen

        listen(registry)
    start_flusher(registry)
    start_counting(registry)
    if registry.portal.worker_in_process:
        start_worker(registry)
        start_indexer(registry)
    edge = Edge(pages, app, registry.portal)
    return metrics.outside(edge) if metrics else edge
