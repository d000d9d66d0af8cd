"""``wielkopolskaes retention``: what has been kept for long enough goes."""

import argparse
from datetime import UTC, datetime, timedelta

from wielkopolskaes.cli.opening import command, open_portal
from wielkopolskaes.cli.running import FINE, Refusal

HEAD = ("rule", "rows", "kept", "legal basis", "what, and why so long")


def run(args: argparse.Namespace) -> int:
    """Apply the rules, or only count; one line for each rule."""
    from wielkopolskaes.retention.services import Unapplied, apply, due

    now = datetime.now(UTC)
    with open_portal(args) as registry:
        pairs = (
            due(registry, now=now)
            if args.dry_run
            else apply(registry, now=now, actor=command(args.verb))
        )
        _print(*HEAD)
        try:
            for rule, count in pairs:
                kept, what = _days(rule.kept), f"{rule.what}: {rule.why}"
                _print(rule.name, str(count), kept, rule.basis, what)
        except Unapplied as error:
            raise Refusal(f"Could not be applied: {error}; the other rules were.") from None
    if args.dry_run:
        print("Nothing was changed.")
    return FINE


def _print(name: str, count: str, kept: str, basis: str, what: str) -> None:
    print(f"{name:14} {count:>7}  {kept:8}  {basis:17}  {what}")


def _days(kept: timedelta) -> str:
    return f"{kept.days} d" if kept else "–"
