import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.media.filenames import clean_filename, content_disposition
from wielkopolskaes.media.kinds import DOCX, PDF


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Regulamin konkursu.pdf", "Regulamin-konkursu.pdf"),
        ("Zażółć gęślą jaźń.PDF", "Zażółć-gęślą-jaźń.pdf"),
        ("C:\\Users\\Ala\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..", "plik.pdf"),
        ("", "plik.pdf"),
        (".pdf", "plik.pdf"),
        ('a"b;c\r\nSet-Cookie: x=1.pdf', "a-b-c-Set-Cookie-x-1.pdf"),
        ("fdp.\u202egnp.pdf", "fdp.-gnp.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_all_else(given_name, name):
    assert clean_filename(given_name, PDF.mime) == name


def test_a_name_is_written_in_full_and_in_ascii():
    assert content_disposition("Zażółć.pdf", inline=True) == (
        "inline; filename=\"Zazolc.pdf\"; filename*=UTF-8''Za%C5%BC%C3%B3%C5%82%C4%87.pdf"
    )
    assert content_disposition("a.docx", inline=False).startswith("attachment; ")


@given(st.text(max_size=200))
def test_no_name_can_leave_its_place_in_a_header(name):
    header = content_disposition(name, inline=False)

    found = re.fullmatch(
        r"attachment; filename=\"[A-Za-z0-9._()+-]*\"; filename\*=UTF-8''([A-Za-z0-9%._~-]*)",
        header,
    )
    assert found is not None
    assert unquote(found[1]) == name


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_upload_gets_a_name_that_is_one_step_of_an_address(name):
    cleaned = clean_filename(name, DOCX.mime)

    assert re.fullmatch(r"[\w.()+-]+\.docx", cleaned)
    assert not cleaned.startswith(".")
    assert clean_filename(cleaned, DOCX.mime) == cleaned
