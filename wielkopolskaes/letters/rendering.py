"""Letters as words: templates outside of any request, in the language of the letter.

The portal's Jinja2 takes the language from the request of the thread. A letter has its own, so
`_` and its relatives are given to the template by hand and win over the environment's.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape
from pyramid.registry import Registry
from pyramid_jinja2 import IJinja2Environment

from wielkopolskaes.i18n import DOMAIN, localizer_of
from wielkopolskaes.site.words import NBSP, instant_words

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
_BLANK_LINES = re.compile(r"\n\s*\n")


class Words(NamedTuple):
    """What a letter says."""

    subject: str
    text: str
    html: str


def paragraphs(plain: str) -> Markup:
    """Set plain text as HTML: paragraphs, lines, addresses that can be followed."""
    return Markup("\n").join(_paragraph(part) for part in _BLANK_LINES.split(plain.strip()))


def _paragraph(plain: str) -> Markup:
    lines = Markup("<br>\n").join(_with_links(line.strip()) for line in plain.splitlines())
    return Markup("<p>{}</p>").format(lines)


def _with_links(plain: str) -> Markup:
    found, end = Markup(), 0
    for match in _ADDRESS.finditer(plain):
        found += escape(plain[end : match.start()])
        found += Markup('<a href="{0}">{0}</a>').format(match[0])
        end = match.end()
    return found + escape(plain[end:])


class Press:
    """Renders letters; every session of the portal carries it (`services.PRESS`)."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def domain(self) -> str:
        """The part of a Message-ID after the sign, that of the sender's address."""
        return self._registry.portal.mail_from.rpartition("@")[2].rstrip("> ").lower()

    def render(self, template: str, lang: str, values: Mapping[str, Any]) -> Words:
        """Render the three parts; a value that the template lacks is an error, not a gap."""
        said = {**self._speech(lang), **values, "lang": lang}
        said["base_url"] = self._registry.portal.base_url

        def plain(part: str) -> str:
            return self._plain.get_template(template).render(said, part=part).strip()

        # Polish words of one letter are bound to the next one; the head of a letter knows no such.
        subject = plain("subject").replace(NBSP, " ")
        body, signature = plain("text"), plain("signature")
        html = self._marked_up.get_template(template).render(
            said, part="html", subject_line=subject, body=body, closing=signature
        )
        return Words(subject, f"{body}\n\n-- \n{signature}\n", html.strip() + "\n")

    def _speech(self, lang: str) -> dict[str, Any]:
        localizer = localizer_of(self._registry, lang)

        def gettext(message: str, mapping: Mapping[str, Any] | None = None) -> str:
            return localizer.translate(message, domain=DOMAIN, mapping=mapping)

        def ngettext(singular: str, plural: str, n: int) -> str:
            return localizer.pluralize(singular, plural, n, domain=DOMAIN)

        def moment(instant: str | datetime) -> str:
            return in_words(instant, lang)

        return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "moment": moment}

    @cached_property
    def _plain(self) -> Environment:
        return self._environment(autoescape=False)

    @cached_property
    def _marked_up(self) -> Environment:
        return self._environment(autoescape=True)

    def _environment(self, *, autoescape: bool) -> Environment:
        portal = self._registry.getUtility(IJinja2Environment, name=".jinja2")
        own = portal.overlay(autoescape=autoescape, undefined=StrictUndefined)
        own.filters = {**portal.filters, "paragraphs": paragraphs}
        return own


def in_words(instant: str | datetime, lang: str) -> str:
    """Write an instant of the values, which are JSON: "22 listopada 2026, 14:30"."""
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return instant_words(moment, lang).replace(NBSP, " ")
