"""What readers open among results reaches the editors' report; nobody waits, nothing is left."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from sqlalchemy.orm import Session

from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, in_three_colours, violations
from tests.browser.test_privacy import STORED
from wielkopolskaes.clock import day_of
from wielkopolskaes.db import make_engine
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.security.permissions import Role

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
REPORT = "/redakcja/wyszukiwania"
TRIES = 200


def beacons(tab):
    """Collect what the page tells about clicks: the place, and the answer."""
    found = []
    tab.context.on("request", lambda request: found.append(request) if is_click(request) else None)
    return found


def is_click(request):
    return request.url.endswith("/szukaj/klik")


def results(tab, portal):
    """Find something; without an index, which a portal makes as it begins, nothing is counted."""
    for _ in range(TRIES):
        tab.goto(f"{portal}/szukaj?q=ekonomia")
        if not tab.locator(".notice").count():
            break
    return tab.locator(".hit h2 a")


def test_the_first_result_opened_is_told_with_its_place_and_no_cookie(reader, portal):
    tab = reader(user_agent=FIREFOX).new_page()
    told, links = beacons(tab), results(tab, portal)
    # The page itself is left and may hear of nothing any more.
    with tab.context.expect_event("request", is_click) as sent:
        links.nth(2).click()

    assert "miejsce=3" in sent.value.post_data
    assert "cookie" not in sent.value.all_headers()
    again = tab.request.post(sent.value.url, form=dict(parse_qsl(sent.value.post_data)))
    assert again.status == 204
    assert "/szukaj" not in tab.url
    assert len(told) == 1
    assert tab.evaluate(STORED) == [0, 0, 0, 0]
    assert tab.context.cookies() == []


def test_a_result_opened_by_keyboard_beside_the_page_is_told_once(reader, portal):
    tab = reader(user_agent=FIREFOX).new_page()
    told, links = beacons(tab), results(tab, portal)
    with tab.context.expect_event("request", is_click):
        links.nth(0).focus()
        tab.keyboard.press("Control+Enter")
    links.nth(1).click(button="middle")

    assert ["miejsce=1" in each.post_data for each in told] == [True]


def test_who_asks_not_to_be_tracked_has_nothing_to_tell(reader, portal):
    tab = reader(user_agent=FIREFOX, extra_http_headers={"Sec-GPC": "1"}).new_page()
    told, links = beacons(tab), results(tab, portal)
    links.nth(0).click()
    tab.wait_for_load_state("networkidle")

    assert told == []


@pytest.fixture(scope="module")
def counted(portal, var):
    """Rows of each kind of list, a long query among them."""
    numbers = {"votes": 0, "narrowed": 1, "deeper": 1, "deepest": 2}
    where = {"day": day_of(datetime.now(UTC)), "lang": "pl", "surface": ""}
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    with Session(engine) as session, session.begin():
        session.add_all(
            SearchCount(digest=name * 32, words=words, hits=hits, asked=9, zero=zero, clicks=clicks,
                        first=0, low=clicks, ranks=9 * clicks, **numbers, **where)
            for name, words, hits, zero, clicks in (
                ("a", "spoldzielnia socjalny …", 0, 9, 0), ("b", "x" * 60, 120, 0, 4),
            )
        )  # fmt: skip
    engine.dispose()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_report_breaks_no_rule(reader, portal, var, counted, size):
    profile = reader(bypass_csp=True, viewport=size)
    profile.add_cookies([cookie_of(var, portal, Role.EDITOR)])
    tab = profile.new_page()
    found = {}
    for address in (f"{REPORT}?okres=7", f"{REPORT}?okres=90"):
        tab.goto(f"{portal}{address}")
        assert tab.locator("tbody tr").count() >= 4
        tab.locator("summary").click()
        tab.evaluate(AXE)
        for colours, rules in in_three_colours(tab):
            found[address, colours] = violations(tab, rules)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert {page: broken for page, broken in found.items() if broken} == {}
