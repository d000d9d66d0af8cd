"""The library: what is found in it, by what, and what the page of a publication shows."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from tests.site.lists import counts, titles
from wielkopolskaes.content.gate import problems
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node

BASE = "/publikacje"
SERIES = "ABC spółdzielczości socjalnej"
FISE = "Fundacja Inicjatyw Społeczno-Ekonomicznych"


def fill(session, portal):
    make = portal.maker(session)

    def book(slug, title, public=True, **fields):
        empty = ("isbn", "doi", "link", "abstract", "subtitle", "series", "number_in_series")
        lists = ("people", "publishers", "languages")
        blank = {**dict.fromkeys(empty, ""), **{key: [] for key in lists}, "source": "Źródło"}
        node = make("publication", base, slug, title, **{**blank, "code": slug.upper(), **fields})
        if public:
            publish(session, node)
        return node

    root = make("section", None, "", "Portal", listing="home")
    base = make("section", root, "publikacje", "Publikacje", listing="library")
    project = make("partnership", root, "projekt", "Lisków", code="D0344", theme="D")
    scan, tagged, hidden = (
        make("document", root, slug, slug, accessible=said)
        for slug, said in (("skan", "no"), ("dostepny", "yes"), ("szkic", "unknown"))
    )
    for node in (root, base, project, scan, tagged):
        publish(session, node)
    volume = {"series": SERIES, "publishers": [FISE], "publication_kind": "book", "year": "2014"}
    cibor = [{"name": "Krzysztof Cibor", "role": "author"}]
    book("p1", "Usługi publiczne", people=cibor, link="https://example.org/p1",
         number_in_series="2", projects=[project.path], **volume)  # fmt: skip
    book("p2", "Zakupy", people=cibor, number_in_series="1", abstract="O zamówieniach.",
         files=[scan.path, tagged.path, hidden.path], **volume)  # fmt: skip
    editor = [{"name": "Anna Próba", "role": "editor"}]
    book("p3", "Raport", publication_kind="report", isbn="9788389410429", languages=["pl", "en"],
         people=editor, abstract="Badanie spółdzielni.", body="Znamy tylko opis.")  # fmt: skip
    book("p4", "Szkic", public=False, people=cibor, abstract="Tajne", **volume)


portal = portal_of(fill)


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def test_the_library_lists_what_is_public_and_counts_nothing_else(browser):
    answer = browser.get(BASE)
    assert titles(answer) == ["Raport", "Usługi publiczne", "Zakupy"]
    assert counts(answer, "rodzaj") == {"book": 2, "report": 1}
    assert counts(answer, "osoba") == {"Krzysztof Cibor": 2, "Anna Próba": 1}
    assert counts(answer, "jezyk") == {"pl": 3, "en": 1}


def test_without_an_introduction_the_list_shows_the_abstract_alone(browser):
    hits = browser.get(BASE).html.select(".hit")
    (hit,) = [hit for hit in hits if hit.h2.get_text() == "Raport"]
    assert hit.select_one(".hit-body > p").get_text() == "Badanie spółdzielni."


def test_what_is_known_of_the_files_is_that_of_the_public_ones(browser):
    answer = browser.get(BASE)
    assert counts(answer, "format") == {"pdf": 1, "www": 1}
    assert counts(answer, "dostepnosc") == {"no": 1, "yes": 1}


def test_a_row_has_the_year_the_kind_the_people_and_the_publisher(browser):
    report, first, _second = browser.get(BASE).html.select(".hit")
    assert first.select_one(".plate").contents[0] == "2014"
    assert report.select_one(".plate").contents[0].replace("\xa0", " ") == "b.r."
    assert "Krzysztof Cibor" in first.select_one(".meta").get_text()
    assert FISE in first.select_one(".meta").get_text().replace("\xa0", " ")


def test_a_series_is_one_page_with_all_its_volumes(browser):
    page = browser.get("/publikacje/p1").html
    address = page.select_one("#seria + p a")["href"]
    assert titles(browser.get(address)) == ["Usługi publiczne", "Zakupy"]
    assert SERIES in browser.get(address).html.title.get_text().replace("\xa0", " ")
    assert [link["href"] for link in page.select("#seria ~ .contents a")][:1] == ["/publikacje/p2"]


@pytest.mark.parametrize("words", ["Cibora", "978-83-89410-42-9", "spoldzielnie"])
def test_people_numbers_and_abstracts_are_found(browser, words):
    assert titles(browser.get(BASE, {"q": words}))


choices = st.fixed_dictionaries(
    {},
    optional={
        "rodzaj": st.sampled_from(["book", "report", "film"]),
        "osoba": st.sampled_from(["Krzysztof Cibor", "Nikt"]),
        "rok": st.sampled_from(["2014", "1900"]),
        "seria": st.just(SERIES),
        "dostepnosc": st.sampled_from(["yes", "no"]),
        "q": st.sampled_from(["", "zakupy", "spółdzielnia"]),
    },
)


@settings(max_examples=20)
@given(choices)
def test_a_count_is_what_its_choice_leads_to(portal, asked):
    answer = portal.browser.get(BASE, asked)
    for parameter in ("rodzaj", "osoba", "wydawca", "rok", "format", "jezyk", "dostepnosc"):
        if parameter in asked:
            continue
        for value, count in counts(answer, parameter).items():
            assert len(titles(portal.browser.get(BASE, {**asked, parameter: value}))) == count


def test_a_list_asks_no_more_of_many_than_of_one(portal, browser):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    def asked(kind):
        seen.clear()
        found = titles(browser.get(BASE, {"rodzaj": kind, "nowy": "1"}))
        return len(found), len(seen)

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    try:
        (many, of_many), (one, of_one) = asked("book"), asked("report")
    finally:
        event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert (many, one) == (2, 1)
    assert of_many == of_one <= 12


def test_a_file_says_what_it_is_before_the_click(browser):
    page = browser.get("/publikacje/p2").html
    said = [box.select_one(".meta").get_text() for box in page.select(".download")]
    assert len(said) == 2
    assert "niedostępny cyfrowo" in said[0].replace("\xa0", " ")
    assert "dostępny cyfrowo" in said[1].replace("\xa0", " ")


def test_the_page_leads_to_where_the_work_can_be_read_and_to_its_project(browser):
    links = [link["href"] for link in browser.get("/publikacje/p1").html.select("article a")]
    assert "https://example.org/p1" in links
    assert "/projekt" in links


def test_a_permanent_address_leads_to_where_the_publication_stands(browser):
    assert browser.get("/p/P1", status=303).location == "http://localhost/publikacje/p1"


@pytest.mark.parametrize("address", ["/p/P4", "/p/P9", "/r/P1"])
def test_a_permanent_address_of_nothing_public_is_not_found(browser, address):
    browser.get(address, status=404)


def test_a_file_is_enough_to_be_published(portal):
    with portal.work() as session:
        book = session.query(Publication).filter_by(code="P2").one()
        book.abstract = ""
        assert problems(book) == []
        session.rollback()


def test_a_document_that_changes_changes_what_its_publication_is_found_by(portal, browser):
    with portal.work() as session:
        session.query(Node).filter_by(path="/skan").one().accessible = "unknown"
    Indexer(portal.registry).catch_up()
    assert counts(browser.get(BASE), "dostepnosc") == {"unknown": 1, "yes": 1}


def test_the_page_of_a_publication_is_sound(browser):
    for path in ("/publikacje/p1", "/publikacje/p2", "/publikacje/p3"):
        page = BeautifulSoup(browser.get(path).text, "html.parser")
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))


def test_catalogues_know_what_the_record_says(portal):
    content_type = portal.registry.content_types["publication"]
    with portal.work() as session:
        book = session.query(Publication).filter_by(code="P3").one()
        record = content_type.record(book, {}, str)
        assert (record.permanent, record.isbn) == ("/p/P3", "978-83-89410-42-9")
        assert [(who.name, who.role) for who in record.contributors] == [("Anna Próba", "editor")]
