"""Applying the rules: all of them, each in its own transaction; or only counting."""

import logging
from collections.abc import Iterator
from datetime import datetime

from pyramid.registry import Registry

from wielkopolskaes.audit.services import Actor, Subject, act_as, record
from wielkopolskaes.db import work
from wielkopolskaes.retention.rules import Rule

NIGHTLY = Actor(None, "job retention")

log = logging.getLogger(__name__)


class Unapplied(Exception):
    """Some rules could not be applied; the others were."""


def due(registry: Registry, *, now: datetime) -> Iterator[tuple[Rule, int]]:
    """Count for each rule what would go; changes nothing."""
    for rule in registry.retention.values():
        with registry.dbsession_factory() as session:
            yield rule, rule.due(session, now - rule.kept)


def apply(
    registry: Registry,
    *,
    now: datetime,
    actor: Actor = NIGHTLY,
) -> Iterator[tuple[Rule, int]]:
    """Let go what is due and count it; one rule that fails does not keep the others."""
    failed = []
    for rule in registry.retention.values():
        try:
            yield rule, _apply(registry, rule, now, actor)
        except Exception:
            log.exception("The rule of retention %s could not be applied.", rule.name)
            failed.append(rule.name)
    if failed:
        raise Unapplied(", ".join(failed))


def _apply(registry: Registry, rule: Rule, now: datetime, actor: Actor) -> int:
    with work(registry) as session:
        act_as(session, actor)
        count = rule.forget(session, now - rule.kept, now)
        if count:
            record(session, "retention.applied", Subject("retention", None, rule.name),
                   after={"count": count})  # fmt: skip
    return count
