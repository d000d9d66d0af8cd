"""How often something may be tried: counted in the database, so that all processes agree.

A try is counted before it is made and given back when it succeeds, so that those who know
their password are never slowed by those who do not know theirs. What counts against a limit
is only what was really tried: a refused try does not lengthen the wait.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Attempt
from wielkopolskaes.security.keys import sign


class Rate(NamedTuple):
    """At most so many tries in any window of this length."""

    most: int
    window: timedelta


class Limit(NamedTuple):
    """What is counted. `fuse` is for everybody together: counted without making all wait."""

    name: str
    rates: tuple[Rate, ...]
    fuse: bool = False


FIVE_MINUTES, HOUR, DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
LOGIN_PERSON = Limit("login.person", (Rate(10, FIVE_MINUTES),))
LOGIN_NETWORK = Limit("login.network", (Rate(10, FIVE_MINUTES),))
LOGIN_ALL = Limit("login.all", (Rate(1000, FIVE_MINUTES),), fuse=True)
FACTOR = Limit("factor", (Rate(5, FIVE_MINUTES), Rate(20, HOUR), Rate(50, DAY)))
CONFIRMATION = Limit("confirmation", (Rate(10, FIVE_MINUTES),))
RESET_PERSON = Limit("reset.person", (Rate(5, DAY),))
RESET_NETWORK = Limit("reset.network", (Rate(50, DAY),))
# Letters to an address that nobody has confirmed yet: it may be a stranger's.
ALERT_ADDRESS = Limit("alert.address", (Rate(3, DAY),))
ALERT_NETWORK = Limit("alert.network", (Rate(10, HOUR), Rate(30, DAY)))
ALERT_ALL = Limit("alert.all", (Rate(300, HOUR),), fuse=True)
ADOPTION_ADDRESS = Limit("adoption.address", (Rate(5, DAY),))
ADOPTION_NETWORK = Limit("adoption.network", (Rate(10, HOUR), Rate(30, DAY)))
ADOPTION_ALL = Limit("adoption.all", (Rate(300, HOUR),), fuse=True)


class Counted(NamedTuple):
    """A limit, and whom it is counted for: a digest, never the address itself."""

    limit: Limit
    key: str


class Refused(Exception):
    """Too many tries; `wait` says when the next one counts."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait

    @property
    def seconds(self) -> int:
        """The wait in whole seconds, for `Retry-After`."""
        return max(1, -int(-self.wait.total_seconds() // 1))


def count(secret: str, limit: Limit, whom: object = "") -> Counted:
    """Name what is counted: the limit and a digest of the person or network."""
    return Counted(limit, sign(secret, f"limit {limit.name}", str(whom)))


def address_key(address: str | None) -> str:
    """Return what stands for one place: the address, of IPv6 the first 64 bits."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> 64)
    return str(found)


def attempt(session: Session, counted: Iterable[Counted], now: datetime) -> list[int]:
    """Count one try against each limit and return its rows; raise Refused when one is full.

    Parallel tries of the same key wait for one another until the end of the transaction, so
    that exactly as many get through as the limit says.
    """
    counted = list(counted)
    _lock(session, counted)
    waits = [wait for each in counted if (wait := _wait(session, each, now))]
    if waits:
        raise Refused(max(waits))
    rows = [Attempt(limit=each.limit.name, key=each.key, at=now) for each in counted]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def give_back(session: Session, rows: Iterable[int]) -> None:
    """Count a try no more: it was made by somebody who knew what to say."""
    session.execute(delete(Attempt).where(Attempt.id.in_(list(rows))))


def _wait(session: Session, counted: Counted, now: datetime) -> timedelta | None:
    """Say how long until the limit has room; None when it has."""
    waits = []
    for most, window in counted.limit.rates:
        oldest = session.scalar(
            select(Attempt.at)
            .where(
                Attempt.limit == counted.limit.name,
                Attempt.key == counted.key,
                Attempt.at > now - window,
            )
            .order_by(Attempt.at.desc())
            .offset(most - 1)
            .limit(1)
        )
        if oldest is not None:
            waits.append(oldest + window - now)
    return max(waits, default=None)


def _lock(session: Session, counted: Iterable[Counted]) -> None:
    """Make tries of the same keys wait; SQLite lets only one transaction write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    numbers = {
        int.from_bytes(sha256(f"{c.limit.name} {c.key}".encode()).digest()[:8], signed=True)
        for c in counted
        if not c.limit.fuse
    }
    for number in sorted(numbers):
        session.execute(select(func.pg_advisory_xact_lock(number)))
