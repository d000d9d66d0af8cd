"""From an upload to a result: a file is found through its items and through nothing else."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import undefer

from tests.content.items import FAR, LONG_AGO, NOW, publish
from tests.filetext import samples
from tests.site.world import at
from wielkopolskaes.filetext import models
from wielkopolskaes.filetext.jobs import APART, CATCH_UP
from wielkopolskaes.filetext.models import FileText, Outcome
from wielkopolskaes.filetext.process import Reading
from wielkopolskaes.filetext.queries import figures, waiting
from wielkopolskaes.filetext.services import FILE_TEXT, keep_text
from wielkopolskaes.jobs.models import Job, unfinished
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.media.models import Blob
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import restrict, trash
from wielkopolskaes.tree.states import State

HOME = "/do-pobrania"


@pytest.fixture
def place(archive):
    """Add a published document with a file that was read."""

    def place(slug, data, name="plik.pdf", state=publish, **values):
        id_ = archive.document(HOME, slug, data, name, **values)
        with archive.work() as session:
            state(session, at(session, f"{HOME}/{slug}"))
        assert False not in archive.settle()
        return id_

    return place


@pytest.fixture
def row(archive):
    """Read what is kept of the file of an item."""

    def row(slug):
        with archive.work() as session:
            sha256 = at(session, f"{HOME}/{slug}").sha256
            return session.get(FileText, sha256, options=[undefer(FileText.text)])

    return row


def test_a_document_is_found_by_the_words_of_its_file(archive, place, row):
    place("sprawozdanie", samples.pdf("Wsparto kwiaciarnię spółdzielczą."))
    page = archive.browser.get("/szukaj", {"q": "kwiaciarnia spółdzielcza"}).html

    (hit,) = page.select(".hit")
    # The mark of a text fragment would look for the words on the page, where they are not.
    assert hit.select_one("h2 a")["href"] == f"{HOME}/sprawozdanie"
    told = " ".join(hit.select_one(".in-file").get_text().split())
    assert told == "w pliku: Wsparto kwiaciarnię spółdzielczą."
    assert [mark.get_text() for mark in hit.select(".in-file mark")] == [
        "kwiaciarnię", "spółdzielczą",
    ]  # fmt: skip
    assert row("sprawozdanie").outcome == Outcome.READ


def test_what_the_page_says_itself_needs_no_file(archive, place):
    place("instrukcja", samples.pdf("Grzybnia rośnie."), body="<p>O grzybni.</p>")
    page = archive.browser.get("/szukaj", {"q": "grzybnia"}).html

    assert page.select(".hit .in-file") == []
    assert page.select_one(".hit h2 a")["href"].startswith(f"{HOME}/instrukcja#:~:text=")


def test_words_far_into_a_long_file_are_found_and_said_to_be_there(archive, place, monkeypatch):
    monkeypatch.setattr("wielkopolskaes.search.infiles.LOOKED_AT", 100)
    place("dlugi", ("wypełniacz " * 20 + "ornitologia").encode(), "d.txt")
    page = archive.browser.get("/szukaj", {"q": "ornitologia"}).html

    assert page.select_one(".hit .in-file").get_text(strip=True) == "w\xa0dalszej części pliku"


def test_a_newer_file_takes_the_place_of_the_words_of_the_older(archive, place):
    place("uchwala", samples.pdf("Stary tekst o bobrach."))
    with archive.work() as session:
        archive.put_in(session, at(session, f"{HOME}/uchwala"), samples.pdf("Nowy o łosiach."))
    archive.settle()

    assert [archive.found("bobry"), archive.found("łosie")] == [[], [f"{HOME}/uchwala"]]


def test_two_items_with_one_file_read_it_once_and_are_both_found(archive, place):
    data = samples.docx("Wspólny załącznik o pszczołach.")
    place("pierwszy", data, "a.docx")
    with archive.work() as session:
        before = session.scalar(select(func.count()).select_from(Job))
    place("drugi", data, "b.docx")

    assert sorted(archive.found("pszczoły")) == [f"{HOME}/drugi", f"{HOME}/pierwszy"]
    with archive.work() as session:
        mine = select(func.count()).select_from(Job).where(Job.kind == "file_text")
        assert session.scalar(select(func.count()).select_from(Job)) >= before
        sha256 = at(session, f"{HOME}/drugi").sha256
        assert session.scalar(mine.where(Job.key == f"file_text:{sha256}")) == 1


SECRET = samples.pdf("Poufna nazwa: szafirogród.")
HIDING = {
    "szkic": lambda session, node: None,
    "zaplanowany": lambda session, node: publish(session, node, publish_at=FAR),
    "wygasly": lambda session, node: publish(
        session, node, expires_at=LONG_AGO + timedelta(days=1)
    ),
    "w-koszu": lambda session, node: (publish(session, node), trash(session, node, now=NOW)),
}


@pytest.mark.parametrize("how", HIDING)
def test_a_file_that_no_reader_may_have_is_found_by_none(archive, place, how):
    place(how, SECRET, "tajne.pdf", state=HIDING[how])
    editor = archive.log_in(archive.person(Role.EDITOR))
    answer = archive.browser.get("/szukaj", {"q": "szafirogród"})

    assert "Poufna" not in answer.text
    assert archive.found("szafirogród") == []
    # It exists, and who may see the item finds it; what is in the trash is found by nobody.
    assert (f"{HOME}/{how}" in archive.found("szafirogród", editor)) is (how != "w-koszu")


def test_a_file_in_a_restricted_section_is_found_by_its_readers_alone(archive):
    with archive.work() as session:
        room = archive.add(session, "section", at(session, HOME), "zamknieta", "Zamknięta")
        publish(session, room)
        restrict(session, room, restricted=True, now=NOW)
    archive.document(f"{HOME}/zamknieta", "protokol", samples.pdf("Obrady o jaspisie."))
    with archive.work() as session:
        publish(session, at(session, f"{HOME}/zamknieta/protokol"))
    archive.settle()
    reader = archive.log_in(archive.person(Role.READER))

    assert archive.found("jaspis") == []
    assert archive.found("jaspis", reader) == [f"{HOME}/zamknieta/protokol"]


def test_a_file_that_was_withdrawn_a_moment_ago_shows_nothing(archive, place):
    place("chwila", samples.pdf("Ulotne zdanie o meteorze."))
    assert archive.found("meteor") == [f"{HOME}/chwila"]
    with archive.work() as session:
        trash(session, at(session, f"{HOME}/chwila"), now=NOW)

    assert archive.found("meteor") == []


def test_what_cannot_be_read_says_why_and_is_found_by_its_page(archive, place, row):
    place("zamkniety", samples.locked(samples.pdf("x")), title="Zamknięty wykaz hortensji")

    assert (row("zamkniety").outcome, row("zamkniety").text) == (Outcome.LOCKED, "")
    assert archive.found("hortensje")[0].startswith(f"{HOME}/zamkniety")


def test_a_scan_says_on_its_page_that_it_can_be_had_in_another_form(archive, place):
    address = f"{HOME}/skan"
    place("skan", samples.scan())
    assert "Ten plik nie ma warstwy tekstowej" in archive.get(address).text
    with archive.work() as session:
        archive.put_in(session, at(session, address), samples.tagged("Już z tekstem"))
    archive.settle()

    assert "Ten plik nie ma warstwy tekstowej" not in archive.get(address).text


def test_files_without_a_text_are_caught_up_with_and_so_are_those_of_an_older_version(
    archive, place, row, monkeypatch
):
    place("zalegly", samples.pdf("Zaległy tekst o wierzbie."))
    with archive.work() as session:
        session.delete(session.get(FileText, at(session, f"{HOME}/zalegly").sha256))
    _run_again(archive)
    assert row("zalegly").version == models.VERSION

    for module in ("jobs", "queries", "services"):
        monkeypatch.setattr(f"wielkopolskaes.filetext.{module}.VERSION", models.VERSION + 1)
    with archive.work() as session:
        assert at(session, f"{HOME}/zalegly").sha256 in waiting(session)
    _run_again(archive)
    assert row("zalegly").version == models.VERSION + 1
    # The others follow at their leisure: a heap of overdue work would be an alarm.
    with archive.work() as session:
        later = select(Job.run_after).where(Job.kind == FILE_TEXT, unfinished)
        due = list(session.scalars(later.order_by(Job.run_after)))
        assert len(due) == len(waiting(session)) > 1
        assert {after - before for before, after in pairwise(due)} == {APART}
        session.execute(delete(Job).where(Job.kind == FILE_TEXT, unfinished))
        session.execute(update(FileText).values(version=models.VERSION))


def _run_again(archive):
    with archive.work() as session:
        enqueue(session, CATCH_UP, {}, key=f"every:{CATCH_UP}", run_after=LONG_AGO)
    assert False not in archive.settle()


def test_a_text_is_kept_and_logged_in_one_transaction(archive, place, row):
    id_ = place("razem", samples.pdf("Pierwszy."))
    with archive.registry.dbsession_factory() as session:
        newest = session.scalar(select(func.max(SearchChange.seq)))
        sha256 = at(session, f"{HOME}/razem").sha256
        keep_text(session, sha256, Reading(Outcome.READ, text="Drugi."), now=NOW)
        session.rollback()
        assert session.scalar(select(func.max(SearchChange.seq))) == newest
    assert row("razem").outcome == Outcome.READ
    with archive.work() as session:
        keep_text(session, sha256, Reading(Outcome.READ, text="Trzeci."), now=NOW)
    with archive.work() as session:
        logged = select(SearchChange.node_id).where(SearchChange.seq > newest)
        assert list(session.scalars(logged)) == [id_]


def test_a_file_that_was_taken_away_meanwhile_keeps_no_text(archive):
    with archive.work() as session:
        keep_text(session, "0" * 64, Reading(Outcome.READ, text="Nic."), now=NOW)
    with archive.work() as session:
        assert session.get(FileText, "0" * 64) is None


def test_the_text_goes_when_no_item_shows_the_file_any_more(archive, place):
    place("odchodzi", samples.pdf("Pani Anna Nowakowska, numer 5."))
    with archive.work() as session:
        node = at(session, f"{HOME}/odchodzi")
        sha256 = node.sha256
        archive.put_in(session, node, samples.pdf("Bez nazwisk."))
    archive.settle()
    rule, now = archive.registry.retention["files.text"], datetime.now(UTC)
    with archive.work() as session:
        due = rule.due(session, now - rule.kept)
        assert due == rule.forget(session, now - rule.kept, now) > 0
    with archive.work() as session:
        assert session.get(FileText, sha256) is None
        assert session.get(Blob, sha256) is not None
        assert session.scalar(select(func.count()).select_from(FileText)) > 0


def test_figures_say_what_was_read_what_waits_and_what_failed(archive, place):
    with archive.work() as session:
        before = figures(session)
    place("czytelny", samples.pdf("Czytelny."))
    place("klodka", samples.locked(samples.pdf("y")))
    archive.document(HOME, "czeka", samples.pdf("Jeszcze nie."))
    with archive.work() as session:
        assert figures(session) == (before.read + 1, before.waiting + 1, before.failed + 1)
        assert at(session, f"{HOME}/czeka").state == State.DRAFT
    archive.settle()
