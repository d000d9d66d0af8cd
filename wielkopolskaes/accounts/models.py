"""People, what they may do, and their logins."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.security.permissions import Role

# What no mail server can be (RFC 2606): the host in the address of somebody whose data are gone.
ERASED_HOST = "erased.invalid"

_ROLE = Enum(Role, native_enum=False, length=20, values_callable=lambda e: [r.name for r in e])


def _now() -> datetime:
    return datetime.now(UTC)


class Person(Base):
    """Somebody who works with the portal (osoba).

    Purpose of the data: to know who may do what, and who did it. Legal basis: Article 6(1)(e)
    of the GDPR, running the office's portal. Kept until a year after the account is closed,
    then name and address are taken away (`retention`).

    `password_hash` is empty until an invitation is accepted, and again once the account is
    closed. `totp_secret` is encrypted with a key derived from the portal's secret; `totp_step`
    is the last 30-second step whose code was used, so that no code works twice.
    """

    __tablename__ = "account_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(2), default="pl")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    password_set_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    totp_secret: Mapped[str] = mapped_column(String(300), default="")
    totp_enrolled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    totp_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="person", cascade="all, delete-orphan", foreign_keys="RoleGrant.person_id"
    )

    def audit_subject(self) -> tuple[str, int, str]:
        """Name the person in the trail of events."""
        return "person", self.id, self.name

    @property
    def is_active(self) -> bool:
        """Tell whether the person can log in."""
        return self.closed_at is None and bool(self.password_hash)

    @property
    def is_erased(self) -> bool:
        """Tell whether the person's data were taken away; the row will never name anybody again."""
        return self.email.endswith(f"@{ERASED_HOST}")


class RoleGrant(Base):
    """A role of a person, everywhere or in one section and all that is under it."""

    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("person_id", "role", "node_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_person.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(_ROLE)
    node_id: Mapped[int | None] = mapped_column(
        ForeignKey("node.id", ondelete="CASCADE"), index=True
    )
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=person_id)


class Login(Base):
    """One login of a person on one device; ending it is deleting the row.

    The cookie holds the random token, the row its digest. `complete` is false while the
    second factor is still to be given; such a login opens nothing else.
    Purpose: to keep people logged in and let them end it. Kept for at most 12 hours.
    """

    __tablename__ = "account_login"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_person.id", ondelete="CASCADE"), index=True
    )
    complete: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(80), default="")
    network: Mapped[str] = mapped_column(String(45), default="")

    person: Mapped[Person] = relationship()


class OneTimeLink(Base):
    """A link that a letter brings: an invitation, a new password. It works once.

    The letter holds the token, the row its digest. Kept until it has been used or has expired.
    """

    __tablename__ = "account_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_person.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RecoveryCode(Base):
    """A code for the day when the telephone is lost; it works once."""

    __tablename__ = "account_recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_person.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Attempt(Base):
    """One try at something limited: a login, a code, a reset. Kept for a day.

    `key` is a digest of what is counted (a person, a network), so that no address is kept.
    """

    __tablename__ = "account_attempt"
    __table_args__ = (Index("ix_account_attempt_key", "limit", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    limit: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now)
