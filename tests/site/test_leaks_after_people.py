"""What an administrator has read is kept for nobody else: no cache, no memo, no page made once."""

import re

import pytest

from tests.content.items import HIDDEN, ONCE_PUBLIC
from tests.databases import KINDS, own_database
from tests.newsroom.desks import Desk
from tests.site.world import World
from wielkopolskaes.security.permissions import Role

NAME, EMAIL = "Kanarka Tajemna", "kanarek@example.org"
DESK = ("/redakcja", "/redakcja/tresci", "/redakcja/pliki", "/redakcja/pliki/dostepnosc",
        "/redakcja/osoby", "/redakcja/kosz", "/redakcja/zdarzenia",
        "/redakcja/tresci/szukaj?q=tytul", "/konto")  # fmt: skip


@pytest.fixture(scope="module", params=KINDS)
def read(request, tmp_path_factory):
    """A world that the administrator has read all of, and what was on their pages."""
    folder = tmp_path_factory.mktemp("world")
    with own_database(request.param, folder) as url:
        portal = Desk(url, folder)
        world = World(portal, HIDDEN)
        app = portal.log_in(portal.person(Role.ADMINISTRATOR, NAME, EMAIL))
        addresses = [*world.addresses, *world.paths.values(), *DESK]
        texts = [app.get(address, expect_errors=True).text for address in addresses]
        yield world, "".join(texts)
        portal.close()


def test_the_administrator_has_seen_what_must_not_leak(read):
    world, text = read

    assert NAME in text
    assert len([word for word in world.words if word in text]) > len(world.words) / 2


def test_strangers_see_nothing_of_it(read):
    world, text = read
    tokens = set(re.findall(r'name="csrf_token" value="([^"]+)"', text))
    answers = {address: world.portal.get(address) for address in world.addresses}

    assert tokens
    assert world.leaks(world.addresses) == {}
    for address, answer in answers.items():
        assert not any(own in answer for own in (NAME, EMAIL, *tokens)), address
        assert "Set-Cookie" not in answer.headers, address


def test_what_was_opened_for_one_person_is_closed_to_others(read):
    world, _text = read
    answers = {
        (state, path): world.portal.get(path).status_int
        for (state, _kind), path in world.paths.items()
    }
    wanted = {(state, path): 410 if state in ONCE_PUBLIC else 404 for state, path in answers}

    assert answers == wanted


def test_pages_of_the_desk_lead_strangers_to_the_login(read):
    world, _text = read

    for address in DESK:
        answer = world.portal.get(address)
        assert (answer.status_int, NAME in answer) == (303, False), address
