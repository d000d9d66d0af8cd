"""Cards of records for print: what they say, that everybody can read them, who gets them."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.records.cards import setting
from wielkopolskaes.records.cards.reading import blocks_of
from wielkopolskaes.records.cards.setting import Setter
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import restrict

HOSTILE = '#read("/etc/passwd") $x$ *a* _b_ `c` @d <e> \\ // ~ = #{1+1} [f] "g"'
ESSENCE = """<p>Zażółć gęślą jaźń: <strong>ważne</strong>, <em>wtrącone</em> i
<a href="https://example.org/źródło">odnośnik</a>.</p><h3>Śródtytuł</h3><ul><li>pierwszy<ul>
<li>głębiej</li></ul></li><li>drugi</li></ul><table><tr><th>Kwota</th><th>Rok</th></tr>
<tr><td>1200 zł</td><td>2007</td></tr></table><blockquote><p>Cytat.</p></blockquote>"""
CARD = {
    **dict.fromkeys(("author", "portal", "mark", "home", "address", "page"), ""),
    "lang": "pl", "title": "Dziwny", "date": [2026, 1, 1],
}  # fmt: skip
TITLE = {"kind": "heading", "level": 1, "runs": [{"text": "Dziwny"}]}
# What a process could do that still had files, a network or other programs.
DEEDS = {
    "read a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/wielkopolskaes-card-test', 'w')",
    "reach the network": "socket.socket()",
    "start a program": "subprocess.run(['true'], stdout=subprocess.PIPE)",
    "take memory": "bytes(3 * 1024 ** 3)",
}
ATTEMPT = """
import importlib.util, json, socket, subprocess, sys
spec = importlib.util.spec_from_file_location("typesetter", sys.argv[1])
typesetter = importlib.util.module_from_spec(spec)
spec.loader.exec_module(typesetter)
typesetter.bound()
outcomes = {}
for name, deed in json.loads(sys.argv[2]).items():
    try:
        eval(deed)
        outcomes[name] = "done"
    except (OSError, MemoryError):
        outcomes[name] = "refused"
