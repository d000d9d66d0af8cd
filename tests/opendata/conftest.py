"""A committed portal with records of every kind, public, never public and public once."""

from contextlib import contextmanager

import pytest

from tests.content.items import NOW, publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.search.index import Index
from wielkopolskaes.tree.services import change_state, trash
from wielkopolskaes.tree.states import State

HOSTILE = '=1+1;"<b>&]]> \N{SNOWMAN} \\'
RESULTS = [f"R{n:02}" for n in range(12)]


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


@pytest.fixture
def unindexed(portal, tmp_path):
    """Take the index away for a while, as before the first one is made."""

    @contextmanager
    def unindexed():
        search, portal.registry.search = portal.registry.search, Index(tmp_path / "none")
        try:
            yield
        finally:
            portal.registry.search = search

    return unindexed


def fill(session, portal):
    make = portal.maker(session, source="Źródło")

    def result(n, under, title="Wynik", **fields):
        return make("result", under, f"r{n}", f"{title} {n}", **{
            "code": RESULTS[n], "theme": "D" if n % 2 else "A", "essence": "Istota.",
            "full_name": "", "users": ["local"], "body": "", **fields})  # fmt: skip

    root = make("section", None, "", "Portal", listing="home", body="")
    home = make("section", root, "en", "Home", listing="home", body="", lang="en")
    base = make("section", root, "baza", "Baza", listing="results", body="")
    library = make("section", root, "biblioteka", "Biblioteka", listing="library", body="")
    for node in (root, home, base, library):
        publish(session, node)
    project = make("partnership", base, "p1", HOSTILE, code="D0104", number="D0104", theme="D",
                   administrator=HOSTILE, starts="2005-07", body="")  # fmt: skip
    publish(session, project)
    for n in range(len(RESULTS)):
        publish(session, result(n, base, project=project.path))
    publish(session, result(1, home, "Result", lang="en"))
    _books(session, make, library)
    _hidden(session, make, base)


portal = portal_of(fill, scope="package")


def _books(session, make, library):
    document = make("document", library, "plik", "Plik książki")
    publish(session, document)
    blank = dict.fromkeys(("doi", "link", "subtitle", "number_in_series", "series"), "")
    for n in range(3):
        book = make(
            "publication", library, f"k{n}", f"Książka {n}", code=f"P{n:03}", abstract="O czymś.",
            publication_kind="book", year="2014", isbn="9788389410429", publishers=["Wydawca"],
            people=[{"name": "Anna Maria Próba", "role": "author"}], languages=["pl"], issn="",
            files=[document.path], **blank,
        )  # fmt: skip
        publish(session, book)


def _hidden(session, make, base):
    """Add what nobody saw yet, what was public once, and what lies in the trash."""

    def result(code, slug):
        return make("result", base, slug, f"Tajny {code}", code=code, essence="Tajne",
                    users=["firm"], body="")  # fmt: skip

    result("SZKIC", "szkic")
    gone, thrown = result("BYLO", "bylo"), result("KOSZ", "kosz")
    for node in (gone, thrown):
        publish(session, node)
    change_state(session, gone, State.ARCHIVED, now=NOW)
    trash(session, thrown, now=NOW)
