"""An uploaded image is never kept: what is kept is a picture drawn anew from its pixels.

So no EXIF, GPS, XMP, thumbnail, comment, colour profile or appended program survives, and
whatever a browser receives was written by our own encoder.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageOps

from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import JPEG, MAX_PIXELS, Content, Kind
from wielkopolskaes.media.refusal import UnsafeFile

LONG_SIDE = 2560
# Pillow warns above this number and raises above twice as many; we refuse by it ourselves.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_TOO_MANY_PIXELS = _(
    "The image has more than ${limit} million pixels. "
    "Make it smaller, 2560 pixels wide is enough, and send it again.",
    mapping={"limit": MAX_PIXELS // 1_000_000},
)
_MOVES = _(
    "This image moves. Readers could not stop it, so the portal takes still images only: "
    "send one frame, or a film with a player."
)
_UNREADABLE = _("The image is damaged and cannot be read. Save it again as JPEG or PNG.")


def redraw(data: bytes, kind: Kind) -> Content:
    """Turn an upload into the picture to keep: upright, sRGB, 2560 pixels at the most.

    `UnsafeFile` when it is too large (told from the header, before anything is decoded),
    moves, or cannot be read.
    """
    with _decoding():
        image = Image.open(BytesIO(data), formats=[kind.decoder])
        _check_header(image, kind)
        picture = _pixels_only(_upright_srgb(_shrunk(image)))
    return _encode(picture, was_lossy=kind is JPEG)


@contextmanager
def _decoding() -> Iterator[None]:
    try:
        yield
    except UnsafeFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnsafeFile(_TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders answer hostile bytes with any exception there is
        raise UnsafeFile(_UNREADABLE) from error


def _check_header(image: Image.Image, kind: Kind) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise UnsafeFile(_TOO_MANY_PIXELS)
    # Telephones put a second picture (depth, brightness) behind a JPEG: only the first is read.
    if kind is not JPEG and getattr(image, "is_animated", False):
        raise UnsafeFile(_MOVES)


def _shrunk(image: Image.Image) -> Image.Image:
    """Decode; a JPEG is decoded at a half, a quarter or an eighth where that is enough."""
    if image.mode in {"P", "1"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode.startswith("I"):
        # 16 bits a pixel: Pillow would cut the values off instead of scaling them.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return image


def _upright_srgb(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            return _to_srgb(image, profile, mode)
        except (ImageCms.PyCMSError, OSError):
            # A broken profile, or one of another colour model: show the colours as they are.
            return image.convert(mode)
    return image.convert(mode)


def _to_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    target = ImageCms.createProfile("sRGB")
    changed = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    assert changed is not None  # None is returned only when working in place
    return changed


def _pixels_only(image: Image.Image) -> Image.Image:
    """Drop all that is not a pixel; an alpha channel that hides nothing goes too."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    # Some encoders copy what they find here (comment, profile) into the new file.
    image.info = {}
    return image


def _encode(image: Image.Image, *, was_lossy: bool) -> Content:
    """Write a photograph lossy; a drawing or a screenshot as PNG where that is smaller."""
    if image.mode == "RGBA":
        data, mime = written(image, "WEBP", quality=90), "image/webp"
    else:
        data, mime = written(image, "JPEG", quality=90, progressive=True), "image/jpeg"
    if not was_lossy:
        lossless = written(_with_palette(image), "PNG", optimize=True)
        if len(lossless) <= len(data):
            data, mime = lossless, "image/png"
    return Content(data, mime, image.width, image.height)


def _with_palette(image: Image.Image) -> Image.Image:
    """Give a drawing of few colours a palette, if not one pixel changes by it."""
    if image.mode != "RGB" or image.getcolors(256) is None:
        return image
    indexed = image.quantize(256, dither=Image.Dither.NONE)
    unchanged = ImageChops.difference(indexed.convert("RGB"), image).getbbox() is None
    return indexed if unchanged else image


def written(image: Image.Image, encoder: str, **options: Any) -> bytes:
    """Encode into bytes."""
    buffer = BytesIO()
    image.save(buffer, encoder, **options)
    return buffer.getvalue()
