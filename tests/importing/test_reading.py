"""Files as the process reads them: encodings, delimiters, limits, and what is refused."""

import io

import pytest
from openpyxl import Workbook

from wielkopolskaes.importing.process import Row, Unreadable, read_table
from wielkopolskaes.importing.reading.__main__ import answer, reader_of

WORDS = "Zażółć gęślą jaźń; świt, ŁĄKA"


def read(data, suffix="csv"):
    return answer(reader_of(suffix), data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("cp1250", [("encoding", "Windows-1250")]),
        ("iso8859-2", [("encoding", "ISO-8859-2")]),
        ("utf-16", [("encoding", "UTF-16")]),
        ("utf-16-le", [("encoding", "UTF-16")]),
        ("utf-16-be", [("encoding", "UTF-16")]),
    ],
)
def test_tables_are_read_as_spreadsheets_write_them(encoding, notes, delimiter):
    text = f'code{delimiter}title\r\nABC{delimiter}"{WORDS}"\r\n\r\n{delimiter}\r\n'
    found = read(text.encode(encoding))
    assert (found["headings"], found["rows"]) == (["code", "title"], [(2, ["ABC", WORDS])])
    assert found["notes"] == notes


def test_the_delimiter_that_excel_names_is_taken():
    assert read("sep=|\r\na|b\r\n1;2|3")["rows"] == [(2, ["1;2", "3"])]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"a;b\n\x81\x83", "encoding"),
        ('code;title\n"A;B', "quotes"),
        ("\n".join(["code;title", *(f"A{n};B" for n in range(5001))]), "rows"),
        ("a\n" + "\n" * 100_001 + "b", "rows"),
        (";".join(f"k{n}" for n in range(301)), "columns"),
    ],
)
def test_what_is_no_table_is_refused(data, why):
    assert read(data)["refused"] == why


def test_a_sheet_too_long_to_walk_to_its_end_says_where_the_reading_stopped():
    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["A100001"] = "code", "ABC", "DEF"
    file = io.BytesIO()
    book.save(file)
    found = read(file.getvalue(), "xlsx")
    assert (found["rows"], found["notes"]) == ([(2, ["ABC"])], [("lines", "100000")])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('{"a": [1', "json at"),
        ("[" * 100_000, "json"),
        ('[{"code": "A", "code": "B"}]', "twice"),
        ("[1, 2]", "objects"),
        ('{"a": 1}', "objects"),
        ('[{"code": NaN}]', "json"),
        ('[{"a": [[[[[[[[[[1]]]]]]]]]]}]', "json"),
        ("[]", "empty"),
        (b"\xff\xfe\x00", "encoding"),
    ],
)
def test_what_is_no_list_of_objects_is_refused(data, why):
    assert read(data, "json")["refused"] in {why, "json", "json at"}


def test_names_that_an_object_does_not_have_are_not_empty():
    table = read_table(b'[{"a": 1, "b": ""}, {"b": [2]}]', "x.json")
    assert [row.cells for row in table.rows] == [{"a": 1, "b": ""}, {"b": [2]}]


def test_a_file_that_ends_the_process_is_refused_in_words():
    with pytest.raises(Unreadable) as caught:
        read_table(b"PK\x03\x04" + b"\x00" * 100, "x.xlsx")
    assert "damaged" in str(caught.value)


def test_a_cell_under_no_heading_is_named_by_its_letter():
    assert read_table(b"a;b\n1;2;3", "x.csv").rows[0].spoilt == [("C", "no heading")]
    assert read_table(b"a;;c\n1;2;3\n4;;5", "x.csv").rows == [
        Row(2, {"a": "1", "c": "3"}, [("B", "no heading")]), Row(3, {"a": "4", "c": "5"}, []),
    ]  # fmt: skip


def test_words_of_what_cannot_be_shown_are_left_out_and_told():
    found = read("a;b\nx\x00y\u202ez;\x07\n")
    assert found["rows"] == [(2, ["xyz", ""])]
    assert found["notes"] == [("control characters", "")]


def test_a_long_text_in_one_cell_is_read_whole():
    text = "długi " * 100_000
    assert len(read(f'a;b\n1;"{text}"')["rows"][0][1][1]) == len(text.strip())


def test_the_paste_of_a_word_processor_is_text_like_any_other():
    with open("tests/content/richtext/word-clipboard.html", encoding="utf-8") as file:
        html = file.read()
    out = '"' + html.replace('"', '""') + '"'
    assert "MsoNormal" in read(f"code;body\nA;{out}")["rows"][0][1][1]
