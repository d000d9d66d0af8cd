"""What is read of each kind of file, and what becomes of files that are not what they seem."""

import pytest

from tests.filetext import samples
from tests.media import files
from wielkopolskaes.filetext.models import Outcome
from wielkopolskaes.filetext.process import Reading
from wielkopolskaes.filetext.reading import found, pdf
from wielkopolskaes.filetext.reading.__main__ import READERS, answer, reader_of
from wielkopolskaes.filetext.reading.cleaning import clean, joined
from wielkopolskaes.media import kinds

POLISH = "Zażółć gęślą jaźń"


def read(kind, data):
    return Reading(**answer(reader_of(kind.mime), data))


def test_every_kind_of_document_that_the_portal_takes_has_a_reader():
    assert set(READERS) == {kind.mime for kind in kinds.DOCUMENTS}


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        (kinds.PDF, samples.pdf(POLISH, "Strona druga"), f"{POLISH}\nStrona druga"),
        (kinds.DOCX, samples.docx(POLISH, "Drugi akapit"), f"{POLISH}\nDrugi akapit"),
        (kinds.PPTX, samples.pptx(POLISH, *"bcdefghij", "k"), "\n".join([POLISH, *"bcdefghijk"])),
        (kinds.XLSX, samples.xlsx(POLISH, "Nr", inline="wprost"), f"{POLISH}\nNr\nwprost"),
        (kinds.ODT, samples.opendocument(POLISH, "a<text:tab/>b"), f"{POLISH}\na b"),
        (kinds.ODP, samples.opendocument(POLISH, kind="presentation"), POLISH),
        (kinds.ODS, samples.opendocument(POLISH, kind="spreadsheet"), POLISH),
        (kinds.EPUB, samples.epub("drugi", f"{POLISH}&nbsp;&lt;"), f"{POLISH} <\ndrugi"),
        (kinds.TXT, f"\ufeff{POLISH}\r\n\r\nwiersz".encode(), f"{POLISH}\nwiersz"),
        (kinds.CSV, f"gmina;{POLISH};12,5\ngmina;Piła;7".encode(), f"gmina\n{POLISH}\nPiła"),
        (kinds.VTT, b"WEBVTT\n\nNOTE x --> y\nz\n\n1\n00:01.000 --> 00:02.000\n<v Ala>Raz</v>\n",
         "Raz"),
    ],
    ids=lambda value: getattr(value, "label", ""),
)  # fmt: skip
def test_the_text_of_each_kind_is_read(kind, data, text):
    reading = read(kind, data)
    assert (reading.outcome, reading.text) == (Outcome.READ, text)
    assert reading.has_text_layer is True


def test_a_document_says_its_title_and_its_language():
    word = samples.docx("x", **{"docProps/core.xml": samples.about("Plan", "pl-PL")})
    assert [(one.title, one.lang) for one in (
        read(kinds.PDF, samples.tagged("x", title="Plan działań")), read(kinds.DOCX, word),
    )] == [("Plan działań", "pl-PL"), ("Plan", "pl-PL")]  # fmt: skip


def test_pages_slides_and_sheets_are_counted():
    found = read(kinds.PDF, samples.pdf("a", "b")), read(kinds.PPTX, samples.pptx("a", "b", "c"))
    assert [one.pages for one in found] == [2, 3]


def test_remarks_words_taken_back_and_second_versions_are_no_text():
    word = samples.docx("Zostaje", body=(
        "<w:del><w:r><w:delText>skreślone</w:delText></w:r></w:del>"
        "<w:Fallback><w:p><w:r><w:t>drugi raz</w:t></w:r></w:p></w:Fallback>"
    ))  # fmt: skip
    text = samples.opendocument("Zostaje", body=(
        "<text:tracked-changes><text:p>skreślone</text:p></text:tracked-changes>"
        "<office:annotation><text:p>uwaga</text:p></office:annotation>"
    ))  # fmt: skip
    assert [read(kinds.DOCX, word).text, read(kinds.ODT, text).text] == ["Zostaje", "Zostaje"]


@pytest.mark.parametrize(
    ("data", "layer", "tagged"),
    [
        (samples.pdf("Tekst uchwały"), True, False),
        (samples.tagged("Tekst uchwały"), True, True),
        (samples.scan(), False, False),
        (samples.scan(3, stamp="Podpisano 12.03, s. 4"), False, False),
        (samples.pdf("", drawn=samples.DRAWING), False, False),
        (samples.pdf("a" * 60, picture=True), True, False),
        (samples.pdf(""), None, False),
    ],
    ids=["text", "tagged", "scan", "scan with a stamp", "drawn letters", "picture and text",
         "an empty page"],
)  # fmt: skip
def test_a_scan_is_told_from_a_document_with_text(data, layer, tagged):
    reading = read(kinds.PDF, data)
    assert (reading.has_text_layer, reading.tagged) == (layer, tagged)


def test_an_office_file_of_pictures_alone_has_no_text_either():
    picture = {"word/media/image1.jpeg": files.image_bytes()}
    assert read(kinds.DOCX, samples.docx("", **picture)).has_text_layer is False
    assert read(kinds.DOCX, samples.docx("słowo", **picture)).has_text_layer is True


