"""How complete the base is: each number is that of the list it leads to, and of public records."""

import re

from sqlalchemy import event

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.results.gaps import FIELDS
from wielkopolskaes.security.permissions import Role

# What the helper would fill in.
_BOTH = {"target_groups": [], "areas": [], "verified_on": "", "theme": ""}
BLANK = {
    "section": {},
    "result": _BOTH | {"settings": [], "components": [], "conditions": "", "cost_reducers": "",
                       "evidence": "", "steps": [], "law": "unknown", "law_on": ""},
    "partnership": _BOTH | {"partners": [], "ends": "", "problem": "", "aims": ""},
}  # fmt: skip


def fill(session, portal):
    filled = portal.maker(session, source="Źródło")

    def make(kind, under, slug, **fields):
        return filled(kind, under, slug, slug or "Portal", **BLANK[kind] | fields)

    root = make("section", None, "", listing="home")
    base = make("section", root, "baza", listing="results")
    other = make("section", root, "inne", listing="list")
    project = make("partnership", base, "p1", code="P1", administrator="Gmina", starts="2005")
    whole = make(
        "result", base, "r1", code="R1", essence="Istota.", users=["local"], law="valid",
        law_on="2026-01-01", project=project.path, verified_on="2026-03-04",
        steps=[{"title": "Lider", "cost_min": "0", "price_year": "2007"}],
    )  # fmt: skip
    bare = make("result", base, "r2", code="R2", essence="Istota.", users=["ngo"],
                steps=[{"title": "Lider"}], lead="Zdanie.")  # fmt: skip
    for node in (root, base, other, project, whole, bare):
        publish(session, node)
    make("result", base, "r3", code="R3", verified_on="2026-09-09", users=["firm"])


portal = portal_of(fill)


def lines(page, kind):
    table = page.html.find(id=kind).find_parent("section")
    return {row.th.get_text(): row.select("td") for row in table.select("tbody tr")}


def test_each_field_tells_how_many_records_have_it_and_how_many_do_not(portal):
    found = lines(portal.get("/baza/kompletnosc"), "result")
    said = {field: [cell.get_text().split(" –")[0] for cell in cells]
            for field, cells in found.items()}  # fmt: skip
    assert said["Istota rozwiązania"] == ["2 (100%)", "0"]
    assert said["Kroki"] == ["2 (100%)", "0"]
    # A cost of nothing is a cost; a law that nobody has checked is no state of the law.
    assert said["Koszty kroków"] == ["1 (50%)", "1"]
    assert said["Stan prawny"] == ["1 (50%)", "1"]
    assert said["Projekt"] == ["1 (50%)", "1"]
    assert said["Pliki"] == ["0 (0%)", "2"]
    assert len(said) == len(FIELDS["result"])


def test_every_number_is_that_of_the_list_it_leads_to(portal):
    page = portal.get("/baza/kompletnosc")
    links = page.html.main.select("table.gaps a")
    assert len(links) > 10
    for link in links:
        count = int(re.match(r"\d+", link.get_text())[0])
        assert len(portal.get(link["href"]).html.select(".hit")) == count


def test_drafts_are_counted_for_nobody(portal):
    editor = portal.log_in(portal.person(Role.EDITOR))
    for page in (portal.get("/baza/kompletnosc"), editor.get("/baza/kompletnosc")):
        assert page.html.find(id="result").get_text() == "Rezultaty: 2"
        text = page.html.main.get_text().replace("\xa0", " ")
        assert "1 / 2 (50%)" in text
        assert "4 marca 2026" in text


def test_what_is_missing_is_a_choice_only_for_those_who_come_by_a_number(portal):
    assert not portal.get("/baza").html.select("input[name=brakuje]")
    narrowed = portal.get("/baza?brakuje=costs").html
    assert narrowed.select("input[name=brakuje][checked]")
    assert "Koszty kroków" in narrowed.select_one(".tags").get_text().replace("\xa0", " ")


def test_other_sections_lead_to_their_page(portal):
    assert portal.get("/inne/kompletnosc").location.endswith("/inne")
    assert portal.get("/kompletnosc").location.endswith("/")


def test_the_numbers_are_counted_with_few_queries(portal):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    try:
        portal.get("/baza/kompletnosc?nowy=1")
    finally:
        event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert len(seen) <= 12
