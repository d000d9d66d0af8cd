"""The second factor: codes of an app (TOTP, RFC 6238), and recovery codes for a lost telephone.

The secret is encrypted with a key derived from the portal's own. A code works once, in the
thirty seconds that it is shown and those before and after.
"""

import base64
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Person, RecoveryCode
from wielkopolskaes.accounts.tokens import digest_of
from wielkopolskaes.audit.services import record
from wielkopolskaes.security.keys import derive

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

ISSUER = "Wielkopolska Ekonomia Społeczna"
PURPOSE = "totp"
STEP = 30
CODES = 10
# 80 bits: nobody finds one from its digest.
CODE_BYTES = 10
OFFER = timedelta(hours=1)


def new_secret() -> str:
    """Make the secret that the person's app and the portal will share."""
    import pyotp

    return pyotp.random_base32()


def address(secret: str, person: Person) -> str:
    """Return what the QR code says to the app."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)


def offer(master: str, secret: str, login_id: int) -> str:
    """Seal a secret for the form that shows it, for this login alone."""
    return _locker(master, "totp offer").encrypt(f"{login_id} {secret}".encode()).decode()


def accept_offer(master: str, sealed: str, login_id: int) -> str:
    """Open what `offer` has sealed; raises WrongCode for another's or an old one."""
    from cryptography.fernet import InvalidToken

    try:
        locker = _locker(master, "totp offer")
        text = locker.decrypt(sealed.encode(), ttl=int(OFFER.total_seconds())).decode()
    except (InvalidToken, UnicodeError):
        raise WrongCode from None
    number, _, secret = text.partition(" ")
    if number != str(login_id):
        raise WrongCode
    return secret


def enrol(
    session: Session, person: Person, secret: str, code: str, master: str, now: datetime
) -> list[str]:
    """Turn the second factor on with the first code of the app; return the recovery codes."""
    step = _step_of(secret, code, now)
    if step is None:
        raise WrongCode
    person.totp_secret = _locker(master).encrypt(secret.encode()).decode()
    person.totp_enrolled_at, person.totp_step = now, step
    record(session, "second_factor.enrolled", person)
    return make_recovery_codes(session, person)


def check(session: Session, person: Person, code: str, master: str, now: datetime) -> None:
    """Take a code of the app; raises WrongCode for a wrong one and for one that was used."""
    if not person.totp_enrolled_at:
        raise WrongCode
    secret = _locker(master).decrypt(person.totp_secret.encode()).decode()
    step = _step_of(secret, code, now)
    unused = (Person.id == person.id, Person.totp_step < (step or 0))
    taken = session.execute(
        update(Person)
        .where(*unused)
        .values(totp_step=step)
        .execution_options(synchronize_session=False)
    )
    if step is None or taken.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongCode
    session.expire(person, ["totp_step"])


def make_recovery_codes(session: Session, person: Person) -> list[str]:
    """Make ten codes anew and return them: they are shown now and never again."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [_written(secrets.token_bytes(CODE_BYTES)) for _ in range(CODES)]
    session.add_all(
        RecoveryCode(person_id=person.id, digest=digest_of(_bare(code))) for code in codes
    )
    session.flush()
    record(session, "recovery_codes.made", person)
    return codes


def use_recovery_code(session: Session, person: Person, code: str, now: datetime) -> None:
    """Spend a recovery code; raises WrongCode."""
    unused = (
        RecoveryCode.person_id == person.id,
        RecoveryCode.digest == digest_of(_bare(code)),
        RecoveryCode.used_at.is_(None),
    )
    spent = session.execute(update(RecoveryCode).where(*unused).values(used_at=now))
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongCode
    record(session, "recovery_code.used", person)


def recovery_codes_left(session: Session, person: Person) -> int:
    """Count the recovery codes that still work."""
    mine = (RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0


def remove(session: Session, person: Person) -> None:
    """Turn the second factor off; roles that need one open nothing until there is a new one."""
    person.totp_secret, person.totp_enrolled_at, person.totp_step = "", None, 0
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record(session, "second_factor.removed", person)


def unreadable(session: Session, master: str) -> int:
    """Count the secrets that were encrypted for another secret of the portal than this one."""
    from cryptography.fernet import InvalidToken

    count, locker = 0, _locker(master)
    for sealed in session.scalars(select(Person.totp_secret).where(Person.totp_secret != "")):
        try:
            locker.decrypt(sealed.encode())
        except InvalidToken:
            count += 1
    return count


def reencrypt(session: Session, old_master: str, new_master: str) -> int:
    """Encrypt every secret for a new secret of the portal, and say how many there are."""
    people = session.scalars(select(Person).where(Person.totp_secret != "")).all()
    for person in people:
        secret = _locker(old_master).decrypt(person.totp_secret.encode())
        person.totp_secret = _locker(new_master).encrypt(secret).decode()
    return len(people)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Tell the half minute that a code belongs to."""
    import pyotp

    here, typed = int(now.timestamp()) // STEP, "".join(code.split())
    steps = (here, here - 1, here + 1)
    app = pyotp.TOTP(secret)
    right = (s for s in steps if compare_digest(app.generate_otp(s).encode(), typed.encode()))
    return next(right, None)


def _locker(master: str, purpose: str = PURPOSE) -> "Fernet":
    # Loaded when somebody gives a code: most processes only show pages.
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(derive(master, purpose)))


def _written(code: bytes) -> str:
    text = base64.b32encode(code).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _bare(code: str) -> str:
    return "".join(char for char in code.lower() if char.isalnum())
