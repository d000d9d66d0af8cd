"""``wielkopolskaes rotate-secret``: from the old master secret to the new one.

Cookies and forms signed with the old secret are worth nothing under the new one. What is kept
encrypted, the second factors, is encrypted anew here.
"""

import argparse
import os
from pathlib import Path

from pyramid.registry import Registry

from wielkopolskaes.accounts.secondfactor import reencrypt
from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.running import CONFIGURATION, FINE, USAGE, Refusal

OLD = "WIELKOPOLSKAES_OLD_SECRET"


def run(args: argparse.Namespace) -> int:
    """Encrypt anew and end all logins, in one transaction; a wrong old secret changes nothing."""
    old = _old_secret()
    with open_portal(args) as registry:
        if old == registry.portal.secret:
            raise Refusal(f"{OLD} is the secret in use: set WIELKOPOLSKAES_SECRET first.", USAGE)
        factors, ended = _rotate(registry, old)
    print(f"Encrypted {factors} second factors anew; ended {ended} logins.")
    print(f"Take {OLD} away and start the portal.")
    return FINE


def _old_secret() -> str:
    name = os.environ.get(f"{OLD}_FILE")
    old = Path(name).read_text("utf-8").strip() if name else os.environ.get(OLD, "").strip()
    if not old:
        raise Refusal(f"{OLD} is missing: it tells the secret before this one.", CONFIGURATION)
    return old


def _rotate(registry: Registry, old: str) -> tuple[int, int]:
    from cryptography.fernet import InvalidToken
    from sqlalchemy import delete

    from wielkopolskaes.accounts.models import Login
    from wielkopolskaes.audit.services import Subject, record
    from wielkopolskaes.db import work

    with work(registry) as session:
        try:
            factors = reencrypt(session, old, registry.portal.secret)
        except InvalidToken:
            message = f"{OLD} is not the secret that the second factors were kept with."
            raise Refusal(message) from None
        ended: int = session.execute(delete(Login)).rowcount  # type: ignore[attr-defined]
        record(session, "secret.rotated", Subject("secret", None, ""),
               after={"second_factors": factors, "logins": ended})  # fmt: skip
    return factors, ended
