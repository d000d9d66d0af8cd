from wielkopolskaes import configure
from wielkopolskaes.db import make_engine


def test_those_who_build_the_portal_see_its_components(browser, root):
    answer = browser.get("/styleguide")

    assert len(answer.html.find_all("h1")) == 1
    assert answer.html.find_all("button")


def test_cards_are_shown_with_their_kind_as_lists_show_them(browser, root):
    told = browser.get("/styleguide").html.select(".tile .kicker")

    assert [line.get_text() for line in told][:2] == ["Projekt, 2012–2015", "Projekt, 2012"]


def test_a_map_is_shown_with_all_its_shades(browser, root):
    page = browser.get("/styleguide").html
    assert {link["class"][0] for link in page.select("figure > svg.county-map a")} == {
        "shade-1", "shade-2", "shade-3", "shade-4"
    }  # fmt: skip


def test_readers_do_not(tmp_path):
    engine = make_engine("sqlite://")
    config = configure(
        **{
            "wielkopolskaes.production": "true",
            "wielkopolskaes.var": str(tmp_path),
            "wielkopolskaes.database_url": "postgresql+psycopg://portal@127.0.0.1/portal",
            "wielkopolskaes.secret": "x" * 40,
            "wielkopolskaes.base_url": "https://example.org",
            "wielkopolskaes.mail_url": "smtp://localhost",
            "wielkopolskaes.mail_from": "portal@example.org",
            "wielkopolskaes.worker_in_process": "false",
            "db.engine": engine,
        }
    )

    assert config.introspector.get("routes", "styleguide") is None
    assert config.introspector.get("routes", "search") is not None
    engine.dispose()
