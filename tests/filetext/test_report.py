"""The report of documents that some readers cannot read, and what is said where they are."""

import hashlib

import pytest

from tests.conftest import NOW
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.filetext.models import VERSION, FileText, Outcome
from wielkopolskaes.media.models import Blob
from wielkopolskaes.newsroom.files.accessible import Fault
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

REPORT = "/redakcja/pliki/dostepnosc"


@pytest.fixture
def document(db, make, section):
    """Make a document whose file was read and came to this."""
    place = section("dokumenty")

    def document(slug, state=State.PUBLISHED, **facts):
        sha256 = hashlib.sha256(slug.encode()).hexdigest()
        mime = "application/pdf"
        db.add(Blob(sha256=sha256, upload_sha256=sha256, size=2048, mime=mime, created_at=NOW))
        db.flush()
        if facts:
            db.add(FileText(sha256=sha256, read_at=NOW, **KNOWN | facts))
        return make(
            Document, place, slug, state=state, title=slug, sha256=sha256, mime=mime, size=2048,
            filename=f"{slug}.pdf",
        )  # fmt: skip

    return document


KNOWN = {
    "version": VERSION, "outcome": Outcome.READ, "detail": "", "text": "", "pages": 3,
    "pages_without_text": 0, "has_text_layer": True, "tagged": True, "title": "x", "lang": "pl",
}  # fmt: skip
SCAN = {"has_text_layer": False, "tagged": False, "pages_without_text": 3, "title": "", "lang": ""}


@pytest.fixture
def world(document):
    return {
        Fault.NO_TEXT: document("skan", **SCAN),
        Fault.UNREAD: document("klodka", outcome=Outcome.LOCKED, has_text_layer=None, tagged=None),
        Fault.UNTAGGED: document("bez-znacznikow", tagged=False),
        "good": document("dobry", tagged=True),
        "unread yet": document("nowy"),
    }


def listed(page):
    return [link.get_text() for link in page.select(".jobs h2 a")]


@pytest.mark.parametrize("fault", Fault)
def test_each_document_is_listed_under_the_worst_that_is_wrong(world, log_in, person, fault):
    page = log_in(person(Role.EDITOR)).get(REPORT, {"usterka": fault}).html

    assert listed(page) == [world[fault].title]
    assert [tab.get_text(strip=True).rpartition("(")[2] for tab in page.select(".tabs a")] == [
        "1)", "1)", "1)",
    ]  # fmt: skip
    assert page.select_one(".tabs [aria-current]")["href"].endswith(f"usterka={fault}")


def test_the_report_says_what_is_known_of_a_file_and_what_to_do(world, log_in, person):
    page = log_in(person(Role.EDITOR)).get(REPORT).html
    told = " ".join(page.select_one(".jobs li").get_text(" ", strip=True).split())

    for words in ("skan.pdf", "3 strony", "3 strony bez tekstu", "bez tytułu w pliku",
                  "Opublikowane", "tylko na własnej stronie"):  # fmt: skip
        assert words in told.replace("\xa0", " ")
    assert page.select_one(".notice").get_text(" ", strip=True).startswith("Co zrobić")
    assert page.select_one(".jobs .actions a")["href"].endswith("/plik")
    assert "1 dokument nie jest jeszcze odczytany." in page.get_text()


def test_what_readers_see_stands_first(document, log_in, person):
    document("szkic-skanu", State.DRAFT, **SCAN)
    document("jawny-skan", **SCAN)

    assert listed(log_in(person(Role.EDITOR)).get(REPORT).html) == ["jawny-skan", "szkic-skanu"]


def test_nobody_reads_there_of_documents_that_they_may_not_see(
    db, document, section, log_in, person
):
    document("tajny-szkic", State.DRAFT, **SCAN)
    trash(db, document("wyrzucony", **SCAN), now=NOW)
    elsewhere = log_in(person((Role.EDITOR, section("gdzie-indziej"))))

    answer = elsewhere.get(REPORT)
    assert "tajny-szkic" not in answer.text
    assert "(0)" in answer.html.select_one(".tabs").get_text()
    assert "wyrzucony" not in log_in(person(Role.EDITOR)).get(REPORT).text


def test_only_those_are_led_to_replace_a_file_who_may(document, log_in, person):
    document("cudzy", **SCAN)
    page = log_in(person(Role.AUTHOR)).get(REPORT).html

    assert listed(page) == ["cudzy"]
    assert page.select(".jobs .actions") == []


@pytest.mark.parametrize(
    ("odd", "status"),
    [("?usterka=x", 200), ("?usterka=", 200), ("?usterka=%ff", 400), ("?strona=99999", 404)],
)
def test_odd_addresses_are_answered(log_in, person, odd, status):
    answer = log_in(person(Role.EDITOR)).get(f"{REPORT}{odd}", expect_errors=True)

    assert answer.status_int == status


def test_who_describes_a_scan_is_told_so(world, log_in, person):
    editor = log_in(person(Role.EDITOR))
    pages = {name: editor.get(f"/redakcja/tresci/{node.id}/opis") for name, node in world.items()}

    told = {name for name, page in pages.items() if "Ten plik nie ma warstwy" in page.text}
    assert told == {Fault.NO_TEXT}


def test_the_list_of_files_leads_to_the_report(log_in, person):
    page = log_in(person(Role.AUTHOR)).get("/redakcja/pliki").html

    assert page.select_one(f'a[href="{REPORT}"]').get_text() == "Dostępność dokumentów"
