"""Downloads are counted as COUNTER counts, and nobody who downloads is remembered."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, select

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.clock import day_of
from wielkopolskaes.downloads import tally as tallies
from wielkopolskaes.downloads.flushing import Flusher
from wielkopolskaes.downloads.models import DownloadCount
from wielkopolskaes.downloads.tally import DOUBLE_CLICK, Counts, Key, Tally
from wielkopolskaes.security.permissions import Role

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = day_of(datetime.now(UTC))


def fill(session, portal):
    make = portal.maker(session)
    root = make("section", None, "", "Portal", listing="home")
    document = make("document", root, "plik", "=Plik")
    hidden = make("document", root, "szkic", "Szkic")
    blank = dict.fromkeys(
        ("isbn", "issn", "doi", "link", "subtitle", "series", "number_in_series"), ""
    )
    book = make(
        "publication", root, "ksiazka", "Książka", code="P001", publication_kind="book",
        abstract="O czymś.", source="Źródło", people=[], publishers=[], languages=[], year="2014",
        files=[document.path], **blank,
    )  # fmt: skip
    for node in (root, document, book):
        publish(session, node)
    session.flush()
    portal.file = f"/pliki/{document.sha256}/{document.filename}"
    portal.sha, portal.hidden = document.sha256, f"/pliki/{hidden.sha256}/{hidden.filename}"


opened = portal_of(fill)


@pytest.fixture
def portal(opened):
    opened.registry.download_tally = Tally()
    yield opened
    with opened.work() as session:
        session.execute(delete(DownloadCount))
    opened.browser.reset()
    opened.registry.versions.bump_all()


@pytest.fixture
def take(portal):
    """Take the file as a reader whose browser says what it is."""

    def take(address=None, method="get", app=None, reader="203.0.113.5", **headers):
        asked = {"User-Agent": FIREFOX} | {k.replace("_", "-"): v for k, v in headers.items()}
        ask = getattr(app or portal.stranger(), method)
        return ask(
            address or portal.file, headers=asked, expect_errors=True,
            extra_environ={"REMOTE_ADDR": reader},
        )  # fmt: skip

    return take


@pytest.fixture
def counted(portal):
    """Write down what was counted, and return it: requests and readers of today."""

    def counted():
        assert Flusher(portal.registry).flush()
        with portal.registry.dbsession_factory() as session:
            rows = session.scalars(select(DownloadCount)).all()
        assert {(row.sha256, row.day) for row in rows} <= {(portal.sha, TODAY)}
        return [(row.requests, row.readers) for row in rows]

    return counted


def test_a_reader_counts_once_and_another_one_too(take, counted):
    assert take().status_int == 200
    take()
    take(reader="203.0.113.6")
    take(User_Agent=FIREFOX.replace("140", "141"))
    assert counted() == [(3, 3)]
    assert counted() == [(3, 3)]


@pytest.mark.parametrize("headers", [
    {"User_Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
    {"User_Agent": "Mozilla/5.0 (compatible; YandexAccessibilityBot/3.0)"},
    {"User_Agent": "python-requests/2.32"}, {"User_Agent": "Wget/1.21"}, {"User_Agent": ""},
    {"DNT": "1"}, {"Sec_GPC": "1"}, {"Sec_Purpose": "prefetch"}, {"Range": "bytes=5-9"},
    {"Range": "bytes=999999999-"},
])  # fmt: skip
def test_robots_and_who_does_not_want_it_and_later_parts_are_not_counted(take, counted, headers):
    take(**headers)
    assert counted() == []


def test_a_reading_in_parts_counts_once(take, counted):
    assert take(Range="bytes=0-9").status_int == 206
    take(Range="bytes=10-19")
    take(Range="bytes=-5")
    assert counted() == [(1, 1)]


def test_asking_for_the_headers_is_no_download(take, counted):
    head = take(method="head")
    assert (head.status_int, head.body) == (200, b"")
    take(method="head", Cookie="inne=ciasteczko")
    assert counted() == []


def test_who_has_the_file_and_opens_it_again_counts(take, counted):
    tag = take(User_Agent="curl/8").headers["ETag"]
    assert take(If_None_Match=tag).status_int == 304
    assert counted() == [(1, 1)]


def test_the_offices_own_people_and_what_is_not_public_are_not_counted(portal, take, counted):
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert take(app=editor).status_int == 200
    assert take(portal.hidden, app=editor).status_int == 200
    assert take(portal.hidden).status_int == 404
    assert counted() == []


def test_taking_a_file_changes_nothing_in_the_database(portal, take):
    statements = []

    def note(*values):
        statements.append(values[2].split()[0])

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    take()
    event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert set(statements) <= {"SELECT"}


def test_no_table_learns_who_took_a_file(portal, take, counted):
    take(reader="203.0.113.77")
    counted()
    assert [column.name for column in DownloadCount.__table__.c] == [
        "sha256", "day", "requests", "readers",
    ]  # fmt: skip


def test_what_could_not_be_written_is_written_later(portal, take, counted):
    take()
    with portal.registry.engine.begin() as connection:
        DownloadCount.__table__.drop(connection)
    assert not Flusher(portal.registry).flush()
    take(reader="203.0.113.9")
    with portal.registry.engine.begin() as connection:
        DownloadCount.__table__.create(connection)
    assert counted() == [(2, 2)]


def note(tally, second, reader="a"):
    tally.take_note("f", reader, FIREFOX, NOON + timedelta(seconds=second))


def test_double_clicks_count_once_and_a_reader_once_a_day():
    tally = Tally()
    for second in (0, 10, 39, 39 + DOUBLE_CLICK, 3600):
        note(tally, second)
    assert tally.take(9) == {Key("f", day_of(NOON)): Counts(2, 1)}
    note(tally, 86_400)
    assert tally.take(9) == {Key("f", day_of(NOON) + timedelta(days=1)): Counts(1, 1)}


def test_at_the_end_of_the_day_nobody_is_known_any_more():
    tally = Tally()
    note(tally, 0)
    assert tally.remembered == 1
    tally.forget()
    assert (tally.remembered, tally._salt) == (0, b"")
    note(tally, 60)
    assert tally.take(9)[Key("f", day_of(NOON))].readers == 2


def test_the_end_of_the_day_comes_by_itself():
    tally = Tally()
    late = datetime(2026, 11, 20, 22, 59, 59, 950_000, tzinfo=UTC)
    tally._begin = _watched(tally)
    tally.take_note("f", "a", FIREFOX, late)
    tally.timer.join(60)
    assert tally.remembered == 0


def _watched(tally):
    import threading

    def begin(day, now):
        before = set(threading.enumerate())
        Tally._begin(tally, day, now)
        (tally.timer,) = set(threading.enumerate()) - before

    return begin


def test_however_many_readers_come_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_READERS", 3)
    tally = Tally()
    for reader in range(9):
        note(tally, 0, str(reader))
    assert tally.remembered == 3
    assert tally.take(9)[Key("f", day_of(NOON))].readers == 9


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200)), max_size=30))
def test_there_are_never_more_readers_than_requests(clicks):
    tally = Tally()
    for reader, second in sorted(clicks, key=lambda each: each[1]):
        note(tally, second, str(reader))
    counts = tally.take(9).get(Key("f", day_of(NOON)), Counts())
    assert counts.readers == len({reader for reader, _second in clicks})
    assert counts.readers <= counts.requests <= len(clicks)


@pytest.fixture
def earlier(portal):
    """Downloads of earlier days, in two months."""
    with portal.work() as session:
        for day, requests, readers in (
            (TODAY, 50, 40), (TODAY - timedelta(days=1), 3, 2), (TODAY - timedelta(days=400), 5, 3),
        ):  # fmt: skip
            session.add(
                DownloadCount(sha256=portal.sha, day=day, requests=requests, readers=readers)
            )


def test_the_page_of_a_publication_tells_the_readers_of_whole_days(portal, earlier):
    page = portal.get("/ksiazka").html.select_one(".download .meta").get_text()
    assert "pobrano 5 razy" in page


def test_editors_see_files_by_month_and_take_a_table(portal, earlier):
    editor = portal.log_in(portal.person(Role.EDITOR))
    page = editor.get("/redakcja/pobrania")
    assert page.html.select_one("tbody a")["href"] == "/plik"
    old = TODAY - timedelta(days=400)
    then = editor.get(f"/redakcja/pobrania?miesiac={old:%Y-%m}").html.select("tbody td")
    assert [cell.get_text() for cell in then] == ["5", "3"]
    table = editor.get("/redakcja/pobrania/tabela.csv").body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
    assert rows[-1] == [f"{old:%Y-%m}", "'=Plik", "/plik", portal.sha, "5", "3"]
    assert sum(int(row[4]) for row in rows) == 58


def test_an_empty_desk_says_so(portal):
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert editor.get("/redakcja/pobrania?miesiac=nic").html.select(".empty")
