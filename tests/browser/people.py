"""Somebody who is logged in, for the running portal: a person and a login put into its database."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.db import make_engine
from wielkopolskaes.settings import DEVELOPMENT_SECRET


def cookie_of(var, portal, role, name="Ewa Próba"):
    """Make a person with a role everywhere; return the cookie of their login for a profile."""
    token, now = tokens.new_token(), datetime.now(UTC)
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    with Session(engine) as session, session.begin():
        person = Person(email=f"{token[:12].lower()}@example.org", name=name, password_hash="!",
                        password_set_at=now)  # fmt: skip
        person.grants.append(RoleGrant(role=role, node_id=None))
        session.add(person)
        session.flush()
        session.add(
            Login(
                digest=tokens.digest_of(token), person_id=person.id, complete=True,
                second_factor=True, created_at=now, confirmed_at=now,
                expires_at=now + tokens.LONGEST,
            )
        )  # fmt: skip
    engine.dispose()
    value = sessions.cookie_value(DEVELOPMENT_SECRET, token, now)
    return {"name": "sesja", "value": value, "domain": urlsplit(portal).hostname, "path": "/"}
