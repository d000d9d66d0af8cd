"""Links by node number: made when a text is saved, made into addresses when it is shown."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from wielkopolskaes.content.richtext.addresses import Addresses, Resolve
from wielkopolskaes.content.richtext.plain import content_of
from wielkopolskaes.content.richtext.runs import QUOTE

# Stored HTML has one shape: double quotes, href and src first, no ">" in attributes, no link in a
# link. That is what lets a page view do with two substitutions and no parser.
_LINK = re.compile(rf'<a href="node:([0-9]+)([?#][^"]*)?"([^<>]*)>{content_of("a")}</a>')
_IMAGE = re.compile(r'<img src="node:([0-9]+)" alt="([^"]*)">')
_LINK_ID = re.compile(r'<a href="node:([0-9]+)')
_FIGURE = re.compile(rf"<figure(?: [^<>]*)?>{content_of('figure')}</figure>")
_EMPTY_LINK = re.compile(r"<a [^<>]*></a>")


@dataclass(frozen=True, slots=True)
class Target:
    """What a node looks like from a text: its address, for an image also ready ``<picture>``."""

    href: str
    picture: str | None = None


def internalise(html: str, resolve: Resolve, hosts: Collection[str]) -> str:
    """Clean a text, with addresses of this portal as ``node:ID``, fragment and query kept.

    It does all that `clean` does and must get the text as it came: pictures that `clean` has not
    found by number are gone. ``resolve`` maps a decoded path to a node's id or to None and is asked
    once for each path; ``hosts`` are the portal's names without port.
    """
    from wielkopolskaes.content.richtext.pipeline import run

    return run(html, Addresses(cache(resolve), frozenset(host.lower() for host in hosts)))


def link_ids(html: str) -> list[int]:
    """Numbers of the nodes that a stored text links to, each once, in order."""
    return list(dict.fromkeys(map(int, _LINK_ID.findall(html))))


def image_ids(html: str) -> list[int]:
    """Numbers of the image nodes that a stored text shows, each once, in order."""
    return list(dict.fromkeys(int(number) for number, _ in _IMAGE.findall(html)))


def render_links(html: str, targets: Mapping[int, Target]) -> str:
    """Put in the addresses of today; what has no target is plain text, or no picture at all."""
    if "node:" not in html:
        return html

    def link(match: re.Match[str]) -> str:
        target = targets.get(int(match[1]))
        if target is None:
            return match[4]
        href = f"{escape(target.href)}{match[2] or ''}"
        return f'<a href="{href}"{match[3]}>{match[4]}</a>'

    def image(match: re.Match[str]) -> str:
        target = targets.get(int(match[1]))
        if target is None or target.picture is None:
            return ""
        return _with_alt(str(target.picture), match[2])

    html = _LINK.sub(link, html)
    if "<img " not in html:
        return html
    return _EMPTY_LINK.sub("", _FIGURE.sub(_without_empty, _IMAGE.sub(image, html)))


def _with_alt(picture: str, alt: str) -> str:
    """The description written in the text goes before the picture's own."""
    if not alt:
        return picture
    before, own, after = picture.partition(' alt="')
    return f'{before}{own}{alt}"{after.partition(QUOTE)[2]}' if own else picture


def _without_empty(figure: re.Match[str]) -> str:
    return figure[0] if "<img" in figure[1] else ""
