"""Writing down: a portion at a time, from several processes, and without ever breaking a page."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import delete, func, select

from tests.search.report.conftest import FIREFOX, TODAY, ago, row
from wielkopolskaes.clock import midnight
from wielkopolskaes.db import Base
from wielkopolskaes.jobs.flusher import AT_ONCE
from wielkopolskaes.retention.services import apply, due
from wielkopolskaes.search.report import flushing
from wielkopolskaes.search.report.flushing import Flusher, write
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.search.report.tally import Counts, Key, Tally


def key(number):
    return Key(TODAY, "pl", f"{number:032}")


def asked(**more):
    return Counts(words="słowo", whole="słowo", asked=1, **more)


def counted(portal):
    with portal.registry.dbsession_factory() as session:
        rows = session.scalars(select(SearchCount).where(SearchCount.day == TODAY))
        return {each.digest: each.asked for each in rows}


def test_one_writing_takes_one_portion_and_the_next_the_rest(portal):
    tally = portal.registry.search_tally
    for number in range(AT_ONCE + 3):
        tally.ask(key(number), asked())
    flusher = Flusher(portal.registry)

    assert flusher.flush()
    assert (len(counted(portal)), len(tally)) == (AT_ONCE, 3)
    assert flusher.flush()
    assert (len(counted(portal)), len(tally)) == (AT_ONCE + 3, 0)


def test_what_is_new_on_a_full_day_is_counted_as_the_rest(portal, monkeypatch):
    monkeypatch.setattr(flushing, "MOST_A_DAY", 3)
    with portal.work() as session:
        write(session, {key(number): asked() for number in range(5)})
    with portal.work() as session:
        write(session, {key(number): asked() for number in (0, 9)})

    found = counted(portal)
    assert found.pop("") == 3
    assert found == {key(0).digest: 2, key(1).digest: 1, key(2).digest: 1}


def test_a_writing_that_fails_is_made_up_for_and_no_page_hears_of_it(portal, ask, caplog):
    table = Base.metadata.tables["search_count"]
    table.drop(portal.registry.engine)
    try:
        assert ask("fundacja").select(".hit")
        assert not Flusher(portal.registry).flush()
        assert "could not be counted yet" in caplog.text
        assert ask("fundacja").select(".hit")
    finally:
        table.create(portal.registry.engine)

    assert Flusher(portal.registry).flush()
    assert sum(counted(portal).values()) == 2


def test_several_processes_add_to_the_same_rows(portal):
    class Process:
        def __init__(self):
            self.registry = type("Registry", (), dict(vars(portal.registry)))()
            self.registry.search_tally = Tally()

    def work(_number):
        process = Process()
        for number in range(20):
            process.registry.search_tally.ask(key(number), asked())
        return Flusher(process.registry).flush()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))

    assert counted(portal) == {key(number).digest: 8 for number in range(20)}


def test_whoever_is_told_to_end_writes_everything_first(portal):
    tally = portal.registry.search_tally
    flusher = Flusher(portal.registry, every=3600)
    flusher.start()
    for number in range(AT_ONCE + 3):
        tally.ask(key(number), asked())
    flusher.stop()

    assert len(counted(portal)) == AT_ONCE + 3


def test_pages_in_the_cache_stay_there_while_searches_are_counted(portal, engine_statements):
    portal.get("/s1")
    portal.get("/s1")
    portal.registry.search_tally.ask(key(1), asked())
    assert Flusher(portal.registry).flush()

    with engine_statements(portal) as seen:
        assert portal.get("/s1", headers={"User-Agent": FIREFOX}).status_int == 200
    assert seen == []


def test_rows_are_forgotten_after_four_hundred_days(portal, add):
    add(row(day=ago(401)), row(day=ago(400)), row(day=TODAY))
    now = midnight(TODAY)
    registry = portal.registry

    assert {rule.name: n for rule, n in due(registry, now=now)}["search.counts"] == 1
    assert {rule.name: n for rule, n in apply(registry, now=now)}["search.counts"] == 1
    with portal.work() as session:
        assert session.scalar(select(func.count()).select_from(SearchCount)) == 2
        session.execute(delete(SearchCount))
