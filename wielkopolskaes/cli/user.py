"""``wielkopolskaes user``: accounts of people, with the verbs that the desk uses."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts import errors, logins, services
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, Refusal
from wielkopolskaes.cli.wording import (
    find_person,
    find_section,
    grant_words,
    person_state,
    refusals,
)
from wielkopolskaes.db import work
from wielkopolskaes.settings import Settings

INVITATION = "/zaproszenie/"


def run(args: argparse.Namespace) -> int:
    """Do one deed in one transaction, and say what came of it."""
    with open_portal(args) as registry, refusals(), work(registry) as session:
        _DEEDS[args.deed](session, args, registry)
    return FINE


def invitation_link(portal: Settings, token: str) -> str:
    """Write the address that accepts an invitation."""
    return f"{portal.base_url}{INVITATION}{token}"


def _add(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    section = find_section(session, args.section)
    _person_invited, token = services.invite(
        session, email=args.email, name=args.name, lang=args.lang,
        grants=[(args.role, section)], now=datetime.now(UTC),
    )  # fmt: skip
    print(f"Invited {args.name} ({args.email}) as {grant_words(args.role, section)}.")
    _tell(registry, token)


def _tell(registry: Registry, token: str) -> None:
    print("A letter is on its way. The same link works once, for seven days:")
    print(invitation_link(registry.portal, token))


def _invite(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    person = find_person(session, args.email)
    if person.closed_at is not None or person.password_hash:
        raise Refusal(f"The account is {person_state(person)}: there is nothing to accept.")
    token = services.invite_again(session, person, datetime.now(UTC))
    print(f"Invited {person.name} once more; the link of the earlier invitation is dead.")
    _tell(registry, token)


def _list(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    now = datetime.now(UTC)
    for person in session.scalars(select(Person).where(Person.email != "").order_by(Person.name)):
        state, open_logins = person_state(person), logins.count_logins(session, person, now)
        print(f"{person.email:32}  {person.name:28}  {state}, logins: {open_logins}")


def _close(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    person = find_person(session, args.email)
    heir = find_person(session, args.to) if args.to else None
    if person.closed_at is not None:
        raise Refusal("The account is closed already.")
    try:
        items = services.close(session, person, heir=heir, now=datetime.now(UTC))
    except errors.NobodyTakesOver:
        count = services.items_in_care(session, person)
        raise Refusal(
            f"Items in the person's care: {count}. Name with --to somebody active who works "
            "on content and takes them over."
        ) from None
    print(f"Closed the account of {person.name}; items handed over: {items}.")


def _erase(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    from wielkopolskaes.retention.people import erase

    person = find_person(session, args.email)
    if person.closed_at is None:
        raise Refusal("The account is open: close it first, so that somebody takes the items over.")
    erase(session, person, now=datetime.now(UTC), reason=args.reason)
    print(f"Erased the data of person {person.id}, for good.")
    print("Make a backup now: the list beside them keeps older ones from bringing the data back.")
    print("Events keep the name they were written with for two years: they say who did what.")


def _end_logins(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    from wielkopolskaes.audit.services import record

    person = find_person(session, args.email)
    ended = logins.end_all(session, person)
    record(session, "logins.ended", person, after={"logins": ended})
    print(f"Ended {ended} logins of {person.name}.")


def _reset_factor(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    person = find_person(session, args.email)
    services.turn_off_second_factor(session, person)
    print(f"{person.name} sets up a new second factor at the next login.")


_DEEDS: dict[str, Callable[[Session, argparse.Namespace, Registry], None]] = {
    "add": _add,
    "invite": _invite,
    "list": _list,
    "close": _close,
    "erase": _erase,
    "end-logins": _end_logins,
    "reset-factor": _reset_factor,
}
