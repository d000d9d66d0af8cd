"""Records of the results base: on their pages, as files, and whole lists of them."""

import csv
import io
import json
from io import BytesIO

import pytest
import rispy
from openpyxl import load_workbook
from pybtex.database import parse_string
from sqlalchemy import event

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.security.permissions import Role

TITLES = [f"Wynik {n:02}" for n in range(25)]


def fill(session, portal):
    make = portal.maker(session, source="Źródło")
    root = make("section", None, "", "Portal", listing="home", body="")
    base = make("section", root, "baza", "Baza", listing="results", body="")
    plain = make("section", root, "dzial", "Dział", listing="list", body="")
    project = make(
        "partnership", base, "p1", "=HYPERLINK(1)", code="D0104", number="D0104", theme="D",
        administrator="Fundacja Barka", starts="2005-07", body="",
    )  # fmt: skip
    secret = make("partnership", base, "p2", "Tajny", code="TAJNY", administrator="Nikt", body="")
    public = [root, base, plain, project]
    for n, title in enumerate(TITLES):
        public.append(make(
            "result", base, f"r{n}", title, code=f"R{n:02}", theme="D" if n % 2 else "A",
            essence="Istota.", full_name="", users=["local"], body="",
            project=(secret if n == 0 else project).path,
        ))  # fmt: skip
    book = {"code": "P1", "publication_kind": "book", "link": "https://example.org/", "body": ""}
    public += [
        make("publication", root, "ksiazka", "Książka", **book),
        make("publication", root, "the-book", "Książka", lang="en", title_lang="pl", **book),
    ]
    for node in public:
        publish(session, node)
    make("result", base, "szkic", "Wynik tajny", code="SZKIC", essence="Tajne", users=["firm"],
         body="")  # fmt: skip


portal = portal_of(fill)


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def rows(answer):
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))


def titles(answer):
    return [row[2] for row in rows(answer)[1:]]


def test_a_page_says_how_to_cite_it(browser):
    page = browser.get("/baza/p1").html
    lines = page.select_one(".cite").get_text().replace("\xa0", " ")
    assert "http://localhost/e/D0104" in lines
    assert "Wersja" in lines
    assert "dostęp:" in lines
    assert [link["href"] for link in page.select(".cite a")] == [
        "/e/D0104.pdf",
        "/e/D0104.bib", "/e/D0104.ris", "/e/D0104.csl.json", "/e/D0104/wersje",
    ]  # fmt: skip


def test_the_page_of_a_draft_offers_no_citation(portal):
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert not editor.get("/baza/szkic").html.select(".cite")


