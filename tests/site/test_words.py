from datetime import UTC, date, datetime

import pytest

from wielkopolskaes.site.words import date_words, filesize, iso, partial_words, span


def plain(text):
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(("lang", "words"), [("pl", "1 maja 2026"), ("en", "1 May 2026")])
def test_a_day_in_words(lang, words):
    assert plain(date_words(date(2026, 5, 1), lang)) == words


def test_a_day_does_not_break_between_lines():
    assert " " not in date_words(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("partial", "pl", "en"),
    [
        ("2012", "2012", "2012"),
        ("2015-06", "czerwiec 2015", "June 2015"),
        ("2015-06-30", "30 czerwca 2015", "30 June 2015"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(partial, pl, en):
    assert (plain(partial_words(partial)), plain(partial_words(partial, "en"))) == (pl, en)


@pytest.mark.parametrize(
    ("since", "until", "pl", "en"),
    [
        ("2012", "2015-06", "2012 – czerwiec 2015", "2012 – June 2015"),
        ("2012", None, "od 2012", "from 2012"),
        (None, "2015-06", "do czerwca 2015", "until June 2015"),
        (None, "2015-06-30", "do 30 czerwca 2015", "until 30 June 2015"),
        (None, None, "", ""),
    ],
)
def test_a_span_says_which_of_its_ends_is_known(since, until, pl, en):
    assert (plain(span(since, until)), plain(span(since, until, "en"))) == (pl, en)


@pytest.mark.parametrize(
    ("size", "pl", "en"),
    [(1, "1 kB", "1 kB"), (999_400, "999 kB", "999 kB"), (1_200_000, "1,2 MB", "1.2 MB"),
     (25_000_000, "25,0 MB", "25.0 MB")],
)  # fmt: skip
def test_a_size_in_the_language_of_the_page(size, pl, en):
    assert (plain(filesize(size, "pl")), plain(filesize(size, "en"))) == (pl, en)


@pytest.mark.parametrize(
    ("moment", "text"),
    [(date(2026, 5, 1), "2026-05-01"), ("2026-05", "2026-05"),
     (datetime(2026, 5, 1, 8, tzinfo=UTC), "2026-05-01T08:00:00+00:00")],
)  # fmt: skip
def test_a_moment_for_machines(moment, text):
    assert iso(moment) == text
