"""Documents made for the tests: honest ones in every format, and those that hurt."""

import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tests.media.files import OFFICE, zipped

# Letters that the fonts of every reader have under these names.
_NAMES = {"ą": "aogonek", "ć": "cacute", "ę": "eogonek", "ł": "lslash", "ń": "nacute",
          "ó": "oacute", "ś": "sacute", "ź": "zacute", "ż": "zdotaccent"}  # fmt: skip
_CODES = {letter: 0xC0 + number for number, letter in enumerate(_NAMES)}
_DIFFERENCES = f"[{0xC0} {' '.join(f'/{name}' for name in _NAMES.values())}]"
FONT = (
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding"
    f"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences{_DIFFERENCES}>>>>"
)
DRAWING = b"0 0 m 100 100 l S\n" * 20


def pdf(*pages, picture=False, drawn=b"", catalog="", title="", font=FONT):
    """A PDF with a page for each text; its lines are lines. `picture` puts an image on each."""
    objects = [f"<</Type/Catalog/Pages 2 0 R{catalog}>>", "", font, _image(), _info(title)]
    kids = []
    for text in pages:
        content = _content(text, picture, drawn)
        objects.append(_stream(content))
        held = "/XObject<</Im1 4 0 R>>" if picture else ""
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F1 3 0 R>>{held}>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return assembled(objects)


def _info(title):
    return f"<</Title<{('﻿' + title).encode('utf-16-be').hex()}>>>" if title else "<<>>"


def _content(text, picture, drawn):
    shown = b"q 595 0 0 842 0 0 cm /Im1 Do Q\n" if picture else b""
    lines = b" T* ".join(b"(" + _coded(line) + b") Tj" for line in text.split("\n") if text)
    return drawn + shown + (b"BT /F1 12 Tf 14 TL 72 770 Td " + lines + b" ET" if text else b"")


def _coded(line):
    raw = bytes(_CODES.get(char, ord(char) if ord(char) < 256 else 63) for char in line)
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _image():
    return _stream(
        bytes(4), "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8"
        "/ColorSpace/DeviceGray",
    )  # fmt: skip


def _stream(data, more=""):
    packed = zlib.compress(data)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{more}>>stream\n"
    return head.encode() + packed + b"\nendstream"


def assembled(objects):
    """Number the objects and write the table of where they are."""
    out, places = BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        raw = body if isinstance(body, bytes) else body.encode("latin-1")
        out.write(b"%d 0 obj" % number + raw + b"endobj\n")
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Info 5 0 R/Size %d>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % at)
    return out.getvalue()


def tagged(*pages, title="Plan działań"):
    catalog = "/MarkInfo<</Marked true>>/StructTreeRoot<</Type/StructTreeRoot>>/Lang(pl-PL)"
    return pdf(*pages, catalog=catalog, title=title)


def scan(pages=3, stamp=""):
    """Pages that are pictures, as a scanner makes them; some offices print a stamp on each."""
    return pdf(*[stamp] * pages, picture=True)


def locked(data, password="sekret", owner="wlasciciel"):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, owner, algorithm="AES-256")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf_bomb(megabytes=700):
    """A page whose instructions unpack to far more than the file."""
    packer, pieces = zlib.compressobj(9), []
    pieces.extend(packer.compress(b" " * 1024 * 1024) for _ in range(megabytes))
    packed = b"".join(pieces) + packer.flush()
    for _ in range(1):
        packed = zlib.compress(packed)
    page = (
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed)
        + packed + b"\nendstream"
    )  # fmt: skip
    return assembled([
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1>>", page,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R>>", "<<>>",
    ])  # fmt: skip


def endless_pdf(letters=3_000_000):
    """A page that takes minutes: more letters than anybody prints, each placed by itself."""
    content = b"BT /F1 12 Tf " + b"(a) Tj 1 0 Td " * letters + b"ET"
    return assembled([
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[4 0 R]/Count 1>>",
        _stream(content),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R"
        "/Resources<</Font<</F1 6 0 R>>>>>>", "<<>>", FONT,
    ])  # fmt: skip


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def about(title, lang="pl-PL"):
    return f"<c {DC}><dc:title>{title}</dc:title><dc:language>{lang}</dc:language></c>"


def docx(*paragraphs, body="", **more):
    """Word breaks words into runs as it likes: here after every third letter."""
    runs = (
        "".join(f"<w:r><w:t>{text[at : at + 3]}</w:t></w:r>" for at in range(0, len(text), 3))
        for text in paragraphs
    )
    made = "".join(f"<w:p>{run}</w:p>" for run in runs)
    document = f"<w:document {W}><w:body>{made}{body}</w:body></w:document>"
    return zipped({**OFFICE, "word/document.xml": document, **more})


def pptx(*slides, **more):
    made = {
        f"ppt/slides/slide{number}.xml": f"<p {A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>"
        for number, text in enumerate(slides, 1)
    }
    return zipped({**OFFICE, "ppt/presentation.xml": "<p/>", **made, **more})


def xlsx(*texts, inline="", **more):
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    cell = f'<c t="inlineStr"><is><t>{inline}</t></is></c>' if inline else "<c><v>17</v></c>"
    return zipped({
        **OFFICE, "xl/workbook.xml": "<workbook/>",
        "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{cell}</sheetData></worksheet>",
        **more,
    })  # fmt: skip


def opendocument(*paragraphs, kind="text", body="", **more):
    made = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    content = f"<office:document-content {ODF}><office:body>{made}{body}</office:body>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return _declared(mimetype, {"content.xml": f"{content}</office:document-content>", **more})


def epub(*chapters):
    items = "".join(f'<item id="c{n}" href="t/{n}.xhtml"/>' for n in range(len(chapters)))
    order = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
    package = (
        f"<package {DC}><dc:title>Książka</dc:title><dc:language>pl</dc:language>"
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    root = '<container><rootfiles><rootfile full-path="OEBPS/b.opf"/></rootfiles></container>'
    pages = {
        f"OEBPS/t/{n}.xhtml": "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head>"
        f"<body><p>{text}</p></body></html>" for n, text in enumerate(chapters)
    }  # fmt: skip
    more = {"META-INF/container.xml": root, "OEBPS/b.opf": package, **pages}
    return _declared("application/epub+zip", more)


def _declared(mimetype, more):
    """The first entry says what it is, and is not packed."""
    import zipfile

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, body in more.items():
            archive.writestr(name, body)
    return buffer.getvalue()
