"""What an administrator has read is kept for nobody else: no cache, no memo, no page made once."""

import re
from datetime import UTC, datetime

import pytest
import webtest

from tests.content.items import HIDDEN, ONCE_PUBLIC
from tests.databases import KINDS, own_database
from tests.site.world import Portal, World
from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.security.permissions import Role

NAME, EMAIL = "Kanarka Tajemna", "kanarek@example.org"
DESK = ("/redakcja", "/redakcja/tresci", "/redakcja/pliki", "/redakcja/pliki/dostepnosc",
        "/redakcja/osoby", "/redakcja/kosz", "/redakcja/zdarzenia",
        "/redakcja/tresci/szukaj?q=tytul", "/konto")  # fmt: skip


def administrator(portal):
    """Return the browser of somebody who may see everything, behind the same page cache."""
    token, now = tokens.new_token(), datetime.now(UTC)
    with portal.work() as session:
        person = Person(email=EMAIL, name=NAME, password_hash="!")
        person.grants.append(RoleGrant(role=Role.ADMINISTRATOR))
        session.add(person)
        session.flush()
        session.add(
            Login(
                digest=tokens.digest_of(token), person_id=person.id, complete=True,
                second_factor=True, expires_at=now + tokens.LONGEST,
            )
        )  # fmt: skip
    app = webtest.TestApp(portal.browser.app, extra_environ={"HTTP_HOST": "localhost"})
    app.set_cookie("sesja", sessions.cookie_value(portal.registry.portal.secret, token, now))
    return app


@pytest.fixture(scope="module", params=KINDS)
def read(request, tmp_path_factory):
    """A world that the administrator has read all of, and what was on their pages."""
    folder = tmp_path_factory.mktemp("world")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        world = World(portal, HIDDEN)
        app = administrator(portal)
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
