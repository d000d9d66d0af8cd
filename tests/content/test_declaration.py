"""The accessibility declaration as monitoring tools read it."""

import re

import pytest

from wielkopolskaes.content.declaration.models import Declaration

ALWAYS = (
    "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja",
    "a11y-data-aktualizacja", "a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt",
    "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-architektura", "a11y-komunikacja",
    "a11y-aplikacje",
)  # fmt: skip
DATES = {
    "a11y-data-publikacja": "2026-05-01",
    "a11y-data-aktualizacja": "2026-06-02",
    "a11y-data-sporzadzenie": "2026-07-03",
}
FIELDS = {
    "subject": "ROPS w Poznaniu", "scope": "Portal", "published": "2026-05-01",
    "updated": "2026-06-02", "status": "full", "prepared_on": "2026-07-03",
    "contact_name": "Anna Nowak", "email": "a@example.org", "phone": "61 856 73 43",
}  # fmt: skip


@pytest.fixture(params=["pl", "en"])
def declaration(request, browser, make, root):
    """Make a declaration with these fields and open it."""

    def declaration(**fields):
        make(Declaration, root, "deklaracja", title="Deklaracja", lang=request.param,
             **{**FIELDS, **fields})  # fmt: skip
        return browser.get("/deklaracja").html

    return declaration


@pytest.mark.parametrize("status", ["full", "partial", "none"])
def test_every_mandatory_part_is_there_exactly_once(declaration, status):
    page = declaration(status=status, exceptions="<p>Filmy bez napisów.</p>")

    found = {id_: len(page.find_all(id=id_)) for id_ in ALWAYS}
    assert found == dict.fromkeys(ALWAYS, 1)
    assert [id_ for id_ in ALWAYS if not page.find(id=id_).get_text().strip()] == []


def test_dates_are_for_machines_too(declaration):
    page = declaration()

    found = {id_: page.find("time", id=id_)["datetime"] for id_ in DATES}
    assert found == DATES
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in found.values())


def test_a_review_has_its_date(declaration):
    page = declaration(reviewed_on="2027-03-31")

    assert page.find("time", id="a11y-data-przeglad")["datetime"] == "2027-03-31"


def test_before_the_first_review_there_is_no_date_of_it(declaration):
    assert declaration().find(id="a11y-data-przeglad") is None


def test_the_three_statuses_read_differently(browser, make, root):
    texts = set()
    for status in ("full", "partial", "none"):
        make(Declaration, root, status, title="D", **{**FIELDS, "status": status,
             "exceptions": "<p>Filmy.</p>"})  # fmt: skip
        texts.add(browser.get(f"/{status}").html.find(id="a11y-status").get_text())
    assert len(texts) == 3


def test_what_is_not_accessible_is_said(declaration):
    page = declaration(status="partial", exceptions="<ul><li>Filmy bez napisów.</li></ul>")

    assert "Filmy bez napisów." in page.main.get_text().replace("\xa0", " ")


def test_contact_details_can_be_used(declaration):
    page = declaration()

    assert page.find(id="a11y-email")["href"] == "mailto:a@example.org"
    assert page.find(id="a11y-telefon")["href"] == "tel:+48618567343"
    assert page.find(id="a11y-url")["href"] == "http://localhost/"
