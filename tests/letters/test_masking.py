import pytest

from tests.letters.conftest import LINK, TOKEN
from wielkopolskaes.accounts.tokens import new_token
from wielkopolskaes.letters.masking import MASK, is_masked, masked


def test_a_token_is_taken_out_of_the_text_and_of_the_html():
    text, html = f"adres:\n{LINK}\n.", f'<a href="{LINK}">{LINK}</a>'

    assert masked(text) == f"adres:\nhttps://portal.example/zaproszenie/{MASK}\n."
    assert TOKEN not in masked(html)
    assert masked(html).count(MASK) == 2


def test_every_token_that_the_portal_makes_is_masked():
    for _round in range(200):
        token = new_token()
        assert token not in masked(f"https://portal.example/nowe-haslo/{token}")


@pytest.mark.parametrize(
    "text",
    [
        "https://portal.example/aktualnosci/certyfikat-dla-dwunastu-podmiotow-z-wielkopolski",
        "https://portal.example/files/raport-2026.pdf",
        "bez adresu tokenTOKEN0123456789_-tokenTOKEN01234567890",
    ],
)
def test_other_words_stay(text):
    assert masked(text) == text
    assert not is_masked(masked(text))
