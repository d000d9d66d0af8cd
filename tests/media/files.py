"""Uploads made for the tests: honest ones, and the tricks that are known."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MIB = 1024 * 1024


def picture(size=(64, 48), mode="RGB", color=None):
    """A gradient with noise enough to be a photograph for any encoder."""
    if color is not None:
        return Image.new(mode, size, color)
    bands = [Image.effect_noise(size, 90) for _ in Image.new(mode, (1, 1)).getbands()]
    return Image.merge(mode, bands)


def saved(image, encoder, **options):
    buffer = BytesIO()
    image.save(buffer, encoder, **options)
    return buffer.getvalue()


def image_bytes(encoder="JPEG", size=(64, 48), **options):
    return saved(picture(size), encoder, **options)


def moving(encoder, **options):
    frames = [picture((32, 32), color=c) for c in ("red", "blue")]
    return saved(frames[0], encoder, save_all=True, append_images=frames[1:], **options)


def png_of_nothing(width, height):
    """A valid black PNG of any size in a few kilobytes."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    row = bytes(1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def png_with_text(text):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text.decode())
    info.add_itxt("XML:com.adobe.xmp", text.decode())
    return image_bytes("PNG", pnginfo=info)


def huge_webp():
    """A WebP that says 16384 x 16384 in its header and holds next to nothing."""
    size = (16384 - 1) | (16384 - 1) << 14
    body = b"\x2f" + size.to_bytes(4, "little") + bytes(16)
    return (
        b"RIFF"
        + struct.pack("<I", len(body) + 12)
        + b"WEBPVP8L"
        + struct.pack("<I", len(body))
        + body
    )


def zipped(entries, compress=zipfile.ZIP_DEFLATED):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return buffer.getvalue()


OFFICE = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}


def docx(**more):
    return zipped({**OFFICE, "word/document.xml": "<w:document/>", **more})


def xlsx(**more):
    return zipped({**OFFICE, "xl/workbook.xml": "<workbook/>", **more})


def pptx(**more):
    return zipped({**OFFICE, "ppt/presentation.xml": "<p:presentation/>", **more})


def declared(mimetype, compress=zipfile.ZIP_STORED, **more):
    """An OpenDocument file or an EPUB: the first entry says what it is."""
    return zipped({"mimetype": mimetype, "content.xml": "<x/>", **more}, compress)


def odt(**more):
    return declared("application/vnd.oasis.opendocument.text", **more)


def docx_of_200_megabytes():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**OFFICE, "word/document.xml": "<w:document/>"}.items():
            archive.writestr(name, body)
        with archive.open("word/media/image1.bmp", "w") as entry:
            for _ in range(200):
                entry.write(bytes(MIB))
    return buffer.getvalue()


def locked(data):
    """Set the bit that says "encrypted" on every entry of the central directory."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def pdf(body=b""):
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        + body
        + b"\nxref\n0 4\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n9\n%%EOF\n"
    )
