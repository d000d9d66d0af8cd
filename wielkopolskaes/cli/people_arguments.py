"""The verbs about people: `user` and `roles`, and about readers: `alerts`."""

import argparse

from wielkopolskaes.cli.verbs import Verbs, add_verb, help_format
from wielkopolskaes.i18n import LANGUAGE_NAMES
from wielkopolskaes.security.permissions import GRANTED, Role

ROLES = {role.value.removeprefix("role:"): role for role in GRANTED}


def _deeds(verb: argparse.ArgumentParser) -> Verbs:
    return verb.add_subparsers(dest="deed", metavar="DEED", required=True)


def _deed(deeds: Verbs, name: str, summary: str, *, email: bool = True) -> argparse.ArgumentParser:
    deed = deeds.add_parser(name, help=summary, description=summary, formatter_class=help_format)
    if email:
        deed.add_argument("email", metavar="EMAIL", help="the person's address")
    return deed


def _user(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "user",
        "invite, list and close the accounts of people",
        "What is done here is in the trail of events under the name of the system account.",
    )
    deeds = _deeds(verb)
    add = _deed(deeds, "add", "invite somebody; prints the one-time link and sends it")
    add.add_argument("--name", required=True, help="first name and surname")
    _add_role(add)
    add.add_argument("--lang", choices=tuple(LANGUAGE_NAMES), default="pl", help="default: pl")
    _deed(deeds, "invite", "invite somebody anew who has not come yet; prints the new link")
    _deed(deeds, "list", "list people and their roles", email=False)
    close = _deed(deeds, "close", "close an account and hand its items over")
    close.add_argument("--to", metavar="EMAIL", help="who takes the items into their care")
    erase = _deed(deeds, "erase", "take the data of somebody with a closed account away, for good")
    erase.add_argument("--reason", required=True, help="why: it stands in the trail of events")
    _deed(deeds, "end-logins", "end all logins of a person")
    _deed(deeds, "reset-factor", "let a person enrol a new second factor")


def _roles(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "roles",
        "grant, withdraw and list roles",
        "A role holds everywhere, or in one section and all that is under it.",
    )
    deeds = _deeds(verb)
    for name, summary in (
        ("grant", "give somebody a role; their logins end"),
        ("withdraw", "take a role away; their logins end"),
    ):
        _add_role(_deed(deeds, name, summary))
    _deed(deeds, "list", "list who has which role where", email=False)


def _alerts(verbs: Verbs) -> None:
    verb = add_verb(
        verbs,
        "alerts",
        "count readers' alerts, erase those of an address",
        "Letters to readers about new results of their searches.",
    )
    deeds = _deeds(verb)
    _deed(deeds, "stats", "say how many alerts there are; names nobody", email=False)
    erase = _deed(deeds, "erase", "end all alerts of an address and delete what is kept of it")
    erase.add_argument("--reason", required=True, help="why: it stands in the trail of events")


def _add_role(deed: argparse.ArgumentParser) -> None:
    deed.add_argument("--role", type=_role, required=True, metavar="ROLE", help=", ".join(ROLES))
    deed.add_argument("--section", metavar="PATH", help="a section's path; default: everywhere")


def _role(name: str) -> Role:
    if name not in ROLES:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(ROLES)}")
    return ROLES[name]


VERBS = (_user, _roles, _alerts)
