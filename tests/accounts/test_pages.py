"""Every page of the account and of the administration can be opened by whoever may."""

import pytest

from wielkopolskaes.security.permissions import Role


@pytest.fixture
def boss(known, log_in):
    return log_in(known(Role.ADMINISTRATOR, name="Zofia Zarząd"))


@pytest.mark.parametrize(
    "address", ["/konto", "/konto/haslo", "/konto/potwierdz", "/konto/drugi-skladnik"]
)
def test_the_pages_of_the_account(boss, root, address):
    answer = boss.get(address)

    assert answer.status_int == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["", "/dostep", "/dostep?adres=/o-portalu", "/zamkniecie"])
def test_the_pages_of_a_person(boss, known, page, address):
    page("o-portalu")
    ewa = known(Role.AUTHOR, Role.PUBLISHER)

    assert ewa.name in boss.get(f"/redakcja/osoby/{ewa.id}{address}").text


@pytest.mark.parametrize("address", ["/redakcja/osoby", "/redakcja/osoby/nowa"])
def test_the_pages_about_people(boss, root, address):
    assert boss.get(address).status_int == 200
