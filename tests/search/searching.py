"""A committed portal with an index: news and pages for all, and a draft with a secret word."""

from contextlib import contextmanager

from tests.content.items import publish
from tests.databases import own_database
from tests.newsroom.desks import Desk
from wielkopolskaes.search.indexer import Indexer

FIELDS = {"in_menu": "false", "in_footer": "false", "source": "", "author": "", "lead": ""}
NEWS = [
    ("Spółdzielnia socjalna w Pile", "Pięć osób założyło firmę; dostały dotację.", 2023),
    ("Gala w Poznaniu", "Nagrodzono spółdzielnie socjalne i fundacje.", 2023),
    ("Nowe fundacje", "Powstały trzy organizacje. Wsparcie daje OWES.", 2024),
]
DRAFT = "Szkic o spółdzielniach"


class Searching(Desk):
    """The portal; `catch_up` lets the index hear of what was committed."""

    def catch_up(self):
        Indexer(self.registry).catch_up()

    def make(self, session, kind, under, slug, title, body="", **fields):
        values = {**FIELDS, "title": title, "body": f"<p>{body}</p>", **fields}
        return self.add(session, kind, under, slug, title, **values)


@contextmanager
def searching(kind, folder):
    """Open such a portal on a database of its own."""
    with own_database(kind, folder) as url:
        portal = Searching(url, folder)
        with portal.work() as session:
            _fill(session, portal)
        portal.catch_up()
        yield portal
        portal.close()


def _fill(session, portal):
    make = portal.make
    root = make(session, "section", None, "", "Portal", listing="home")
    news = make(session, "section", root, "aktualnosci", "Aktualności", listing="news")
    about = make(session, "section", root, "o-nas", "O nas", listing="pages")
    for node in (root, news, about):
        publish(session, node)
    for number, (title, body, year) in enumerate(NEWS):
        shown = f"{year}-03-0{number + 1}"
        publish(session, make(session, "article", news, f"n{number}", title, body, shown_on=shown))
    page = make(session, "page", about, "szkolenia", "Szkolenia", "Zapraszamy na warsztaty.")
    publish(session, page)
    english = make(session, "page", about, "en", "Workshops", "Join our trainings.", lang="en")
    publish(session, english)
    make(session, "page", about, "szkic", DRAFT, "Tajne słowo: kryptonim. Też: spółdzielców.")
