"""The accessibility declaration can be read by a machine, and every page leads to it.

The ids follow the technical conditions for declarations, version 2.0, to the Act of 4 April 2019.
"""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.browser.test_html import html

ALWAYS = {
    "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja",
    "a11y-data-aktualizacja", "a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt",
    "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-architektura", "a11y-komunikacja",
    "a11y-aplikacje",
}  # fmt: skip
DATED = ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie")
STATUSES = ("zgodna", "częściowo zgodna", "niezgodna")


class Ids(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = Counter()
        self.feed(page)

    def handle_starttag(self, _tag, attrs):
        self.found.update(value for name, value in attrs if name == "id")


@pytest.fixture(scope="module")
def declaration(portal):
    return html(f"{portal}/deklaracja-dostepnosci").decode()


def test_every_id_of_the_rules_is_there_exactly_once(declaration):
    found = Ids(declaration).found
    assert {id_: found[id_] for id_ in ALWAYS} == dict.fromkeys(ALWAYS, 1)
    assert [id_ for id_, times in found.items() if times > 1] == []


@pytest.mark.parametrize("id_", DATED)
def test_dates_are_days_that_a_machine_reads(declaration, id_):
    assert re.search(rf'<time id="{id_}" datetime="\d{{4}}-\d\d-\d\d">', declaration)


def test_the_status_is_one_of_three(declaration):
    status = re.search(r'id="a11y-status">.*?<strong>(.*?)</strong>', declaration, re.DOTALL)
    assert status.group(1) in STATUSES


def test_every_page_leads_to_the_declaration_of_its_language(pages):
    missing = [
        name
        for name, address in pages.items()
        if b'href="/deklaracja-dostepnosci"' not in (page := html(address))
        and b'href="/en/accessibility-statement"' not in page
    ]
    assert missing == []
