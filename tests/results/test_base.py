"""The results base: what is found in it, by what, and what a record shows."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.results.models import Result
from wielkopolskaes.results.vocabularies import TARGET_GROUPS, THEMES, USERS
from wielkopolskaes.security.permissions import Role

BASE = "/baza"


def fill(session, portal):
    make = portal.maker(session, source="Źródło")
    root = make("section", None, "", "Portal", listing="home", body="")
    base = make("section", root, "baza", "Baza", listing="results", body="")
    for node in (root, base):
        publish(session, node)
    project = make(
        "partnership", base, "p1", "Spółdzielnia w gminie", code="D0104", number="D0104",
        theme="D", areas=["3014"], target_groups=["unemployed"], body="", other_title="A Commune",
    )  # fmt: skip
    result = make(
        "result", base, "r1", "System wsparcia", code="D0104", number="D0104", theme="D",
        essence="Zakład aktywności zawodowej pomaga spółdzielniom.", users=["local", "ngo"],
        components=COMPONENTS, steps=STEPS, project=project.path, law="changed",
        law_on="2026-05-04", settings=["rural"], body="",
    )  # fmt: skip
    foreign = make(
        "partnership", base, "p2", "Together", code="A0407", number="A0407", theme="A",
        title_lang="en", body="",
    )  # fmt: skip
    page = make("page", root, "strona", "Strona", body="")
    alone = [
        make(kind, page, slug, "Poza bazą", code=slug.upper(), theme="D", essence="Istota.",
             users=["local"], body="")
        for kind, slug in (("result", "wynik"), ("partnership", "projekt"))
    ]  # fmt: skip
    # A result of which little is known, with a translation.
    bare = {"project": foreign.path, "steps": [{"title": "lider"}, {"title": "miejsce"}],
            "code": "G0001", "number": "G0001", "theme": "G", "body": ""}  # fmt: skip
    little = make("result", base, "r3", "Wynik", **bare)
    english = make("section", root, "en", "Portal", listing="home", body="", lang="en")
    twin = make("result", english, "r3", "A Result", lang="en", **bare)
    for node in (project, result, foreign, page, little, english, twin, *alone):
        publish(session, node)
    make("result", base, "r2", "Szkic", code="SZKIC", essence="Tajne", users=["firm"], theme="I",
         result_kind="tool", body="")  # fmt: skip


portal = portal_of(fill)


COMPONENTS = [
    {"title": "Partnerstwo", "text": "Od tego się zaczyna."},
    {"title": "Centrum", "text": "Prowadzi.", "needs": ["1"]},
]
STEPS = [
    {"title": "lider", "cost_min": "1000", "cost_max": "2500", "price_year": "2007"},
    {"title": "miejsce"},
]


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def codes(answer):
    return [plate.contents[0] for plate in answer.html.select(".hit .plate")]


def counts(answer, parameter):
    return {
        box["value"]: int(box.find_parent("label").select_one(".n").get_text())
        for box in answer.html.select(f"input[name={parameter}]")
    }


@pytest.mark.parametrize("words", ["spółdzielnia", "spoldzielni", "SPÓŁDZIELNIAMI"])
def test_any_form_of_a_word_finds_the_same_records(browser, words):
    assert len(codes(browser.get(BASE, {"q": words}))) == 2


def test_an_abbreviation_finds_what_it_stands_for(browser):
    answer = browser.get(BASE, {"q": "ZAZ"})
    assert [link.get_text() for link in answer.html.select(".hit h2 a")] == ["System wsparcia"]


def test_the_base_lists_what_is_public_and_counts_nothing_else(browser):
    answer = browser.get(BASE)
    assert sorted(codes(answer)) == ["A0407", "D0104", "D0104", "G0001"]
    assert counts(answer, "typ") == {"partnership": 2, "result": 2}
    assert counts(answer, "temat") == {"A": 1, "D": 2, "G": 1}


def test_what_somebody_with_rights_sees_is_counted_for_them_alone(portal, browser):
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert counts(editor.get(BASE), "typ") == {"partnership": 2, "result": 3}
    assert counts(browser.get(BASE), "typ") == {"partnership": 2, "result": 2}
    assert counts(editor.get(BASE), "typ") == {"partnership": 2, "result": 3}


def test_a_county_and_its_voivodeship_both_find_a_record(browser):
    for area in ("30", "3014"):
        assert codes(browser.get(BASE, {"obszar": area})) == ["D0104"]


def test_a_title_in_another_language_says_so(browser):
    title = browser.get(BASE, {"temat": "A"}).html.select_one(".hit h2")
    assert title["lang"] == "en"
    assert browser.get("/baza/p2").html.h1["lang"] == "en"


def test_a_result_shows_its_parts_and_what_each_needs(browser):
    page = browser.get("/baza/r1").html
    first, second = (page.select_one(f"#element-{nth}") for nth in (1, 2))
    assert "Needed by" in first.get_text() or "Potrzebny" in first.get_text()
    assert second.select_one("a[href='#element-1']").get_text() == "1. Partnerstwo"


def test_costs_are_shown_with_the_year_of_their_prices(browser):
    steps = browser.get("/baza/r1").html.select(".steps > li")
    costs = [step.select_one(".meta").get_text().replace("\xa0", " ") for step in steps]
    # First as the source has it; what we have reckoned comes after it and says of which year it is.
    assert costs == [
        "Koszt: 1 000–2 500 PLN (2007), ok. 1 800–4 500 PLN (2024)",
        "Koszt: źródło nie podaje",
    ]


def test_steps_of_which_nothing_is_known_say_so_once(browser):
    page = browser.get("/baza/r3").html
    steps = [step.get_text(strip=True) for step in page.select(".steps > li")]
    assert steps == ["lider", "miejsce"]
    assert page.get_text().replace("\xa0", " ").count("Źródło nie podaje, ile trwają") == 1


def test_a_project_shows_its_results_in_its_own_language(browser):
    links = browser.get("/baza/p2").html.select("article .contents a")
    assert [link["href"] for link in links] == ["/baza/r3"]


def test_a_narrowed_list_says_how_many_there_are(browser):
    assert browser.get(BASE, {"temat": "D"}).html.select_one("#ile").get_text() == "2 wyniki"
    assert browser.get(BASE).html.select_one("#ile") is None


def test_a_result_leads_to_its_project_and_back(browser):
    assert browser.get("/baza/r1").html.select_one("dl.facts a")["href"] == "/baza/p1"
    links = [link["href"] for link in browser.get("/baza/p1").html.select("article .contents a")]
    assert links == ["/baza/r1"]


def test_the_state_of_the_law_is_said_in_words(browser):
    tags = browser.get("/baza/r1").html.select_one(".record-head .state")
    assert "prawo się zmieniło" in tags.get_text().replace("\xa0", " ")


choices = st.fixed_dictionaries(
    {},
    optional={
        "temat": st.sampled_from([*THEMES, "X"]),
        "uzytkownik": st.sampled_from([*USERS]),
        "grupa": st.sampled_from([*TARGET_GROUPS]),
        "typ": st.sampled_from(["result", "partnership"]),
        "q": st.sampled_from(["", "spółdzielnia", "wsparcie", "gmina"]),
    },
)


@settings(max_examples=25)
@given(choices)
def test_a_count_is_what_its_choice_leads_to(portal, asked):
    answer = portal.browser.get(BASE, asked)
    for parameter in ("temat", "uzytkownik", "typ"):
        if parameter in asked:
            continue
        for value, count in counts(answer, parameter).items():
            chosen = portal.browser.get(BASE, {**asked, parameter: value})
            assert len(codes(chosen)) == count


def test_a_permanent_address_leads_to_where_the_record_stands(browser):
    assert browser.get("/r/D0104", status=303).location == "http://localhost/baza/r1"
    assert browser.get("/e/D0104", status=303).location == "http://localhost/baza/p1"


def test_a_second_record_of_one_language_cannot_take_a_code(portal):
    with portal.work() as session:
        draft = session.get(Result, portal.at("/baza/r2"))
        before = len(draft.lacks())
        draft.code = "D0104"
        assert len(draft.lacks()) == before + 1
        draft.lang = "en"
        assert len(draft.lacks()) == before
        session.rollback()


@pytest.mark.parametrize("address", ["/r/SZKIC", "/r/D9999", "/e/SZKIC", "/z/D0104"])
def test_a_permanent_address_of_nothing_public_is_not_found(browser, address):
    browser.get(address, status=404)


def test_the_page_of_a_record_is_sound(browser):
    for path in ("/baza/r1", "/baza/p1"):
        page = BeautifulSoup(browser.get(path).text, "html.parser")
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))


def test_the_tags_of_a_record_narrow_the_base_that_it_stands_in(browser):
    def tags(path):
        return [tag["href"] for tag in browser.get(path).html.select(".record-head a.tag")]

    assert tags("/baza/r1") == ["/baza?temat=D", "/baza?rodzaj=model"]
    assert tags("/baza/p1") == ["/baza?temat=D"]
    for path in ("/strona/wynik", "/strona/projekt"):
        assert tags(path) == []
        assert "D" in browser.get(path).html.select_one(".record-head .tag").get_text()
