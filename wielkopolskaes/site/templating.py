"""Jinja2 as the templates know it: filters, fingerprinted static files, the locale."""

from collections.abc import Callable, Hashable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pyramid.config import Configurator

from wielkopolskaes.content.richtext import english, polish, typo
from wielkopolskaes.site.footer import FRAME_TAGS
from wielkopolskaes.site.frame import Frame, language_of
from wielkopolskaes.site.shared import service_bar
from wielkopolskaes.site.static_files import release_of
from wielkopolskaes.site.words import date_words, filesize, instant_words, iso
from wielkopolskaes.types import Request


def locale_of(request: Request) -> str:
    """Negotiate the interface's language: the item's, never the browser's (caches are shared)."""
    return language_of(request)


@pass_context
def fragment(context: Context, template: str, *key: Hashable) -> Markup:
    """Render a part of the frame that is the same on many pages, once for each `key`.

    It may show what menus and footers show, and nothing of the page but what `key` names.
    """
    request = context["request"]

    def render() -> Markup:
        # The template escapes what it is given.
        return Markup(context.environment.get_template(template).render(context))  # noqa: S704

    return request.memo(("fragment", template, *key), FRAME_TAGS, render)


@pass_context
def bar(context: Context, page: Frame) -> Markup:
    """Make the bar above a page that is one reader's own."""
    return service_bar(page, context["request"])


@pass_context
def typo_in(context: Context, plain: str, lang: str = "") -> Markup:
    """Set a line of plain text, or of words that are marked, in the page's or another language."""
    page = context.get("page")
    lang = lang or (page.lang if page else "pl")
    if isinstance(plain, Markup):
        # Only characters between the tags change.
        return Markup(polish(plain) if lang.startswith("pl") else english(plain))  # noqa: S704
    return typo(plain, lang)


class PlainTemplate(Template):
    """A template with a copy of the globals, which are complete when the first one is loaded.

    Jinja's own map of maps is asked for all its keys at every import, include and page.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 -- as Jinja calls it
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        return super().from_code(environment, code, dict(globals), uptodate)


def includeme(config: Configurator) -> None:
    """Set up the environment."""
    portal = config.registry.portal
    config.include("pyramid_jinja2")
    config.add_settings(
        {
            "jinja2.i18n.domain": "wielkopolskaes",
            "jinja2.trim_blocks": "true",
            # A macro counts once for each template that leads to it: the usual 400 run out, and
            # then every page compiles its templates anew.
            "jinja2.cache_size": "-1",
        }
    )
    config.add_jinja2_search_path("wielkopolskaes:site/templates", name=".jinja2")
    config.add_translation_dirs(str(portal.locale_dir), "colander:locale")
    config.set_locale_negotiator(locale_of)
    config.action("templates", _equip, args=(config,), order=9998)


def _equip(config: Configurator) -> None:
    release = release_of(config.registry.portal.static_dir)
    environment = config.get_jinja2_environment()
    environment.template_class = PlainTemplate
    environment.filters |= {
        "typo": typo_in, "date_words": date_words, "filesize": filesize, "iso": iso,
        "instant_words": instant_words,
    }  # fmt: skip
    environment.globals |= {"static": f"/static/{release}/{{}}".format, "fragment": fragment,
                            "service_bar": bar}  # fmt: skip