MEDIA = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize("suffix", MEDIA)
def test_files_have_their_types_and_names_and_are_not_sent_twice(browser, suffix):
    answer = browser.get(f"/e/D0104.{suffix}")
    assert answer.content_type == MEDIA[suffix]
    assert f'filename="e-D0104.{suffix}"' in answer.headers["Content-Disposition"]
    again = browser.get(f"/e/D0104.{suffix}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_int == 304


def test_files_name_the_leader_and_the_permanent_address(browser):
    (entry,) = parse_string(browser.get("/e/D0104.bib").text, "bibtex").entries.values()
    assert entry.persons["author"][0].last_names == ["{Fundacja Barka}"]
    (ris,) = rispy.loads(browser.get("/e/D0104.ris").body.decode())
    assert (ris["urls"], ris["year"]) == (["http://localhost/e/D0104"], "2005")
    (csl,) = json.loads(browser.get("/e/D0104.csl.json").body)
    assert csl["URL"] == "http://localhost/e/D0104"


@pytest.mark.parametrize("address", ["/r/SZKIC.bib", "/e/TAJNY.ris", "/r/D0104.bib", "/z/A.bib"])
def test_nothing_public_has_no_citation(portal, browser, address):
    browser.get(address, status=404)
    portal.log_in(portal.person(Role.EDITOR)).get(address, status=404)


def test_a_record_names_nothing_that_readers_may_not_see(browser):
    answer = browser.get("/r/R00.bib")
    assert "Nikt" not in answer.text
    assert "TAJNY" not in browser.get("/baza/lista.json?q=Wynik").text


def test_a_list_is_taken_away_whole_and_in_its_order(browser):
    answer = browser.get("/baza/lista.csv")
    assert answer.body.startswith("\N{BYTE ORDER MARK}".encode())
    assert titles(answer) == ["'=HYPERLINK(1)", *TITLES]
    assert 'filename="baza.csv"' in answer.headers["Content-Disposition"]


def test_a_list_is_taken_away_as_it_is_narrowed(browser):
    assert titles(browser.get("/baza/lista.csv?temat=A&typ=result&strona=2")) == TITLES[::2]
    assert titles(browser.get("/baza/lista.csv?q=hyperlink")) == ["'=HYPERLINK(1)"]
    assert titles(browser.get("/baza/lista.csv?q=nicniema")) == []


def test_what_somebody_with_rights_takes_away_is_what_a_stranger_does(portal, browser):
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert editor.get("/baza/lista.json").json == browser.get("/baza/lista.json").json
    assert "SZKIC" not in browser.get("/baza/lista.json").text


def test_a_workbook_holds_the_same_rows(browser):
    answer = browser.get("/baza/lista.xlsx?temat=D")
    sheet = load_workbook(BytesIO(answer.body)).active
    read = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    table = rows(browser.get("/baza/lista.csv?temat=D"))
    assert read == [[cell.removeprefix("'") for cell in row] for row in table]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert not any(str(cell.value).startswith("=") and cell.data_type == "f"
                   for row in sheet for cell in row)  # fmt: skip


def test_json_has_permanent_addresses_and_relations(browser):
    found = {each["code"]: each for each in browser.get("/baza/lista.json").json}
    assert found["R01"]["permanent_address"] == "http://localhost/r/R01"
    assert found["R01"]["relations"] == ["http://localhost/e/D0104"]
    assert found["R00"]["relations"] == []


def test_links_under_the_list_keep_its_choices(browser):
    links = browser.get("/baza?temat=A&kolejnosc=najnowsze").html.select("#pobierz a")
    assert [link["href"] for link in links] == [
        f"/baza/lista.{name}?kolejnosc=najnowsze&temat=A" for name in ("csv", "xlsx", "json")
    ]
    assert not browser.get("/dzial?q=x").html.select("#pobierz")


def test_a_section_that_is_no_database_leads_to_its_page(browser):
    assert browser.get("/dzial/lista.csv", status=303).location == "http://localhost/dzial"


@pytest.mark.parametrize("asked", ["q=%00%FF", "temat=%F0", "q=" + "x" * 900, "q=%22%2A%28"])
def test_nothing_typed_breaks_a_list(browser, asked):
    assert browser.get(f"/baza/lista.csv?{asked}", expect_errors=True).status_int < 500


@pytest.fixture
def asked(portal):
    statements = []

    def note(connection, cursor, statement, *_more):
        statements.append(statement)

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    yield statements
    event.remove(portal.registry.engine, "before_cursor_execute", note)


def test_any_number_of_records_takes_the_same_number_of_queries(browser, asked):
    counts = []
    for theme in ({"temat": "A"}, {}):
        browser.get("/baza/lista.json", {"typ": "result", **theme})
        asked.clear()
        found = browser.get("/baza/lista.json", {"typ": "result", **theme}).json
        counts.append((len(found), len(asked)))
    (few, asked_for_few), (many, asked_for_many) = counts
    assert few < many
    assert asked_for_few == asked_for_many


def graph(answer):
    (script,) = answer.html.find_all("script", type="application/ld+json")
    return json.loads(script.string)["@graph"][1]


def test_search_engines_are_told_who_made_it_and_what_it_is_called(browser):
    project, result = graph(browser.get("/baza/p1")), graph(browser.get("/baza/r1"))
    assert project["@type"] == "Project"
    assert project["parentOrganization"] == [{"@type": "Organization", "name": "Fundacja Barka"}]
    assert "inLanguage" not in project
    assert result["@type"] == "CreativeWork"
    assert result["identifier"] == "http://localhost/r/R01"
    assert result["mentions"] == [{"@id": "http://localhost/e/D0104"}]


def test_a_record_about_a_work_in_another_language_is_cited_at_its_own_address(browser):
    page = browser.get("/the-book").html.select_one(".cite")
    assert "http://localhost/p/P1?lang=en" in page.get_text()
    files = [link["href"] for link in page.select("a")]
    assert {href.rpartition("?")[2] for href in files} == {"lang=en"}
    (entry,) = parse_string(browser.get("/p/P1.bib?lang=en").text, "bibtex").entries.values()
    assert entry.fields["url"] == "http://localhost/p/P1?lang=en"
    assert entry.fields["langid"] == "polish"
    assert "/p/P1?" not in browser.get("/ksiazka").html.select_one(".cite").get_text()
