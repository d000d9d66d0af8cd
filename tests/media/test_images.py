import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tests.media import files
from wielkopolskaes.media import kinds
from wielkopolskaes.media.images import redraw
from wielkopolskaes.media.refusal import UnsafeFile

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def opened(content):
    return Image.open(BytesIO(content.data))


def photo_with_exif(orientation=1):
    image = files.picture((80, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Tajny Aparat"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (52.0, 24.0, 30.0)
    return files.saved(image, "JPEG", exif=exif)


def test_where_and_with_what_a_photo_was_taken_is_forgotten():
    data = photo_with_exif()
    assert Image.open(BytesIO(data)).getexif().get_ifd(GPS)

    kept = redraw(data, kinds.JPEG)

    assert not opened(kept).getexif()
    assert b"Tajny" not in kept.data
    assert b"Exif" not in kept.data


def test_a_photo_taken_sideways_stands_upright():
    image = files.picture((80, 40), color="white")
    image.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    data = files.saved(image, "JPEG", exif=exif)

    kept = opened(redraw(data, kinds.JPEG))

    assert kept.size == (40, 80)
    assert kept.getpixel((20, 10))[1] < 100  # the red half has come to the top
    assert kept.getpixel((20, 70))[1] > 200


def test_colours_of_another_profile_become_srgb():
    swapped = files.saved(
        files.picture(color=(10, 200, 30)),
        "JPEG",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes(),
    )

    kept = opened(redraw(swapped, kinds.JPEG))

    assert "icc_profile" not in kept.info
    assert kept.mode == "RGB"


def test_a_broken_profile_does_not_cost_the_picture():
    data = files.image_bytes("JPEG", icc_profile=b"not a profile" * 20)

    assert opened(redraw(data, kinds.JPEG)).size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_colour_mode_becomes_rgb(mode):
    source = Image.new("L", (40, 30), 200).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        source = Image.new("I;16", (40, 30), 200 * 256)
    encoder = "JPEG" if mode == "CMYK" else "PNG"

    kept = opened(redraw(files.saved(source, encoder), kinds.BY_MIME[f"image/{encoder.lower()}"]))

    assert kept.convert("RGB").getpixel((20, 15)) == pytest.approx((200, 200, 200), abs=60)


def test_a_large_photo_is_kept_at_2560_pixels():
    kept = redraw(files.image_bytes("JPEG", (4000, 1000)), kinds.JPEG)

    assert (kept.width, kept.height) == (2560, 640)
    assert kept.mime == "image/jpeg"


def test_a_drawing_of_few_colours_stays_exact():
    drawing = files.picture((300, 200), color="white")
    drawing.paste("navy", (50, 50, 200, 90))

    kept = redraw(files.saved(drawing, "PNG"), kinds.PNG)

    assert kept.mime == "image/png"
    assert opened(kept).convert("RGB").tobytes() == drawing.tobytes()


def test_transparency_stays_where_there_is_any():
    logo = files.picture((300, 200), "RGBA", (200, 0, 0, 255))
    logo.paste((0, 0, 0, 0), (0, 0, 100, 200))

    kept = redraw(files.saved(logo, "PNG"), kinds.PNG)

    assert opened(kept).convert("RGBA").getpixel((10, 10))[3] == 0


def test_a_photo_with_transparency_is_kept_as_webp():
    kept = redraw(files.saved(files.picture((300, 200), "RGBA"), "PNG"), kinds.PNG)

    assert kept.mime == "image/webp"
    assert opened(kept).mode == "RGBA"


def test_the_same_upload_gives_the_same_bytes():
    data = files.image_bytes("PNG", (300, 200))

    assert redraw(data, kinds.PNG) == redraw(data, kinds.PNG)


BOMB = """
import resource, sys
from tests.media import files
from wielkopolskaes.media import kinds
from wielkopolskaes.media.images import redraw
from wielkopolskaes.media.refusal import UnsafeFile

kind = kinds.BY_MIME[sys.argv[2]]
data = open(sys.argv[1], "rb").read()
redraw(files.image_bytes(kind.decoder), kind)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    redraw(data, kind)
except UnsafeFile as refused:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, refused)
"""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.png_of_nothing(9000, 9000), kinds.PNG),
        (files.huge_webp(), kinds.WEBP),
    ],
    ids=["png", "webp"],
)
def test_a_pixel_bomb_is_refused_before_it_takes_memory(tmp_path, data, kind):
    (tmp_path / "bomb").write_bytes(data)
    command = [sys.executable, "-c", BOMB, str(tmp_path / "bomb"), kind.mime]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    growth, _space, words = ran.stdout.partition(" ")
    assert len(data) < 20_000
    assert "more than 40 million pixels" in words
    assert int(growth) < 50 * 1024


@settings(max_examples=150)
@given(
    encoder=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]),
    at=st.integers(0, 2000),
    junk=st.binary(min_size=1, max_size=40),
)
def test_a_damaged_image_is_read_or_refused_and_nothing_else(encoder, at, junk):
    data = bytearray(files.image_bytes(encoder, (40, 30)))
    at %= len(data)
    data[at : at + len(junk)] = junk

    try:
        kept = redraw(bytes(data), kinds.BY_MIME[f"image/{encoder.lower()}"])
    except UnsafeFile:
        return
    assert opened(kept).size == (kept.width, kept.height)
