"""The sizes and formats in which a picture is served: a closed list.

An address names a rendition (`w640.avif`, or `c640x480-50x30.webp` cut around the focal
point, given in percent). Visitors cannot ask for any other: see `declared`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

WIDTHS = (320, 640, 960, 1280, 1920)
# Cards and gallery tiles; the lead picture of a page.
CROPS = {"4x3": (320, 480, 640, 960), "16x9": (640, 960, 1280)}
CENTRE = (50, 50)
# A size of its own is worth making only when the next smaller one is clearly smaller.
CLEARLY = 0.85

Focal = tuple[int, int]

_NAME = re.compile(
    r"(?:w(?P<w>[1-9]\d{0,3})|c(?P<cw>[1-9]\d{0,3})x(?P<ch>[1-9]\d{0,3})-(?P<x>\d{1,3})x(?P<y>\d{1,3}))"
    r"\.(?P<ending>avif|webp|jpg|png)",
    re.ASCII,
)


class Format(NamedTuple):
    """How one format is written: its media type, Pillow's encoder, and the options to try.

    The smallest result is kept. Speed 7 of AVIF takes half the time of Pillow's own default
    for 3 % more bytes.
    """

    mime: str
    encoder: str
    photograph: tuple[dict[str, Any], ...]
    drawing: tuple[dict[str, Any], ...]


# Thin coloured lines of a drawing blur when colour is kept at half the resolution (not 4:4:4),
# and flat areas are sometimes smaller without any loss.
FORMATS = {
    "avif": Format(
        "image/avif",
        "AVIF",
        ({"quality": 60, "speed": 7},),
        ({"quality": 70, "speed": 7, "subsampling": "4:4:4"},),
    ),
    "webp": Format(
        "image/webp",
        "WEBP",
        ({"quality": 78},),
        ({"quality": 85}, {"lossless": True, "quality": 40}),
    ),
    "jpg": Format("image/jpeg", "JPEG", ({"quality": 80, "progressive": True},), ()),
    "png": Format("image/png", "PNG", ({},), ({},)),
}
# By the kept picture: a photograph, a photograph with transparency, a drawing. Best first;
# the last one is what every browser shows.
ENDINGS = {
    "image/jpeg": ("avif", "webp", "jpg"),
    "image/webp": ("avif", "webp", "png"),
    "image/png": ("avif", "webp", "png"),
}


@dataclass(frozen=True)
class Spec:
    """One size: the whole picture at a width, or a cut of fixed sides around a focal point."""

    width: int
    height: int
    focal: Focal | None = None

    def __str__(self) -> str:
        if self.focal is None:
            return f"w{self.width}"
        return f"c{self.width}x{self.height}-{self.focal[0]}x{self.focal[1]}"


def whole(width: int, height: int) -> list[Spec]:
    """List the widths at which a picture is served, smallest first; never larger than it is."""
    return [Spec(w, max(1, round(w * height / width))) for w in _not_above(width, WIDTHS)]


def cuts(width: int, height: int, ratio: str, focal: Focal) -> list[Spec]:
    """List the cuts of one ratio (a key of CROPS), smallest first."""
    across, down = map(int, ratio.split("x"))
    widest = max(1, min(width, height * across // down))
    return [
        Spec(w, max(1, round(w * down / across)), focal) for w in _not_above(widest, CROPS[ratio])
    ]


def _not_above(limit: int, sizes: tuple[int, ...]) -> list[int]:
    fitting = [size for size in sizes if size <= limit]
    if limit < sizes[-1] and (not fitting or fitting[-1] < CLEARLY * limit):
        fitting.append(limit)
    return fitting


def declared(width: int, height: int, focal: Focal) -> Iterator[Spec]:
    """Yield every size in which a picture with this focal point is served."""
    yield from whole(width, height)
    for ratio in CROPS:
        yield from cuts(width, height, ratio, focal)


def is_declared(name: str, mime: str, width: int, height: int, focals: set[Focal]) -> bool:
    """Tell whether the last part of an address names one of the picture's own renditions."""
    match = _NAME.fullmatch(name)
    if match is None or match["ending"] not in ENDINGS[mime]:
        return False
    spec = name.rpartition(".")[0]
    return any(spec == str(each) for focal in focals for each in declared(width, height, focal))


def parse(name: str) -> Spec:
    match = _NAME.fullmatch(name)
    assert match is not None
    if match["w"]:
        return Spec(int(match["w"]), 0)
    return Spec(int(match["cw"]), int(match["ch"]), (int(match["x"]), int(match["y"])))


def stored_name(sha256: str, name: str) -> str:
    """Name a rendition in the store."""
    return f"{sha256}/{name}"
