"""What a template needs to show a picture: addresses of its renditions, by format and size.

A picture is known by its card, as image nodes keep it: `sha`, `mime`, `w`, `h`, `alt`,
`decorative`, `focal` (percent, [x, y]).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from wielkopolskaes.media.sizes import ENDINGS, FORMATS, Focal, Spec, cuts, whole

# What browsers load that know neither `srcset` nor the better formats, and other sites' previews.
FALLBACK_WIDTH = 1280
# A picture in running text: the measure of the text column.
TEXT_COLUMN = "(width < 48em) 100vw, 44rem"
# Of a card, what the element shows, beside the focal point.
_FACTS = ("sha", "mime", "w", "h", "alt", "decorative")


@dataclass(frozen=True, slots=True)
class Source:
    """One format, for a `<source>` element."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class PictureSources:
    """A `<picture>`: better formats first, then what goes on the `<img>` itself."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str


def picture(card: Mapping[str, Any], sizes: str, crop: str | None = None) -> PictureSources:
    """Describe a picture, whole or cut (`crop` is a key of `sizes.CROPS`: 4x3, 16x9).

    `sizes` says how wide the picture is shown, in the words of the HTML attribute.
    """
    specs = _specs(card, crop)
    *better, last = ENDINGS[card["mime"]]
    shown = _fallback(specs)
    return PictureSources(
        sources=tuple(
            Source(FORMATS[ending].mime, _srcset(card["sha"], specs, ending)) for ending in better
        ),
        src=_address(card["sha"], shown, last),
        srcset=_srcset(card["sha"], specs, last),
        sizes=sizes,
        width=shown.width,
        height=shown.height,
        alt="" if card.get("decorative") else card.get("alt", ""),
    )


def image_url(card: Mapping[str, Any], crop: str | None = None) -> str:
    """Return the address of one rendition that everything can show (OpenGraph, feeds)."""
    return _address(card["sha"], _fallback(_specs(card, crop)), ENDINGS[card["mime"]][-1])


def document_url(card: Mapping[str, Any]) -> str:
    """Return the address of a document, from the card of its node (`sha`, `filename`)."""
    return f"/pliki/{card['sha']}/{quote(card['filename'])}"


def picture_html(
    card: Mapping[str, Any],
    sizes: str = TEXT_COLUMN,
    crop: str | None = None,
    eager: bool = False,
    class_: str | None = None,
) -> Markup:
    """Write the `<picture>` element; loaded when it comes near the window, unless `eager`."""
    facts = tuple((name, card.get(name)) for name in _FACTS)
    return _written(facts, focal_of(card), sizes, crop, eager, class_)


# A hundred addresses in one element: the same few pictures stand on most pages.
@lru_cache(maxsize=1024)
def _written(
    facts: tuple[tuple[str, Any], ...],
    focal: Focal,
    sizes: str,
    crop: str | None,
    eager: bool,
    class_: str | None,
) -> Markup:
    shown = picture({**dict(facts), "focal": focal}, sizes, crop)
    attributes = {
        "src": shown.src,
        "srcset": shown.srcset,
        "sizes": shown.sizes,
        "width": shown.width,
        "height": shown.height,
        "alt": shown.alt,
        "class": class_,
        "loading": None if eager else "lazy",
        "fetchpriority": "high" if eager else None,
        "decoding": "async",
    }
    sources = Markup("").join(
        Markup('<source type="{}" srcset="{}" sizes="{}">').format(s.type, s.srcset, shown.sizes)
        for s in shown.sources
    )
    return Markup("<picture>{}<img{}></picture>").format(sources, _attributes(attributes))


def _attributes(values: Mapping[str, Any]) -> Markup:
    return Markup("").join(
        Markup(' {}="{}"').format(Markup(name), escape(value))  # noqa: S704 - our own names
        for name, value in values.items()
        if value is not None
    )


def _specs(card: Mapping[str, Any], crop: str | None) -> list[Spec]:
    width, height = card["w"], card["h"]
    return cuts(width, height, crop, focal_of(card)) if crop else whole(width, height)


def focal_of(card: Mapping[str, Any]) -> Focal:
    """Read the focal point; a card without one (not a picture's) has its middle."""
    x, y = card.get("focal", (50, 50))
    return x, y


def _fallback(specs: list[Spec]) -> Spec:
    return next((s for s in reversed(specs) if s.width <= FALLBACK_WIDTH), specs[0])


def _address(sha: str, spec: Spec, ending: str) -> str:
    return f"/obrazy/{sha}/{spec}.{ending}"


def _srcset(sha: str, specs: Iterable[Spec], ending: str) -> str:
    return ", ".join(f"{_address(sha, spec, ending)} {spec.width}w" for spec in specs)
