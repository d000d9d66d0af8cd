"""Every trick of the corpus is refused or comes out harmless."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media import files
from tests.media.files import SCRIPT, SVG
from wielkopolskaes.media import kinds
from wielkopolskaes.media.images import redraw
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.sniff import recognise

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
MOV = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  " + bytes(64)
MKV = b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska\x42\x87\x81\x04" + bytes(64)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + bytes(64)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04" + bytes(64)
EXE = b"MZ\x90\x00" + bytes(300)
JPEG = files.image_bytes("JPEG")
PNG = files.image_bytes("PNG")
GIF = files.image_bytes("GIF")
ZIP = files.zipped({"run.html": SCRIPT})

REFUSED = {
    "GIF header, then a script": ("a.gif", b"GIF89a/*" + bytes(4) + b"*/=1;" + SCRIPT),
    "GIF header, then PHP": ("a.gif", b"GIF89a;<?php system($_GET['c']); ?>"),
    "HTML called JPEG": ("a.jpg", b"<!doctype html>" + SCRIPT),
    "HTML called PNG": ("a.png", b"<html>" + SCRIPT),
    "HTML under its own name": ("a.html", b"<html>" + SCRIPT),
    "JavaScript under its own name": ("a.js", b"alert(1)"),
    "SVG": ("logo.svg", SVG),
    "SVG called PNG": ("logo.png", SVG),
    "SVG called text": ("logo.txt", b'\xef\xbb\xbf<?xml version="1.0"?><!-- x -->' + SVG),
    "SVG with a prefix": ("logo.txt", b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'),
    "SVG in UTF-16": ("logo.svg", SVG.decode().encode("utf-16")),
    "SVG packed": ("logo.svgz", gzip.compress(SVG)),
    "program called JPEG": ("a.jpg", EXE),
    "program called text": ("a.txt", EXE),
    "program called CSV": ("a.csv", b"\x7fELF\x02\x01\x01\x00" + bytes(60)),
    "JPEG called PNG": ("a.png", JPEG),
    "PNG called PDF": ("a.pdf", PNG),
    "JPEG called HTML": ("a.jpg.html", JPEG),
    "JPEG with no ending": ("photo", JPEG),
    "name that reads backwards": ("fotka\u202egpj.exe", JPEG),
    "PDF called DOCX": ("a.docx", files.pdf()),
    "PDF header before HTML": ("a.pdf", b"%PDF-1.4\n<html>" + SCRIPT),
    "HTML before PDF": ("a.pdf", b"<html>" + SCRIPT + files.pdf()),
    "DOCX with macros": ("a.docx", files.docx(**{"word/vbaProject.bin": b"x"})),
    "XLSX with old macros": ("a.xlsx", files.xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"})),
    "DOCX with ActiveX": ("a.docx", files.docx(**{"word/activeX/activeX1.xml": "<x/>"})),
    "ODT with macros": ("a.odt", files.odt(**{"Basic/Standard/Module1.xml": "<x/>"})),
    "DOCX with a program": ("a.docx", files.docx(**{"word/media/run.exe": EXE})),
    "DOCX with a spreadsheet": ("a.docx", files.docx(**{"word/embeddings/a.xlsx": "x"})),
    "DOCX with an object": ("a.docx", files.docx(**{"word/embeddings/oleObject1.bin": "x"})),
    "DOCX with an archive": ("a.docx", files.docx(**{"word/media/a.zip": ZIP})),
    "archive called DOCX": ("a.docx", ZIP),
    "archive": ("a.zip", ZIP),
    "DOCX and XLSX at once": ("a.docx", files.docx(**{"xl/workbook.xml": "<x/>"})),
    "Java program": ("a.odt", files.zipped({"META-INF/MANIFEST.MF": "x", "A.class": "x"})),
    "names that lead outside": ("a.docx", files.docx(**{"../../etc/passwd": "x"})),
    "names from the root": ("a.docx", files.docx(**{"/etc/passwd": "x"})),
    "names of another system": ("a.docx", files.docx(**{"C:\\boot.ini": "x"})),
    "2,001 entries": ("a.docx", files.docx(**{f"word/{n}.xml": "" for n in range(2001)})),
    "hundredfold compression": ("a.xlsx", files.xlsx(**{"xl/a.xml": bytes(2 * files.MIB)})),
    "DOCX with a password": ("a.docx", files.locked(files.docx())),
    "DOCX behind a program": ("a.docx", EXE + files.docx()),
    "DOCX with a page behind": ("a.docx", files.docx() + b"<html>" + SCRIPT),
    "DOCX cut off": ("a.docx", files.docx()[:-30]),
    "mimetype nobody knows": ("a.odt", files.declared("application/java-archive")),
    "mimetype packed": ("a.odt", files.declared("application/vnd.oasis.opendocument.text", 8)),
    "old Word, or a password": ("a.doc", OLE),
    "old Word called DOCX": ("a.docx", OLE),
    "text with NUL": ("a.txt", b"abc\0def"),
    "CSV in Windows-1250": ("a.csv", "zażółć;1".encode("cp1250")),
    "packed CSV": ("a.csv", gzip.compress(b"a;b")),
    "photo of a telephone": ("a.heic", HEIC),
    "film of an old telephone": ("a.mov", MOV),
    "film that browsers do not play": ("a.webm", MKV),
    "film called a picture": ("a.png", MP4),
    "TIFF": ("a.tiff", files.image_bytes("TIFF")),
    "BMP called PNG": ("a.png", files.image_bytes("BMP")),
    "ICO": ("a.ico", files.image_bytes("ICO")),
    "GIF that moves": ("a.gif", files.moving("GIF")),
    "WebP that moves": ("a.webp", files.moving("WEBP")),
    "PNG that moves": ("a.png", files.moving("PNG")),
    "JPEG cut off": ("a.jpg", files.image_bytes("JPEG", (400, 400))[:-4000]),
    "PNG cut off": ("a.png", files.image_bytes("PNG", (400, 400))[:-4000]),
    "PNG of 81 million pixels": ("a.png", files.png_of_nothing(9000, 9000)),
    "PNG of 200 million pixels": ("a.png", files.png_of_nothing(20_000, 10_000)),
    "WebP of 268 million pixels": ("a.webp", files.huge_webp()),
    "nothing": ("a.txt", b""),
    "only a byte-order mark": ("a.txt", b"\xef\xbb\xbf"),
}

REDRAWN = {
    "GIF with a script behind": ("a.gif", GIF + SCRIPT),
    "PNG with an archive behind": ("a.png", PNG + ZIP),
    "PNG with a script in its texts": ("a.png", files.png_with_text(SCRIPT)),
    "JPEG with a script in a comment": ("a.jpg", files.image_bytes("JPEG", comment=SCRIPT)),
    "JPEG with a page behind": ("a.jpeg", JPEG + b"<html>" + SCRIPT),
    "JPEG with a script in XMP": ("a.jpg", files.image_bytes("JPEG", xmp=SCRIPT)),
    "WebP with a script in XMP": ("a.webp", files.image_bytes("WEBP", xmp=SCRIPT)),
    "AVIF with a script in XMP": ("a.avif", files.image_bytes("AVIF", xmp=SCRIPT)),
    "ending in capitals": ("FOTO.JPG", JPEG + SCRIPT),
}

INERT = {
    "PDF with a page inside": ("a.pdf", files.pdf(b"<html>" + SCRIPT), kinds.PDF),
    "PDF with an archive inside": ("a.pdf", files.pdf(ZIP), kinds.PDF),
    "HTML called text": ("a.txt", b"<html>" + SCRIPT, kinds.TXT),
    "script called CSV": ("a.csv", b"=cmd|'/C calc'!A0," + SCRIPT, kinds.CSV),
    "subtitles": ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nA\n", kinds.VTT),
    "UTF-8 with its mark": ("a.csv", "\ufeffzażółć;1".encode(), kinds.CSV),
    "DOCX": ("a.docx", files.docx(), kinds.DOCX),
    "XLSX": ("a.xlsx", files.xlsx(), kinds.XLSX),
    "PPTX": ("a.pptx", files.pptx(), kinds.PPTX),
    "ODT": ("a.odt", files.odt(), kinds.ODT),
    "EPUB": ("a.epub", files.declared("application/epub+zip"), kinds.EPUB),
}


def take_in(filename, data):
    kind = recognise(data, filename)
    return redraw(data, kind) if kind.decoder else kind


@pytest.mark.parametrize("case", REFUSED)
def test_a_trick_is_refused_with_words_for_a_person(case):
    with pytest.raises(UnsafeFile) as refused:
        take_in(*REFUSED[case])

    assert refused.value.message.domain == "wielkopolskaes"
    assert str(refused.value).endswith((".", ")."))
    assert "${" not in str(refused.value)


@pytest.mark.parametrize("case", REDRAWN)
def test_what_hides_in_an_image_is_not_kept(case):
    kept = take_in(*REDRAWN[case])

    assert (kept.width, kept.height) == (64, 48)
    assert b"alert" not in kept.data
    assert b"run.html" not in kept.data


@pytest.mark.parametrize("case", INERT)
def test_a_document_is_what_its_content_says(case):
    filename, data, kind = INERT[case]

    assert take_in(filename, data) is kind


def test_an_archive_bomb_is_refused_from_its_headers_alone():
    bomb = files.docx_of_200_megabytes()
    assert len(bomb) < 300_000

    with pytest.raises(UnsafeFile, match="too much space"):
        recognise(bomb, "raport.docx")


def test_a_directory_of_a_million_entries_is_not_read():
    end = b"PK\x05\x06" + bytes(4) + b"\x10\x00\x10\x00" + (9 * files.MIB).to_bytes(4, "little")
    data = b"PK\x03\x04" + bytes(9 * files.MIB) + end + bytes(6)

    with pytest.raises(UnsafeFile):
        recognise(data, "raport.docx")


def test_the_message_names_content_and_ending():
    with pytest.raises(UnsafeFile, match=r"JPEG.*“png”.*\.jpg"):
        recognise(JPEG, "zdjęcie.PNG")


def test_a_text_that_only_mentions_a_drawing_is_a_text():
    assert recognise(b"How to write <svg> by hand", "notes.txt") is kinds.TXT


@given(
    honest=st.sampled_from([files.docx(), files.odt(), files.pdf(), PNG]),
    at=st.integers(0, 3000),
    junk=st.binary(max_size=30),
    ending=st.sampled_from(["docx", "odt", "pdf", "png", "txt"]),
)
def test_any_bytes_are_recognised_or_refused_and_nothing_else(honest, at, junk, ending):
    at %= len(honest)
    data = honest[:at] + junk + honest[at + len(junk) :]

    try:
        kind = recognise(data, f"a.{ending}")
    except UnsafeFile:
        return
    assert ending in kind.extensions


@pytest.mark.parametrize(("name", "data", "mime"), [("a.mp4", MP4, "video/mp4"),
                                                    ("a.webm", WEBM, "video/webm")])  # fmt: skip
def test_a_film_that_browsers_play_is_taken(name, data, mime):
    assert recognise(data, name).mime == mime
