"""Results side by side: what differs is said in words, and nothing hidden is shown."""

import pytest

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.results.comparing import codes_in
from wielkopolskaes.results.models import Result

PRICED = {"cost_min": "1000", "cost_max": "2500", "price_year": "2007"}


def fill(session, portal):
    make = portal.maker(session, source="Źródło")
    root = make("section", None, "", "Portal", listing="home")
    base = make("section", root, "baza", "Baza", listing="results")
    other = make("section", root, "inne", "Inne", listing="list")
    steps = [{"title": "Lider", **PRICED}, {"title": "Miejsce", **PRICED}, {"title": "Umowa"}]
    results = [
        make("result", base, f"r{n}", f"Rezultat {n}", code=f"R{n}", users=["local"],
             result_kind=kind, **more)
        for n, kind, more in (
            (1, "model", {"steps": steps}), (2, "tool", {}), (3, "model", {}), (4, "model", {}),
            (5, "model", {"conditions": "<p>Kanarek</p>"}),
        )
    ]  # fmt: skip
    for node in (root, base, other, *results):
        publish(session, node)
    make("result", base, "szkic", "Kanarek", code="SZKIC", users=["firm"])


portal = portal_of(fill)


def ask(portal, *codes, base="/baza", status=200):
    portal.browser.reset()
    return portal.browser.get(f"{base}/porownaj", [("r", code) for code in codes], status=status)


def rows(answer):
    return {row.th.contents[0].strip(): row for row in answer.html.select("table.compare tbody tr")}


def test_the_list_leads_to_the_comparison(portal):
    page = portal.browser.get("/baza")
    boxes = page.html.select("input[name=r]")
    form = page.html.find(id="porownaj")
    assert {box["form"] for box in boxes} == {"porownaj"}
    assert form["action"] == "/baza/porownaj"
    assert len(boxes) == 5


def test_what_differs_is_marked_in_words_and_what_is_alike_is_not(portal):
    found = rows(ask(portal, "R1", "R2"))
    assert "różne" in found["Rodzaj rezultatu"].th.get_text()
    assert "różne" not in found["Kto może skorzystać"].th.get_text()
    cells = found["Rodzaj rezultatu"].select("td")
    assert [cell.get_text()[len("Rezultat 1") :].strip() for cell in cells] == [
        "model",
        "narzędzie",
    ]


def test_costs_are_added_up_as_far_as_they_are_known(portal):
    cell = rows(ask(portal, "R1", "R2"))["Koszt kroków"].td.get_text().replace("\xa0", " ")
    assert "2 000–5 000 PLN (2007), znany dla 2 z 3 kroków" in cell


def test_the_order_is_that_of_the_address(portal):
    heads = ask(portal, "R3", "R1").html.select("thead th a")
    assert [head["href"] for head in heads] == ["/baza/r3", "/baza/r1"]


def test_hidden_and_unknown_codes_are_named_and_the_rest_is_compared(portal):
    answer = ask(portal, "R1", "SZKIC", "NIC", "R2", "<script>")
    assert len(answer.html.select("thead th")) == 2
    assert "SZKIC, NIC" in answer.html.select_one(".notice").get_text().replace("\xa0", " ")
    assert "Kanarek" not in answer.text
    assert "script>" not in answer.html.main.decode()


def test_above_four_the_rest_is_left_out_and_said(portal):
    answer = ask(portal, "R1", "R2", "R3", "R4", "R5", "R1")
    assert len(answer.html.select("thead th")) == 4
    assert "R5" in answer.html.select_one(".notice").get_text()
    assert "Kanarek" not in answer.text


@pytest.mark.parametrize(("codes", "status"), [((), 200), (("R1",), 200), (("SZKIC",), 404)])
def test_too_few_are_asked_for_more(portal, codes, status):
    answer = ask(portal, *codes, status=status)
    assert not answer.html.select("table")
    assert answer.html.find("a", href="/baza?typ=result")


def test_a_section_of_something_else_leads_to_its_page(portal):
    assert ask(portal, "R1", base="/inne", status=303).location.endswith("/inne")


def test_the_comparison_follows_a_change(portal):
    assert "Nowa nazwa" not in ask(portal, "R3", "R4").text
    with portal.work() as session:
        session.get(Result, portal.at("/baza/r4")).title = "Nowa nazwa"
    assert "Nowa nazwa" in ask(portal, "R3", "R4").text.replace("\xa0", " ")


def test_codes_are_read_once_each_and_junk_is_left_out():
    assert codes_in(["d0104", "D0104", "", "x y", "'", "A" * 31, "\0"]) == ["D0104"]