print(json.dumps(outcomes))
"""


def fill(session, portal):
    make = portal.maker(session, source="Źródło")

    def result(under, code, title, **fields):
        given = {"code": code, "essence": ESSENCE, "users": ["local"], "theme": "D", "body": ""}
        return make("result", under, code.lower(), title, **given | fields)

    root = make("section", None, "", "Portal", listing="home", body="")
    base = make("section", root, "baza", "Baza", listing="results", body="")
    closed = make("section", root, "zamkniete", "Zamknięte", listing="list", body="")
    public = [
        root, base, closed,
        result(base, "D1", "System wsparcia spółdzielni", author="ROPS", steps=[
            {"title": "lider", "cost_min": "1000", "cost_max": "2500", "price_year": "2007"},
        ]),
        result(base, "D2", HOSTILE, nav_title="D2", lead=HOSTILE, essence="Istota."),
        make("partnership", base, "p1", "Projekt żłobka", code="E1", body=""),
        make("publication", base, "k1", "Książka", code="P1", publication_kind="book",
             link="https://example.org/ksiazka", body=""),
    ]  # fmt: skip
    for node in public:
        publish(session, node)
    result(base, "SZKIC", "Szkic", essence="Tajne")
    hidden = result(closed, "KRYTY", "Ukryty", essence="Tajne")
    publish(session, hidden)
    restrict(session, closed, restricted=True, now=datetime.now(UTC))


portal = portal_of(fill)


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def pdf_of(browser, address):
    answer = browser.get(address)
    assert answer.content_type == "application/pdf"
    return answer.body


def words_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tags_of(pdf):
    found = Counter()

    def walk(element):
        if not isinstance(element, pikepdf.Dictionary):
            return
        found[str(element.get("/S", ""))] += 1
        below = element.get("/K", [])
        for child in below if isinstance(below, pikepdf.Array) else [below]:
            walk(child)

    walk(pdf.Root.StructTreeRoot)
    return found


def test_a_card_is_made_for_everybody_to_read(browser):
    pdf = pikepdf.open(BytesIO(pdf_of(browser, "/r/D1.pdf")))
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "pl"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "System wsparcia spółdzielni"
        assert metadata["dc:creator"] == ["ROPS"]
    tags = tags_of(pdf)
    assert tags["/H1"] == 1
    assert tags["/H2"] > 3
    assert (tags["/Table"], tags["/TH"]) == (1, 2)
    assert all(tags[tag] for tag in ("/L", "/LI", "/Link", "/BlockQuote"))
    links = [each for page in pdf.pages for each in page.get("/Annots", [])]
    assert links
    assert all(str(link.Contents) for link in links)
    fonts = [font for page in pdf.pages for _name, font in page.Resources.Font.items()]
    described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


def test_it_says_what_the_page_says(browser):
    pdf = words_of(pdf_of(browser, "/r/D1.pdf"))
    page = browser.get("/baza/d1").html
    for each in page.select("article h2, article h3, article p, article li, article td, h1"):
        if each.find_parent(class_="no-print") is None:
            # In print an address follows the words that lead there.
            for piece in each.get_text("\n").split("\n"):
                assert " ".join(piece.split()) in pdf
    assert "Stały adres: http://localhost/r/D1 · Wersja" in pdf
    assert "odnośnik (https://example.org/" in pdf


def test_what_only_works_on_a_screen_is_left_out(browser):
    words = words_of(pdf_of(browser, "/r/D1.pdf"))
    assert "BibTeX" not in words
    assert "Karta do druku" not in words
    assert "https://example.org/ksiazka" in words_of(pdf_of(browser, "/p/P1.pdf"))


def test_what_looks_like_a_command_is_a_text(browser):
    pdf = pdf_of(browser, "/r/D2.pdf")
    told = words_of(pdf)
    for word in ("/etc/passwd", "$x$", "*a*", "_b_", "`c`", "@d", "<e>", "#{1+1}", "[f]"):
        assert told.count(word) >= 2
    assert "root:" not in told


@pytest.mark.parametrize("address", ["/e/E1.pdf", "/p/P1.pdf"])
def test_every_kind_of_record_has_a_card(browser, address):
    answer = browser.get(address)
    assert answer.headers["Content-Language"] == "pl"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{address[3:]}"'
    assert 'rel="canonical"' in answer.headers["Link"]
    assert len(answer.body) > 5_000


@pytest.mark.parametrize("code", ["SZKIC", "KRYTY", "NIEMA"])
def test_what_strangers_may_not_see_has_no_card(portal, browser, code):
    browser.get(f"/r/{code}.pdf", status=404)
    # It is passed on: not even somebody who may see the page is given one.
    portal.log_in(portal.person(Role.EDITOR)).get(f"/r/{code}.pdf", status=404)


def test_a_card_is_kept_until_its_record_changes(portal, browser):
    tag = browser.get("/e/E1.pdf").headers["ETag"]
    browser.get("/e/E1.pdf", headers={"If-None-Match": tag}, status=304)
    with portal.work() as session:
        session.get(Node, portal.at("/baza/p1")).title = "Projekt przedszkola"
    answer = browser.get("/e/E1.pdf", headers={"If-None-Match": tag})
    assert "Projekt przedszkola" in words_of(answer.body)


def test_when_too_many_are_made_the_reader_is_asked_to_come_back(portal, browser, monkeypatch):
    monkeypatch.setattr(portal.registry, "card_setter", Setter(at_once=0, wait=0))
    answer = browser.get("/r/D1.pdf?lang=en", status=503)
    assert int(answer.headers["Retry-After"]) > 0


def test_one_that_takes_too_long_is_ended_and_makes_room(monkeypatch):
    setter = Setter(at_once=1, wait=0)
    monkeypatch.setattr(setting, "WALL_SECONDS", 0)
    for _ in range(2):
        with pytest.raises(setting.NotSet, match="time"):
            setter({})


def test_the_portal_itself_does_not_load_the_typesetter(browser):
    browser.get("/r/D1.pdf")
    assert "typst" not in sys.modules


def test_within_its_bounds_the_typesetter_can_reach_nothing():
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPT, str(setting._PROGRAM), json.dumps(DEEDS)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == dict.fromkeys(DEEDS, "refused")


def table_of(*rows):
    """Read a table; returns the words of each of its columns and rows, "" where a cell goes on."""
    (table,) = blocks_of(f"<main><table>{''.join(rows)}</table></main>", "pl", lambda href: "")
    every = [*table["head"], *table["rows"]]
    assert words_of(Setter()({**CARD, "blocks": [TITLE, table]}))
    grid = [[None] * table["columns"] for _row in every]
    for number, row in enumerate(every):
        for cell in row:
            place = grid[number].index(None)
            for below in grid[number : number + cell["tall"]]:
                below[place : place + cell["wide"]] = [""] * cell["wide"]
            words = [run["text"] for block in cell["blocks"] for run in block["runs"]]
            grid[number][place] = "".join(words)
    assert not [cell for row in grid for cell in row if cell is None]
    return grid


def test_a_cell_of_several_rows_leaves_the_others_in_their_columns():
    head = "<tr><th rowspan=2>Rok<th colspan=2>Kwoty<tr><th>od<th>do"
    assert table_of(head, "<tr><td rowspan=2>2007<td>1<td>2<tr><td>3<td>4<tr><td>2008<td>5") == [
        ["Rok", "Kwoty", ""], ["", "od", "do"],
        ["2007", "1", "2"], ["", "3", "4"], ["2008", "5", ""],
    ]  # fmt: skip


def test_cells_that_would_lie_on_one_another_are_made_to_fit():
    assert table_of(
        "<tr><td>a<td rowspan=9>b<td>c<tr><td colspan=3>d<td>e<tr></tr><tr><td rowspan=2>f"
    ) == [
        ["a", "b", "c", "", ""], ["d", "", "e", "", ""], ["", "", "", "", ""],
        ["f", "", "", "", ""],
    ]  # fmt: skip


def test_no_page_is_too_odd_for_a_card():
    odd = (
        "<main><h4>Najpierw głęboko</h4><h1></h1><ul></ul><dl><dd>bez nazwy</dd></dl>"
        + "<ul><li>w głąb" * 30
        + "</ul>" * 30
        + "<table><tr><td colspan=0>a<td colspan=99999999999999999999>b"
        + "<tr><th colspan=7>c<tr></table><table></table>"
        + '<p><a href="javascript:x">skrypt</a><sub>1</sub><sup>2</sup><code>`#x`</code><br></p>'
        + '<ol start="-5"><li><table><tr><td><ol><li>w komórce</ol></table></ol>'
    )
    blocks = blocks_of(f"{odd}</main>", "pl", lambda href: "")
    words = words_of(Setter()({**CARD, "blocks": blocks}))
    for word in ("Najpierw głęboko", "w głąb", "w komórce", "`#x`", "skrypt"):
        assert word in words


def test_the_page_leads_to_its_card(browser):
    page = BeautifulSoup(browser.get("/baza/d1").body, "html.parser")
    (link,) = page.select('a[href="/r/D1.pdf"]')
    assert "PDF" in link.get_text()
