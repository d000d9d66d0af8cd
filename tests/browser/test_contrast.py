"""Contrast of every pair of colours that the stylesheet puts together, in its three sets."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static" / "css" / "site.css").read_text()
GROUNDS = ("paper", "surface", "sunken")
TINTS = ("success", "warning", "danger")
INK = 7.0
TEXT = 4.5
EDGE = 3.0
ON_RYE = "#1c1b19"

PAIRS = [
    *(("ink", ground, INK) for ground in (*GROUNDS, "brand-tint", "mark")),
    ("cloth-ink", "cloth", INK),
    *((text, on, TEXT) for text in ("ink-soft", "brand", "accent", "danger") for on in GROUNDS),
    ("brand", "brand-tint", TEXT),
    ("brand-strong", "brand-tint", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("cloth-soft", "cloth", TEXT),
    (ON_RYE, "rye", TEXT),
    *((tone, f"{tone}-tint", TEXT) for tone in TINTS),
    *(("ink", f"{tone}-tint", INK) for tone in TINTS),
    *((edge, ground, EDGE) for edge in ("edge", "focus", "brand") for ground in GROUNDS),
    ("cloth-focus", "cloth", EDGE),
    ("cloth-soft", "cloth", EDGE),
    ("rye", "cloth", EDGE),
]  # fmt: skip


def block(selector):
    found = re.search(rf"^ *{re.escape(selector)} \{{(.*?)\}}", CSS, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", found.group(1)))


LIGHT = block(":root")
SETS = {
    "light": LIGHT,
    "dark": LIGHT | block(':root:not([data-contrast="high"])'),
    "contrast": LIGHT | block('[data-contrast="high"]'),
}


def luminance(colour):
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", SETS)
def test_every_pair_is_far_enough_apart(name):
    colours = SETS[name]
    ratios = {
        (front, ground): (contrast(colours.get(front, front), colours[ground]), wanted)
        for front, ground, wanted in PAIRS
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio[0] < ratio[1]} == {}


@pytest.mark.parametrize("name", SETS)
def test_words_on_a_map_stand_out_from_every_shade(name):
    colours = SETS[name]
    strengths = [float(number) for number in re.findall(r"\.shade-\d \{ --strength: (\.\d+)", CSS)]
    assert strengths == sorted(strengths)
    assert len(strengths) == 4
    ratios = [
        contrast(colours["ink"], mixed(colours["brand"], colours["paper"], strength))
        for strength in strengths
    ]
    assert min(ratios) >= TEXT, ratios


def mixed(front, ground, strength):
    """Return what a colour over another looks like at a strength."""
    one, other = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in map(long, (front, ground)))
    mix = [round(a * strength + b * (1 - strength)) for a, b in zip(one, other, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mix)


def long(colour):
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def test_the_three_sets_differ():
    assert len({tuple(sorted(colours.items())) for colours in SETS.values()}) == 3
