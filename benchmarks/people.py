"""Target 2: what the same pages cost somebody who is logged in, and what the edit form weighs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from benchmarks.content import Filled, opened
from benchmarks.report import Line
from benchmarks.server import Server
from benchmarks.weight import Browser
from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.db import work
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node


def log_in(filled: Filled) -> str:
    """Make an administrator with a login and return their cookie."""
    token, now = tokens.new_token(), datetime.now(UTC)
    with opened(filled) as registry, work(registry) as session:
        person = Person(email="measured@example.org", name="Measured", password_hash="!")
        person.grants.append(RoleGrant(role=Role.ADMINISTRATOR))
        session.add(person)
        session.flush()
        session.add(
            Login(
                digest=tokens.digest_of(token), person_id=person.id, complete=True,
                second_factor=True, expires_at=now + tokens.LONGEST,
            )
        )  # fmt: skip
        # A browser takes each new cookie; a load generator does not, and this one stays new.
        last = now + timedelta(hours=1)
        return f"sesja={sessions.cookie_value(registry.portal.secret, token, last)}"


def edit_form(filled: Filled) -> str:
    """Return the address of the form of an article."""
    with opened(filled) as registry, registry.dbsession_factory() as session:
        id_ = session.scalar(select(Node.id).where(Node.path == filled.shallow[0]))
        return f"/redakcja/tresci/{id_}/edycja"


def weights(server: Server, public: str, form: str, cookie: str) -> Iterator[Line]:
    """Weigh the form for a browser that has seen a public page, as every editor's has."""
    browser = Browser(server, cookie)
    browser.visit(public)
    visit = browser.visit(form)
    yield Line("2", "edit form, HTML", len(browser.page) / 1000, "kB", 30)
    assets = (visit.bytes - browser.page_bytes) / 1000
    yield Line("2", "edit form, what it needs besides", assets, "kB", 120)
    yield Line("2", "edit form, after a public page", visit.requests, "asks", 8)
