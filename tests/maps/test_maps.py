"""Maps of counties: each number is that of the list it leads to, for whoever looks."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event

from tests.content.items import publish
from tests.databases import KINDS
from tests.newsroom.desks import searched_desk
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.territory import counties

FIELDS = {"in_menu": "false", "in_footer": "false", "author": "", "body": "", "source": "Źródło"}
BLANK = {
    "section": {},
    "result": {"settings": [], "components": [], "steps": [], "law": "unknown", "law_on": "",
               "verified_on": "", "theme": ""},
    "partnership": {"partners": [], "starts": "2005", "ends": "", "verified_on": ""},
    "adoption": {"adopted_on": "2020", "organisation": "", "organisation_kind": ""},
}  # fmt: skip
# Kind, slug, areas, users: the last one is a draft, in a county where nothing else is.
RECORDS = [
    ("result", "r1", ["3064", "3021"], ["local"]),
    ("result", "r2", ["3064", "30"], ["ngo"]),
    ("result", "r3", ["3064", "3003"], ["ngo"]),
    ("partnership", "p1", ["3064", "3010", "12"], None),
    ("partnership", "p2", [], None),
    ("partnership", "p3", ["3064", "3061"], None),
    ("result", "szkic", ["3031", "3064"], ["ngo"]),
]
STORIES = [("w1", "3003011"), ("w2", "3003"), ("w3", "32"), ("szkic", "3020")]


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searched_desk(request.param, tmp_path_factory.mktemp("portal"), fill) as portal:
        yield portal


def fill(session, portal):
    def make(kind, under, slug, *, public=True, **fields):
        title = fields.pop("title", slug or "Portal")
        values = {**FIELDS, **BLANK[kind], "title": title, "lead": "", **fields}
        node = portal.add(session, kind, under, slug, slug or "portal", **values)
        if public:
            publish(session, node)
        return node

    root = make("section", None, "", listing="home")
    base = make("section", root, "baza", listing="results", title="Baza", nav_title="")
    told = make("section", base, "wdrozenia", listing="adoptions", title="Wdrożenia", nav_title="")
    make("section", root, "inne", listing="list")
    results = {}
    for kind, slug, areas, users in RECORDS:
        extra = {"users": users, "essence": "Istota."} if users else {"administrator": "Gmina"}
        results[slug] = make(kind, base, slug, code=slug.upper(), areas=areas,
                             public=slug != "szkic", **extra)  # fmt: skip
    for slug, area in STORIES:
        make("adoption", told, slug, area=area, result=results["r1"].path, public=slug != "szkic")


def numbers(page):
    """Read the list and the map: addresses and numbers, by whom they are told."""
    listed = {row.a["href"]: int(row.select_one(".n").get_text())
              for row in page.html.select(".counted li")}  # fmt: skip
    drawn = {link["href"]: int(re.search(r": (\d+)", link["aria-label"])[1])
             for link in page.html.select("svg.county-map a")}  # fmt: skip
    return listed, drawn


def code_in(href, parameter):
    return parse_qs(urlsplit(href).query)[parameter][0]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/baza/mapa", "obszar"),
        ("/baza/mapa?typ=result", "obszar"),
        ("/baza/mapa?uzytkownik=ngo&uzytkownik=local&typ=result", "obszar"),
        ("/baza/mapa?obszar=3003&kolejnosc=najnowsze", "obszar"),
        ("/baza/mapa?q=istota", "obszar"),
        ("/baza/wdrozenia/mapa", "powiat"),
    ],
)
@pytest.mark.parametrize("role", [None, Role.EDITOR])
def test_every_number_is_that_of_the_list_it_leads_to(portal, address, parameter, role):
    app = portal.log_in(portal.person(role)) if role else portal.stranger()
    listed, drawn = numbers(app.get(address))
    assert drawn
    for href, count in (*listed.items(), *drawn.items()):
        assert len(app.get(href).html.select(".hit")) == count
    inside = {href: n for href, n in listed.items() if code_in(href, parameter) in counties()}
    assert drawn == inside


def test_the_map_shows_all_counties_whichever_the_list_was_narrowed_to(portal):
    whole, narrowed = portal.get("/baza/mapa"), portal.get("/baza/mapa?obszar=3003")
    assert numbers(whole) == numbers(narrowed)


def test_other_choices_stay_and_can_be_taken_back_on_the_map(portal):
    page = portal.get("/baza/mapa?typ=partnership")
    listed, _ = numbers(page)
    assert listed == {
        "/baza?typ=partnership&obszar=3061": 1,
        "/baza?typ=partnership&obszar=3010": 1,
        "/baza?typ=partnership&obszar=3064": 2,
        "/baza?typ=partnership&obszar=30": 2,
        "/baza?typ=partnership&obszar=12": 1,
    }
    assert page.html.select_one("main a.tag")["href"] == "/baza/mapa"
    back = page.html.select("main .actions a")[-1]
    assert back["href"] == "/baza?typ=partnership"


def test_the_list_leads_to_its_map_as_it_is_narrowed(portal):
    links = portal.get("/baza?typ=result&obszar=3064").html.select("main .asking a")
    assert links[-1]["href"] == "/baza/mapa?typ=result&obszar=3064"
    assert portal.get("/baza/wdrozenia").html.select('main a[href="/baza/wdrozenia/mapa"]')


def test_a_draft_puts_no_county_on_the_map_of_a_stranger(portal):
    for address, secret in (("/baza/mapa", "3031"), ("/baza/wdrozenia/mapa", "3020")):
        page = portal.get(address)
        assert secret not in str(page.html.main)
        assert "szkic" not in page.text
        editor = portal.log_in(portal.person(Role.EDITOR))
        assert secret in str(editor.get(address).html.main)
        # What an editor sees is kept for nobody else.
        assert secret not in str(portal.get(address).html.main)


def test_counties_without_entries_are_named_and_lead_nowhere(portal):
    page = portal.get("/baza/mapa").html
    without = page.select_one(".without").get_text().replace("\xa0", " ")
    assert "30 powiatów bez wpisów" in without
    assert "powiat złotowski" in without
    shapes = page.select("figure > svg path")
    assert len(shapes) == len(counties())
    assert len([shape for shape in shapes if shape.find_parent("a")]) == 5


def test_the_maps_of_all_databases_lead_to_each_other(portal):
    tabs = {link.get_text(): (link["href"], link.get("aria-current"))
            for link in portal.get("/baza/wdrozenia/mapa").html.select("main .tabs a")}  # fmt: skip
    assert tabs == {"Baza": ("/baza/mapa", None), "Wdrożenia": ("/baza/wdrozenia/mapa", "page")}


def test_the_darker_a_county_the_more_it_has_and_the_legend_says_so(portal):
    page = portal.get("/baza/mapa").html
    classes = {link["aria-label"]: link["class"][0] for link in page.select("figure > svg a")}
    assert classes["miasto Poznań: 5 wpisów"] == "shade-3"
    assert classes["powiat gnieźnieński: 1 wpis"] == "shade-1"
    said = [item.get_text().strip() for item in page.select(".shades li")]
    assert said == ["1", "5–14"]


def test_sections_that_are_no_database_lead_to_their_page(portal):
    assert portal.get("/inne/mapa").location.endswith("/inne")
    assert portal.get("/mapa").location.endswith("/")


def test_without_an_index_the_page_says_so(portal, tmp_path, monkeypatch):
    from wielkopolskaes.search.index import Index

    monkeypatch.setattr(portal.registry, "search", Index(tmp_path))
    page = portal.get("/baza/mapa?bez=indeksu").html
    assert page.select(".notice")
    assert not page.select("figure")


def test_the_map_is_made_with_few_queries_and_kept(portal):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    # Menus and footer are every page's, and kept from then on.
    portal.get("/inne")
    event.listen(portal.registry.engine, "before_cursor_execute", note)
    try:
        portal.get("/baza/mapa?nowy=1")
        assert len(seen) <= 8
        portal.get("/baza/mapa")
        del seen[:]
        portal.get("/baza/mapa")
        assert seen == []
    finally:
        event.remove(portal.registry.engine, "before_cursor_execute", note)
