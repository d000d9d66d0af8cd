from datetime import UTC, datetime, timedelta

import pytest
import webtest
from hypothesis import given
from hypothesis import strategies as st

from tests.security.portals import edged
from wielkopolskaes.site.wellknown import robots_txt, security_txt

BASE = "https://www.example.pl"


@pytest.fixture
def browser():
    return webtest.TestApp(
        edged(add_views=lambda config: config.include("wielkopolskaes.site.wellknown"))
    )


def fields(text):
    return dict(line.split(": ", 1) for line in text.splitlines())


@given(st.integers(0, 50_000).map(lambda days: datetime.fromtimestamp(days * 86_399, UTC)))
def test_the_contact_for_security_never_runs_out_within_a_month(now):
    expires = datetime.fromisoformat(fields(security_txt(BASE, now))["Expires"])

    assert now + timedelta(days=30) < expires < now + timedelta(days=366)


def test_the_contact_for_security_is_ours_and_says_where_it_belongs():
    said = fields(security_txt(BASE, datetime.now(UTC)))

    assert said["Contact"] == "https://www.example.pl/kontakt"
    assert said["Canonical"] == "https://www.example.pl/.well-known/security.txt"
    assert said["Preferred-Languages"] == "pl, en"


def test_robots_find_the_site_map_and_leave_the_search_alone():
    assert robots_txt(BASE).splitlines() == [
        "User-agent: *",
        "Disallow: /szukaj",
        "Disallow: /wyglad",
        "",
        "Sitemap: https://www.example.pl/sitemap.xml",
    ]


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/security.txt"])
def test_both_are_plain_text_that_may_be_kept_for_a_day(browser, path):
    answer = browser.get(path)

    assert answer.content_type == "text/plain"
    assert answer.headers["Cache-Control"] == "max-age=86400, public"
    assert "Set-Cookie" not in answer.headers
