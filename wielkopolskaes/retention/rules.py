"""What a rule of retention is, and how parts bring theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from pyramid.config import Configurator
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

Condition: TypeAlias = Callable[[datetime], ColumnElement[bool]]

PUBLIC_TASK = "GDPR 6(1)(e)"
SECURITY = "GDPR 6(1)(e), 32"
ACCOUNTABILITY = "GDPR 5(2), KRI § 20"
CONSENT = "GDPR 6(1)(a)"
NO_PERSONAL_DATA = "–"


@dataclass(frozen=True)
class Rule:
    """Something that goes when its time is over.

    `due` counts what would go, given the instant before which things are too old; `forget`
    lets it go and counts it. Both are called with the session; `forget` in a transaction of
    its own, with the present as its last argument.
    """

    name: str
    what: str
    kept: timedelta
    why: str
    basis: str
    due: Callable[[Session, datetime], int]
    forget: Callable[[Session, datetime, datetime], int]


def rows(
    name: str,
    model: type[Any],
    old: Condition,
    *,
    what: str,
    kept: timedelta,
    why: str,
    basis: str,
    also: tuple[type[Any], Condition] | None = None,
) -> Rule:
    """Make the rule that deletes whole rows; `old` matches those from before an instant.

    `also` are rows that go at the same time and are not counted: the letters about what goes.
    """

    def due(session: Session, before: datetime) -> int:
        return session.scalar(select(func.count()).select_from(model).where(old(before))) or 0

    def forget(session: Session, before: datetime, now: datetime) -> int:
        if also:
            _delete(session, also[0], also[1](before))
        return _delete(session, model, old(before))

    return Rule(name, what, kept, why, basis, due, forget)


def _delete(session: Session, model: type[Any], matching: ColumnElement[bool]) -> int:
    statement = delete(model).where(matching).execution_options(synchronize_session=False)
    gone: Any = session.execute(statement)
    return gone.rowcount


def add_retention_rule(config: Configurator, rule: Rule) -> None:
    """Register a rule (the directive ``config.add_retention_rule``); its name is its own."""

    def register() -> None:
        config.registry.retention[rule.name] = rule

    config.action(("retention rule", rule.name), register)
