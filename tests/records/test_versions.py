"""What a record said before: kept by the change itself, found by its day, and taken away."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from tests.content.items import publish
from tests.databases import KINDS
from tests.newsroom.desks import PLAIN, searched_desk
from wielkopolskaes.clock import day_of
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state, restrict, trash
from wielkopolskaes.tree.states import State

NOW = datetime.now(UTC)
BEGAN = NOW - timedelta(days=30)
DAY = day_of(BEGAN).isoformat()
CODES = ["ZMIANA", "SZKIC", "WYCOFANY", "KRYTY", "KOSZ", "DZIEN", "ZDJETA", "KASOWANY"]


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searched_desk(request.param, tmp_path_factory.mktemp("portal"), fill) as portal:
        fill_later(portal)
        yield portal


def values_of(code, word, **fields):
    given = {"code": code, "title": f"Wynik {word}", "essence": f"<p>Istota {word}.</p>",
             "users": ["local"], "steps": [{"title": f"krok {word}"}], "body": "", "lang": "pl",
             "law_on": "2026-05-04", "listed": "true", "related": [], "files": []}  # fmt: skip
    return {**PLAIN, "source": "Źródło", **given, **fields}


def fill(session, portal):
    make = portal.maker(session, source="Źródło")
    root = make("section", None, "", "Portal", listing="home", body="")
    base = make("section", root, "baza", "Baza", listing="results", body="")
    closed = make("section", root, "kryte", "Kryte", listing="list", body="")
    page = make("page", root, "strona", "Strona powiązana", body="")
    for node in (root, base, closed, page):
        publish(session, node)
        node.created_at = BEGAN
    for code in CODES:
        under = closed if code == "KRYTY" else base
        values = values_of(code, "pierwszy", related=["/strona"])
        node = portal.add(session, "result", under, code.lower(), "Wynik", **values)
        if code != "SZKIC":
            change_state(session, node, State.PUBLISHED, now=BEGAN)
        node.created_at = BEGAN if code != "DZIEN" else NOW
    make("publication", base, "ksiazka", "Książka pierwsza", code="P1", body="",
         publication_kind="book", link="https://example.org/")  # fmt: skip


def fill_later(portal):
    """Change what was public for thirty days, and hide some of it."""
    for code in CODES:
        change(portal, code, "drugi")
    for code in ("WYCOFANY", "KOSZ", "KRYTY"):
        with portal.work() as session:
            node = by_code(session, code)
            if code == "KRYTY":
                restrict(session, node, restricted=True, now=datetime.now(UTC))
            elif code == "KOSZ":
                trash(session, node, now=datetime.now(UTC))
            else:
                change_state(session, node, State.DRAFT, now=datetime.now(UTC))


def by_code(session, code):
    own = Node.__mapper__.polymorphic_map["result"].class_
    return session.scalar(select(own).where(own.code == code))


def change(portal, code, word, **fields):
    content_type = portal.registry.content_types["result"]
    with portal.work() as session:
        node = by_code(session, code)
        source = Source("markdown", resolver(session))
        data = read(content_type, values_of(code, word, **fields), source)
        write(session, node, content_type, data)


def versions(portal, code):
    with portal.work() as session:
        query = select(PublicVersion).where(PublicVersion.node_id == by_code(session, code).id)
        return [(each.id, each.number, day_of(each.since)) for each in session.scalars(query)]


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def test_the_old_text_is_found_by_a_day_on_which_it_held(browser):
    old = browser.get(f"/r/ZMIANA?wersja={DAY}").html
    text = old.select_one("main").get_text()
    assert old.select_one("h1").get_text() == "Wynik pierwszy"
    assert "Istota pierwszy." in text
    assert "krok pierwszy" in text
    assert "drugi" not in text
    assert "4 maja 2026" in text.replace("\xa0", " ")
    assert old.select_one('meta[name="robots"]')["content"] == "noindex"
    assert old.select_one('link[rel="canonical"]')["href"] == "http://localhost/baza/zmiana"
    assert not old.select('script[type="application/ld+json"], link[hreflang]')


def test_it_says_that_it_is_old_and_leads_to_what_stands_now(browser):
    bar = browser.get(f"/r/ZMIANA?wersja={DAY}").html.select_one(".preview-bar")
    assert [link["href"] for link in bar.select("a")] == ["/baza/zmiana", "/r/ZMIANA/wersje"]


def test_its_citation_names_the_version(browser):
    cite = browser.get(f"/r/ZMIANA?wersja={DAY}").html.select_one(".cite")
    assert f"http://localhost/r/ZMIANA?wersja={DAY}" in cite.get_text()
    assert not cite.select('a[href$=".bib"], a[href$=".pdf"]')


def test_what_it_used_then_is_shown_as_far_as_it_is_public(browser):
    page = browser.get(f"/r/ZMIANA?wersja={DAY}").html
    assert page.select('aside a[href="/strona"]')
    assert not browser.get("/baza/zmiana").html.select('aside a[href="/strona"]')


def test_any_other_day_of_a_version_leads_to_its_address(browser):
    later = day_of(BEGAN + timedelta(days=5)).isoformat()
    assert browser.get(f"/r/ZMIANA?wersja={later}", status=303).location.endswith(
        f"/r/ZMIANA?wersja={DAY}"
    )


def test_today_leads_to_the_record_itself(browser):
    today = day_of(NOW).isoformat()
    assert browser.get(f"/r/ZMIANA?wersja={today}", status=303).location.endswith("/baza/zmiana")


@pytest.mark.parametrize(
    "day", ["2001-01-01", "kiedyś", "2026-13-45", "", "2026-W01-1", "١٢٣٤-١١-١١"]
)
def test_a_day_without_a_version_is_not_found(browser, day):
    browser.get("/r/ZMIANA", {"wersja": day}, status=404)


def test_the_list_of_versions_stands_in_the_base(browser):
    page = browser.get("/r/ZMIANA/wersje").html
    assert [link["href"] for link in page.select(".crumbs a")] == ["/", "/baza", "/baza/zmiana"]


def test_the_list_names_all_versions_and_the_page_leads_to_it(browser):
    assert browser.get("/baza/zmiana").html.select('.cite a[href="/r/ZMIANA/wersje"]')
    rows = browser.get("/r/ZMIANA/wersje").html.select("tbody tr")
    assert [row.select_one("a")["href"] for row in rows] == [
        "/baza/zmiana", f"/r/ZMIANA?wersja={DAY}",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["SZKIC", "WYCOFANY", "KRYTY", "KOSZ", "NIEMA"])
def test_what_is_not_public_has_no_versions_for_anybody(portal, browser, code):
    editor = portal.log_in(portal.person(Role.EDITOR))
    for visitor in (browser, editor):
        visitor.get(f"/r/{code}?wersja={DAY}", status=404)
        visitor.get(f"/r/{code}/wersje", status=404)


def test_what_no_reader_saw_is_not_kept(portal):
    assert versions(portal, "SZKIC") == []


def test_what_a_day_both_began_and_ended_is_not_kept(portal):
    assert versions(portal, "DZIEN") == []


def test_a_save_that_changes_nothing_for_readers_makes_no_version(portal):
    before = versions(portal, "ZMIANA")
    change(portal, "ZMIANA", "drugi", listed="false")
    change(portal, "ZMIANA", "trzeci")
    assert versions(portal, "ZMIANA") == before
    change(portal, "ZMIANA", "drugi")


def test_what_is_rolled_back_leaves_nothing(portal):
    with portal.registry.dbsession_factory() as session:
        node = by_code(session, "KASOWANY")
        node.title = "Cofnięty"
        session.flush()
        session.rollback()
    assert len(versions(portal, "KASOWANY")) == 1


def test_versions_go_with_their_record(portal):
    with portal.work() as session:
        session.delete(by_code(session, "KASOWANY"))
    with portal.work() as session:
        kept = set(session.scalars(select(PublicVersion.node_id)))
        assert kept <= set(session.scalars(select(Node.id)))


def test_an_administrator_takes_a_version_away_for_good(portal, browser):
    ((id_, *_rest),) = versions(portal, "ZDJETA")
    page = f"/redakcja/wersje/{id_}"
    admin = portal.log_in(portal.person(Role.ADMINISTRATOR))
    (link,) = admin.get("/r/ZDJETA/wersje").html.select(f'a[href="{page}"]')
    assert "Wycofaj" in link.get_text()
    assert not browser.get("/r/ZDJETA/wersje").html.select(f'a[href="{page}"]')
    assert browser.get(f"/r/ZDJETA?wersja={DAY}").status_int == 200

    form = _form(admin.get(page), page)
    assert _form(form.submit(status=422), page)["reason"].value == ""
    form["reason"] = "Dane osoby <b>X</b>"
    form.submit().follow()

    gone = browser.get(f"/r/ZDJETA?wersja={DAY}", status=410)
    assert "Dane osoby &lt;b&gt;X" in gone.text
    assert "pierwszy" not in gone.text
    assert "Dane osoby" in browser.get("/r/ZDJETA/wersje").text
    with portal.work() as session:
        assert session.get(PublicVersion, id_).content == {}


def _form(page, action):
    return next(form for form in page.forms.values() if form.action == action)


def test_the_page_of_a_record_asks_nothing_for_its_versions(portal, browser):
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(portal.registry.engine, "before_cursor_execute", count)
    try:
        browser.get("/baza/zdjeta?x=1")
    finally:
        event.remove(portal.registry.engine, "before_cursor_execute", count)
    assert not [statement for statement in asked if "public_version" in statement]
