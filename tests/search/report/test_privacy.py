"""What looks like personal data is known as such, and what only resembles it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.report.conftest import FIREFOX
from wielkopolskaes.search.report.privacy import looks_personal


@pytest.mark.parametrize(
    "query",
    [
        "jan.kowalski@example.org", "jan kowalski @ example.org", "jan(at)example.org",
        "85010112345", "pesel 850101 12345", "NIP 781-18-22-333", "7811822333", "601 234 567",
        "+48 601-234-567", "(61) 856 73 00", "61 8567300", "PL 12 1020 4027 0000 1102 0000 0000",
        "ABC123456", "https://example.org/reset?token=abc", "www.example.org/konto?id=7",
        "ul. Kwiatowa 5/7", "ulica Długa 12 m 3", "os. Piastowskie 14",
    ],
)  # fmt: skip
def test_what_may_be_somebodys_is_recognised(query):
    assert looks_personal(query)


@pytest.mark.parametrize(
    "query",
    [
        "spółdzielnia socjalna", "fundusze 2021-2027", "2019 2020 2021 2022", "rok:2024",
        "61-731", "3/2024", "art. 5 ust. 2", "Dz.U. 2022 poz. 2812", "rops.poznan.pl",
        "1 marca 2024", "dotacja 30 000 zł", "ul. Nowowiejskiego", "al dente",
    ],
)  # fmt: skip
def test_words_years_and_paragraphs_are_nobodys(query):
    assert not looks_personal(query)


@given(
    st.lists(st.integers(0, 9), min_size=9, max_size=26),
    st.lists(st.sampled_from(["", " ", "-", ".", " - "]), min_size=26, max_size=26),
    st.sampled_from(["", "tel. ", "pesel "]),
)
def test_nine_digits_that_are_no_years_are_somebodys(digits, between, before):
    number = "".join(f"{digit}{sign}" for digit, sign in zip(digits, between, strict=False))
    if "19" not in number and "20" not in number:
        assert looks_personal(f"{before}{number} fundacja")


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""}, {"User-Agent": "curl/8.5.0"}, {"User-Agent": "python-requests/2.32"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": f"{FIREFOX} HeadlessChrome/140"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"},
        {"Sec-Fetch-Dest": "empty"}, {"DNT": "1"}, {"Sec-GPC": "1"},
    ],
)  # fmt: skip
def test_robots_prefetches_and_those_who_mind_are_not_counted(portal, ask, headers):
    page = ask("fundacja", headers)

    assert page.select(".hit")
    assert page.select_one("#clicks") is None
    assert len(portal.registry.search_tally) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"DNT": "0"}, {"Sec-GPC": "0"}, {"Sec-Fetch-Dest": "document"},
        {"User-Agent": "Mozilla/5.0 (Linux; Android 11; CUBOT_X30) AppleWebKit/537.36 Chrome/140"},
    ],
)  # fmt: skip
def test_readers_are_counted(portal, ask, headers):
    ask("fundacja", headers)

    assert len(portal.registry.search_tally) == 1
