"""The portal's secret: whether it is the one that what is kept was encrypted with."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from wielkopolskaes.accounts.secondfactor import unreadable
from wielkopolskaes.cli.checks.findings import Finding, fine, wrong


def check_secret(session: Session, secret: str) -> Iterator[Finding]:
    """Look for second factors that nobody can log in with since the secret was changed."""
    lost = unreadable(session, secret)
    if lost:
        yield wrong("secret", f"{lost} second factors were kept with another one: rotate-secret")
    else:
        yield fine("secret", "opens every second factor")
