"""Around every page: menus, the way home, the other language, the foot."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as Picture

from tests.conftest import NOW
from tests.content.items import small_picture
from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.content.funding.models import Funding
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.media.services import add_image
from wielkopolskaes.tree.services import change_state, trash
from wielkopolskaes.tree.states import State


@pytest.fixture
def english(section):
    return section("en", listing="home", lang="en", title="Home")


def switch(answer):
    link = answer.html.select_one(".service a[hreflang]")
    return (
        link["href"],
        link["hreflang"],
        "start page" in link.get_text() or "strona główna" in (link.get_text()),
    )


def alternates(answer):
    return {
        link["hreflang"]: link["href"]
        for link in answer.html.find_all("link", rel="alternate", hreflang=True)
    }


@pytest.fixture
def pair(page, english):
    """Make a page in both languages."""
    ours = page("o-nas", title="O nas", translation_key="about")
    return ours, page("about", english, lang="en", title="About", translation_key="about")


BOTH = {"pl": "http://localhost/o-nas", "en": "http://localhost/en/about"}


def test_both_versions_of_a_page_name_each_other(browser, pair):
    assert alternates(browser.get("/o-nas")) == BOTH
    assert alternates(browser.get("/en/about")) == BOTH


def test_the_switch_leads_to_the_other_version(browser, pair):
    assert switch(browser.get("/o-nas")) == ("/en/about", "en", False)
    assert switch(browser.get("/en/about")) == ("/o-nas", "pl", False)


def test_the_switch_of_an_untranslated_page_leads_to_the_start_page_and_says_so(
    browser, page, english
):
    page("o-nas")
    page("about", english, lang="en")

    assert switch(browser.get("/o-nas")) == ("/en", "en", True)
    assert switch(browser.get("/en/about")) == ("/", "pl", True)
    assert alternates(browser.get("/o-nas")) == {}


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_a_translation_that_is_not_public_is_none(browser, page, english, state):
    page("o-nas", translation_key="about")
    page("about", english, lang="en", translation_key="about", state=state)

    assert switch(browser.get("/o-nas")) == ("/en", "en", True)
    assert alternates(browser.get("/o-nas")) == {}


def test_a_translation_taken_back_is_linked_no_more(browser, db, pair):
    change_state(db, pair[1], State.DRAFT, now=NOW)
    db.flush()

    assert switch(browser.get("/o-nas")) == ("/en", "en", True)
    assert alternates(browser.get("/o-nas")) == {}


def test_an_absent_translation_is_no_redirect(browser, db, pair):
    trash(db, pair[1], now=NOW)

    assert browser.get("/en/about", status=410).location is None
    assert browser.get("/en/o-nas", status=404).location is None


def test_the_start_pages_are_versions_of_each_other(browser, make):
    root = make(Section, None, "", listing="home", translation_key="home")
    make(Section, root, "en", listing="home", lang="en", translation_key="home")

    assert switch(browser.get("/")) == ("/en", "en", False)
    assert switch(browser.get("/en")) == ("/", "pl", False)


@pytest.mark.parametrize("address", ["/szukaj", "/mapa-serwisu"])
def test_a_page_that_is_no_item_speaks_both_languages(browser, english, address):
    assert switch(browser.get(address)) == (f"{address}?lang=en", "en", False)
    other = browser.get(f"{address}?lang=en")
    assert other.html.html["lang"] == "en"
    assert switch(other) == (address, "pl", False)


def test_a_search_keeps_its_words_in_the_other_language(browser, english):
    href, _, _ = switch(browser.get("/szukaj?q=dom+opieki"))
    other = browser.get(href)

    assert other.html.find(id="szukane")["value"] == "dom opieki"
    assert other.html.html["lang"] == "en"


@pytest.mark.parametrize(
    ("address", "lang"), [("/nie-ma", "pl"), ("/en/missing", "en"), ("/english", "pl")]
)
def test_a_missing_page_speaks_the_language_of_its_address(browser, english, address, lang):
    assert browser.get(address, status=404).html.html["lang"] == lang


def test_the_address_alone_chooses_the_language(browser, page):
    page("strona")
    answer = browser.get("/strona?_LOCALE_=en", headers={"Accept-Language": "en"})

    assert answer.html.html["lang"] == "pl"


def menu(answer):
    return {
        link.get_text().strip(): link.get("aria-current") for link in answer.html.select("#menu a")
    }


def test_a_phone_finds_an_icon_for_its_screen(browser, page):
    page("strona")
    icon = browser.get("/strona").html.select_one("link[rel=apple-touch-icon]")
    with Picture.open(BytesIO(browser.get(icon["href"]).body)) as image:
        assert (image.format, image.size) == ("PNG", (180, 180))


def test_the_menu_shows_what_is_marked_for_it(browser, section, page):
    section("b", title="Dział długo nazwany", nav_title="B", in_menu="true")
    page("a", title="A", in_menu="true")
    page("c", title="C")
    section("d", title="D", in_menu="true", state=State.DRAFT)

    assert list(menu(browser.get("/"))) == ["B", "A"]


def test_the_menu_says_where_the_reader_is(browser, section, page):
    page("strona", section("dzial", title="Dział", in_menu="true"))
    section("dzialka", title="Działka", in_menu="true")

    assert menu(browser.get("/dzial")) == {"Dział": "page", "Działka": None}
    assert menu(browser.get("/dzial/strona")) == {"Dział": "true", "Działka": None}
    assert menu(browser.get("/dzialka")) == {"Dział": None, "Działka": "page"}


def test_each_language_has_its_own_menu(browser, section, page, english):
    page("a", title="A", in_menu="true")
    page("b", english, title="B", lang="en", in_menu="true")

    assert list(menu(browser.get("/"))) == ["A"]
    assert list(menu(browser.get("/en"))) == ["B"]


def crumbs(answer):
    return [
        (step.get_text(), step.a and step.a["href"]) for step in answer.html.select(".crumbs li")
    ]


def test_crumbs_lead_from_the_start_page_to_the_page(browser, section, page):
    page("strona", section("dzial", title="Dział", nav_title="Krótko"), title="Strona")

    assert crumbs(browser.get("/dzial/strona"))[1:] == [("Krótko", "/dzial"), ("Strona", None)]
    assert crumbs(browser.get("/dzial/strona"))[0][1] == "/"
    assert crumbs(browser.get("/")) == []


def test_english_crumbs_begin_at_the_english_start_page(browser, english, page):
    page("about", english, lang="en", title="About")

    assert [href for _, href in crumbs(browser.get("/en/about"))] == ["/en", None]


def test_a_card_holds_for_everything_below_until_another_one_does(browser, make, section, page):
    under = section("dzial")
    make(Contact, under, "a", unit="Zespół pierwszy")
    make(Contact, under, "b", unit="Zespół drugi")
    inner = section("w-nim", under, contact="/dzial/a")
    page("pierwsza", inner)
    page("druga", inner, contact="/dzial/b")

    def card(path):
        return browser.get(path).html.select_one("main address strong").get_text()

    assert card("/dzial/w-nim/pierwsza") == "Zespół pierwszy"
    assert card("/dzial/w-nim/druga") == "Zespół drugi"


@pytest.fixture
def edit_root(db, registry, root):
    """Write the start page anew with references to what was made under it."""

    def edit_root(**fields):
        values = {"title": "Portal", "lang": "pl", "listing": "home", **fields}
        content_type = registry.content_types["section"]
        data = read(content_type, values, Source("html", resolver(db)))
        write(db, root, content_type, data)

    return edit_root


def test_the_foot_shows_the_contact_of_the_start_page(browser, make, root, page, edit_root):
    make(Contact, root, "sekretariat", unit="Sekretariat", phone="61 856 73 43")
    make(Contact, root, "inny", unit="Zespół")
    page("strona", contact="/inny")
    edit_root(contact="/sekretariat")

    foot = browser.get("/strona").html.footer

    assert "Sekretariat" in foot.get_text()
    assert "Zespół" not in foot.get_text()
    assert foot.find("a", href="tel:+48618567343")


def test_marks_of_the_start_page_stand_with_their_pictures_on_every_page(
    browser, db, registry, make, root, page, edit_root
):
    blob = add_image(db, registry.files, small_picture((9, 9, 9), (0, 90, 200)), "znak.png")
    make(Image, root, "emblemat", alt="Unia Europejska", sha256=blob.sha256, mime=blob.mime,
         width=blob.width, height=blob.height)  # fmt: skip
    make(Funding, root, "fundusz", programme="FEW", statement="Dofinansowane",
         marks=[{"alt": "Unia Europejska", "image": "/emblemat"}])  # fmt: skip
    page("strona")
    edit_root(funding=["/fundusz"])

    foot = browser.get("/strona").html.footer

    assert "Dofinansowane" in foot.get_text()
    assert foot.find("img", alt="Unia Europejska")


def test_there_is_no_way_to_a_language_without_a_start_page(browser, page, section):
    page("strona")
    assert 'hreflang="en"' not in browser.get("/strona").text

    section("en", lang="en", listing="home")
    assert 'href="/en" lang="en" hreflang="en"' in browser.get("/strona").text


def test_the_bulletin_of_the_office_is_linked_where_a_phone_shows_it_too(
    browser, page, registry, monkeypatch
):
    page("strona")
    assert "Biuletyn" not in browser.get("/strona").html.footer.get_text()

    portal = replace(registry.portal, bip_url="https://bip.example.org")
    monkeypatch.setattr(registry, "portal", portal)
    frame = browser.get("/strona").html

    for place in (frame.header, frame.footer):
        link = place.find("a", href="https://bip.example.org")
        assert link.get_text() == "Biuletyn Informacji Publicznej"


def test_eyes_too_see_that_the_switch_leads_to_the_start_page(browser, page, english):
    page("o-nas")
    link = browser.get("/o-nas").html.select_one(".service a[hreflang]")

    assert "(start page)" in link.get_text()
    assert link.select_one(".visually-hidden") is None
