"""Jinja2 as the templates know it: filters, fingerprinted static files, the locale."""

import hashlib
from pathlib import Path

from pyramid.config import Configurator
from pyramid.static import static_view

from wielkopolskaes.content.richtext import typo
from wielkopolskaes.site.frame import language_of
from wielkopolskaes.site.words import date_words, filesize, iso
from wielkopolskaes.types import Request

YEAR = 365 * 24 * 3600


def locale_of(request: Request) -> str:
    """Negotiate the interface's language: the item's, never the browser's (caches are shared)."""
    return language_of(request)


def release_of(folder: Path) -> str:
    """Compute one short number for all static files together.

    One for all, because a stylesheet names fonts and pictures relative to itself: their
    addresses must agree with those that the pages preload.
    """
    total = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(file.relative_to(folder)).encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def includeme(config: Configurator) -> None:
    """Set up the environment and the static files."""
    portal = config.registry.portal
    config.include("pyramid_jinja2")
    config.add_settings({"jinja2.i18n.domain": "wielkopolskaes", "jinja2.trim_blocks": "true"})
    config.add_jinja2_search_path("wielkopolskaes:site/templates", name=".jinja2")
    config.add_route("static", "/static/{release}/*subpath")
    files = static_view(str(portal.static_dir), cache_max_age=YEAR, use_subpath=True)
    config.add_view(files, route_name="static", request_method="GET")
    config.add_translation_dirs(str(portal.locale_dir), "colander:locale")
    config.set_locale_negotiator(locale_of)
    config.action("templates", _equip, args=(config,), order=9998)


def _equip(config: Configurator) -> None:
    release = release_of(config.registry.portal.static_dir)
    environment = config.get_jinja2_environment()
    environment.filters |= {
        "typo": typo, "date_words": date_words, "filesize": filesize, "iso": iso,
    }  # fmt: skip
    environment.globals["static"] = f"/static/{release}/{{}}".format
