"""Make the fonts of cards from those that browsers get: a plain file for each weight.

It needs two packages that nothing else here does: pip install fonttools brotli
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "static" / "fonts"
TARGETS = ROOT / "wielkopolskaes" / "records" / "cards" / "fonts"
FAMILIES = {
    "atkinson-hyperlegible-next": "Atkinson Hyperlegible Next",
    "brygada-1918": "Brygada 1918",
}
WEIGHTS = {"Regular": 400, "Bold": 700}
BOLD, REGULAR = 0x20, 0x40


def main() -> None:
    for stem, family in FAMILIES.items():
        for style, weight in WEIGHTS.items():
            font = joined(stem, weight)
            name(font, family, style, weight)
            font.save(TARGETS / f"{stem}-{style.lower()}.ttf")


def joined(stem: str, weight: int) -> Any:
    """Join the two subsets of a family at one weight."""
    with TemporaryDirectory() as folder:
        parts = []
        for subset in ("latin", "latin-ext"):
            font = TTFont(SOURCES / f"{stem}-{subset}-wght-normal.woff2")
            font = instantiateVariableFont(font, {"wght": weight})
            font.flavor = None
            parts.append(f"{folder}/{subset}.ttf")
            font.save(parts[-1])
        return Merger().merge(parts)


def name(font: Any, family: str, style: str, weight: int) -> None:
    """Name it so that the two weights are one family."""
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    for number, value in names.items():
        font["name"].setName(value, number, 3, 1, 0x409)
    is_bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["head"].macStyle = int(is_bold)
    kept = font["OS/2"].fsSelection & ~(BOLD | REGULAR | 1)
    font["OS/2"].fsSelection = kept | (BOLD if is_bold else REGULAR)


if __name__ == "__main__":
    main()
