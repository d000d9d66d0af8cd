"""``wielkopolskaes alerts``: how many there are, and what is kept of one address."""

import argparse
from collections.abc import Callable

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.errors import BadEmail
from wielkopolskaes.accounts.services import valid_email
from wielkopolskaes.alerts import queries
from wielkopolskaes.alerts.erasing import erase_address
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import FINE, USAGE, Refusal
from wielkopolskaes.db import work


def run(args: argparse.Namespace) -> int:
    """Do one deed in one transaction, and say what came of it."""
    with open_portal(args) as registry, work(registry) as session:
        _DEEDS[args.deed](session, args, registry)
    return FINE


def _stats(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    found = queries.counts(session)
    for frequency, count in found.alerts.items():
        print(f"{frequency.value:12} {count}")
    print(f"{'waiting':12} {found.waiting}")
    print(f"{'unconfirmed':12} {found.wishes}")
    print(f"{'addresses':12} {found.readers}")


def _erase(session: Session, args: argparse.Namespace, registry: Registry) -> None:
    try:
        email = valid_email(args.email)
    except BadEmail:
        raise Refusal(f"{args.email} is no e-mail address.", USAGE) from None
    count = erase_address(session, registry.portal.secret, email, args.reason)
    print(f"Ended {count} alerts and deleted all that was kept of the address.")
    print("Backups hold it until they are deleted themselves: repeat this after restoring one.")


_DEEDS: dict[str, Callable[[Session, argparse.Namespace, Registry], None]] = {
    "stats": _stats,
    "erase": _erase,
}
