"""Workbooks written by hand: what a spreadsheet reads of them is text, as it was."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from wielkopolskaes.records.sheets import LONGEST_CELL, as_xlsx


def read(rows):
    sheet = load_workbook(BytesIO(as_xlsx(rows))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_a_formula_is_a_text():
    rows, sheet = read([["=1+1", "+2", "-3", "@SUM(A1)", "żółć & <b>", "01234"]])
    assert rows == [["=1+1", "+2", "-3", "@SUM(A1)", "żółć & <b>", "01234"]]
    assert {cell.data_type for cell in sheet[1]} == {"s"}


def test_a_cell_is_no_longer_than_a_spreadsheet_reads():
    rows, _sheet = read([["x" * (LONGEST_CELL + 5)]])
    assert rows == [["x" * LONGEST_CELL]]


def test_the_same_rows_make_the_same_bytes():
    assert as_xlsx([["a"]]) == as_xlsx([["a"]])


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_any_text_makes_a_book_that_opens(cells):
    rows, _sheet = read([["#", *cells]])
    assert len(rows) == 1
