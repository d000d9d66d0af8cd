"""What a process holds in memory is bounded, and nothing is counted twice or lost on the way."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.search.report.tally import (
    MOST_CLICKS,
    MOST_QUERIES,
    MOST_SURFACES,
    WINDOW,
    Counts,
    Key,
    Tally,
)

DAY, NOON = date(2026, 5, 4), datetime(2026, 5, 4, 12, tzinfo=UTC)


def key(name="a"):
    return Key(DAY, "pl", str(name))


def asked(surface="x", hits=1):
    return Counts(words="w", whole="w", surfaces={surface: 1}, asked=1, hits=hits)


def test_beyond_the_bound_only_numbers_are_kept():
    tally = Tally()
    for number in range(MOST_QUERIES + 50):
        tally.ask(key(number), asked(f"kanarek{number}"))

    taken = tally.take(2 * MOST_QUERIES)
    rest = taken.pop(key(""))
    assert len(taken) == MOST_QUERIES
    assert rest == Counts(asked=50)


def test_of_many_ways_to_type_a_query_a_few_are_kept():
    tally = Tally()
    for number in range(100):
        tally.ask(key(), asked(f"x{number}"))

    (counts,) = tally.take(1).values()
    assert counts.asked == 100
    assert len(counts.surfaces) <= MOST_SURFACES


def test_clicks_of_a_window_are_limited_and_the_next_window_takes_them_again():
    tally = Tally()
    taken = [tally.click(key(), 1, NOON) for _ in range(MOST_CLICKS + 5)]

    assert taken == [True] * MOST_CLICKS + [False] * 5
    assert tally.click(key(), 1, NOON + timedelta(seconds=WINDOW))


def test_a_click_adds_its_place():
    tally = Tally()
    for rank in (1, 5, 6, 40):
        tally.click(key(), rank, NOON)

    (counts,) = tally.take(1).values()
    assert counts == Counts(clicks=4, first=1, low=2, ranks=52)


def test_there_is_news_until_all_is_taken():
    tally = Tally()
    tally.ask(key("a"), asked())
    tally.ask(key("b"), asked())

    assert list(tally.take(1)) == [key("a")]
    assert tally.news.is_set()
    assert list(tally.take(1)) == [key("b")]
    assert not tally.news.is_set()


def test_what_is_given_back_is_older_than_what_came_meanwhile():
    tally = Tally()
    tally.ask(key(), asked("old", hits=1))
    taken = tally.take(1)
    tally.ask(key(), asked("new", hits=7))
    tally.give_back(taken)

    (counts,) = tally.take(1).values()
    assert (counts.asked, counts.hits, counts.surfaces) == (2, 7, {"old": 1, "new": 1})


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
def test_however_often_a_writing_fails_every_search_is_counted_once(steps):
    tally, written = Tally(), 0
    for name, fails in steps:
        tally.ask(key(name), asked())
        taken = tally.take(2)
        if fails:
            tally.give_back(taken)
        else:
            written += sum(counts.asked for counts in taken.values())

    left = sum(counts.asked for counts in tally.take(MOST_QUERIES).values())
    assert written + left == len(steps)


def test_threads_do_not_lose_each_others_counts():
    tally = Tally()

    def work():
        for number in range(500):
            tally.ask(key(number % 7), asked())

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts.asked for counts in tally.take(MOST_QUERIES).values()) == 2000
