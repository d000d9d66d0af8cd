"""``wielkopolskaes roles``: who may do what, and where."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts import roles
from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, Refusal
from wielkopolskaes.cli.wording import find_person, find_section, grant_words, refusals
from wielkopolskaes.db import work
from wielkopolskaes.tree.models import Node


def run(args: argparse.Namespace) -> int:
    """Do one deed in one transaction."""
    with open_portal(args) as registry, refusals(), work(registry) as session:
        _DEEDS[args.deed](session, args)
    return FINE


def _found(session: Session, args: argparse.Namespace) -> tuple[Person, Node | None]:
    return find_person(session, args.email), find_section(session, args.section)


def _grant(session: Session, args: argparse.Namespace) -> None:
    person, section = _found(session, args)
    roles.grant(session, person, args.role, section, datetime.now(UTC))
    print(f"{person.name} is now {grant_words(args.role, section)}; their logins have ended.")


def _withdraw(session: Session, args: argparse.Namespace) -> None:
    person, section = _found(session, args)
    node_id = section.id if section is not None else None
    held = [g for g in person.grants if (g.role, g.node_id) == (args.role, node_id)]
    if not held:
        raise Refusal(f"{person.name} is not {grant_words(args.role, section)}.")
    roles.withdraw(session, held[0])
    print(f"{person.name} is no longer {grant_words(args.role, section)}; their logins have ended.")


def _list(session: Session, args: argparse.Namespace) -> None:
    query = (
        select(Person, RoleGrant.role, Node)
        .join(RoleGrant.person)
        .outerjoin(Node, Node.id == RoleGrant.node_id)
        .where(Person.email != "")
        .order_by(Person.name, Person.id, RoleGrant.role, Node.path)
    )
    for person, role, section in session.execute(query):
        print(f"{person.email:32}  {person.name:28}  {grant_words(role, section)}")


_DEEDS: dict[str, Callable[[Session, argparse.Namespace], None]] = {
    "grant": _grant,
    "withdraw": _withdraw,
    "list": _list,
}
