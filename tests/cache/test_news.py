import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.cache.news import News
from wielkopolskaes.cache.versions import Versions

TAGS = st.sets(st.text("ąb:1", min_size=1, max_size=60), min_size=1, max_size=2000)


@pytest.fixture
def here(tmp_path):
    return Versions(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    return Versions(tmp_path / "there")


@given(TAGS)
def test_notifications_fit_and_say_all_or_everything(tags):
    packed = News(2**64 - 1, 2**63, tags).payloads()
    assert all(len(p.encode()) < 8000 for p in packed)
    said = {t for p in packed for t in News.parse(p).tags}
    assert said in ({"*"}, tags)


def test_very_many_changes_are_told_as_everything():
    packed = News(1, 2, [f"node:{n}" for n in range(10_000)]).payloads()
    assert [tuple(News.parse(p).tags) for p in packed] == [("*",)]


def test_nothing_changed_is_no_news():
    assert News(1, 2, ()).payloads() == []


def test_news_of_another_host_is_marked(here, there):
    since = here.clock()
    News(there.name, there.clock(), ["node:1"]).mark(here)
    assert not here.fresh(["node:1"], since)
    assert here.fresh(["node:2"], since)


def test_news_of_the_own_host_is_marked_unless_it_was(here):
    news = News(here.name, here.clock(), ["node:1", "tree"])
    news.mark(here)
    once = here.clock()
    assert not here.fresh(["tree"], news.clock)
    news.mark(here)
    assert here.clock() == once