def test_a_file_with_a_password_stays_closed_and_one_that_all_may_read_is_read():
    closed, readable = samples.pdf("tajne"), samples.locked(samples.pdf("jawne"), password="")
    assert read(kinds.PDF, samples.locked(closed)).outcome == Outcome.LOCKED
    assert read(kinds.PDF, readable).text == "jawne"


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {samples.W}><w:p><w:t>&b;</w:t></w:p></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f"<w:document {samples.W}><w:p><w:t>&a;</w:t></w:p></w:document>"
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (kinds.PDF, samples.pdf("abc")[:300]),
        (kinds.PDF, b"%PDF-1.7\n" + bytes(3000) + b"startxref\n9\n%%EOF"),
        (kinds.PDF, files.pdf(b"").replace(b"/Count 1", b"/Kids 2 0 R")),
        (kinds.DOCX, samples.docx("abc")[:200]),
        (kinds.DOCX, files.docx(**{"word/document.xml": "<w:document>"})),
        (kinds.DOCX, files.docx(**{"word/document.xml": BOMB})),
        (kinds.DOCX, files.docx(**{"word/document.xml": OUTSIDE})),
        (kinds.DOCX, files.docx(**{"word/document.xml": "<a>" * 9_000 + "</a>" * 9_000})),
        (kinds.DOCX, files.docx_of_200_megabytes()),
        (kinds.ODT, files.locked(samples.opendocument("abc"))),
        (kinds.EPUB, samples.epub()),
    ],
    ids=["cut", "zeros", "a page tree that is odd", "cut archive", "open XML", "entities",
         "a file of the server", "deep", "bomb", "encrypted archive", "no chapters"],
)  # fmt: skip
def test_what_hurts_comes_to_an_end_and_gives_no_text(kind, data):
    reading = read(kind, data)
    assert reading.text == ""
    assert reading.outcome in {Outcome.DAMAGED, Outcome.READ, Outcome.TOO_MUCH}
    if kind is not kinds.PDF:
        assert reading.outcome == Outcome.DAMAGED


def test_one_broken_page_does_not_hold_up_the_others(monkeypatch):
    whole = samples.pdf("pierwsza", "druga", "trzecia")
    broken = whole.replace(b"/Contents 8 0 R", b"/Contents /8 0R")
    assert broken != whole
    reading = read(kinds.PDF, broken)
    assert reading.text.split("\n") == ["pierwsza", "trzecia"]


def test_of_a_long_file_as_much_is_kept_as_of_any(monkeypatch):
    monkeypatch.setattr(found, "MAX_TEXT", 12)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    word = read(kinds.DOCX, samples.docx("pierwszy", "drugi", "trzeci"))
    pages = read(kinds.PDF, samples.pdf("aa", "bb", "cc"))
    assert (word.outcome, word.text) == (Outcome.CUT, "pierwszy\ndru")
    assert (pages.outcome, pages.text, pages.pages) == (Outcome.CUT, "aa\nbb", 3)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\x00b\x07c", "a b c"),
        ("\ud800ą", "ą"),
        ("ﬁrma oﬃce", "firma office"),
        ("za\u0301tor", "zátor"),
        ("wy\u202edrowo\u202c wy\u2066le\u2069", "wydrowo wyle"),
        ("\uf0b7 punkt \ufffd\uffff", "punkt"),
        ("  a \t b \r\n\r\n c\u00a0d ", "a b\nc d"),
        ("שלום عالم", "שלום عالم"),
        ("e\u200blearning", "elearning"),
    ],
)
def test_what_is_no_text_is_taken_out(raw, text):
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("przedsię-\nbiorstwo", "przedsiębiorstwo"),
        ("eko\u00ad\nnomia", "ekonomia"),
        ("społeczno-\ngospodarczy", "społeczno-gospodarczy"),
        ("Kędzierzyn-\nKoźle", "Kędzierzyn-Koźle"),
        ("lata 2024-\n2025 i", "lata 2024-2025 i"),
        ("koniec -\nmyślnik", "koniec - myślnik"),
        ("wiersz\ndrugi", "wiersz drugi"),
    ],
)
def test_words_broken_at_the_ends_of_lines_are_whole_again(lines, text):
    assert joined(lines) == text


def test_a_word_without_an_end_is_looked_at_once():
    # Half a million letters: each looked at again and again would take the age of the world.
    assert joined("a" * 500_000) == "a" * 500_000


def test_a_pdf_is_read_in_the_words_that_it_was_broken_into():
    data = samples.pdf("przedsię-\nbiorstwa społeczno-\ngospodarcze")
    assert read(kinds.PDF, data).text == "przedsiębiorstwa społeczno-gospodarcze"


def test_the_samples_are_files_that_the_portal_takes():
    from wielkopolskaes.media.sniff import recognise

    taken = {
        "a.pdf": samples.scan(), "a.docx": samples.docx("x"), "a.pptx": samples.pptx("x"),
        "a.xlsx": samples.xlsx("x"), "a.odt": samples.opendocument("x"), "a.epub": samples.epub(),
    }  # fmt: skip
    assert [recognise(data, name).label for name, data in taken.items()] == [
        "PDF", "DOCX", "PPTX", "XLSX", "ODT", "EPUB",
    ]  # fmt: skip
