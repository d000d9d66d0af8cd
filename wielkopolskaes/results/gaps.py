"""What a record of the results base lacks: fields that nobody has filled in yet."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from wielkopolskaes.i18n import _
from wielkopolskaes.results.models import Partnership, Result
from wielkopolskaes.tree.models import Reference

# What a field is called, by its name in addresses; the order is that of the page.
_RESULT = {
    "lead": _("Lead"),
    "project": _("Project"),
    "essence": _("Essence"),
    "components": _("Parts"),
    "users": _("Who can use it"),
    "target_groups": _("Target groups"),
    "settings": _("Tried in"),
    "areas": _("Areas"),
    "conditions": _("What it takes"),
    "steps": _("Steps"),
    "costs": _("Costs of steps"),
    "cost_reducers": _("What lowers the cost"),
    "evidence": _("Evidence"),
    "validation": _("Validation"),
    "law": _("State of the law"),
    "files": _("Files"),
    "verified_on": _("Day of the last check"),
}
_PROJECT = {
    "lead": _("Lead"),
    "administrator": _("Administrator"),
    "partners": _("Partners"),
    "starts": _("Start"),
    "ends": _("End"),
    "areas": _("Areas"),
    "target_groups": _("Target groups"),
    "problem": _("Problem"),
    "aims": _("Aims"),
    "verified_on": _("Day of the last check"),
}
FIELDS = {"result": _RESULT, "partnership": _PROJECT}
_FILES = frozenset({"study", "files"})


def label_of(gap: str) -> str:
    """Say what a field is called; an unknown one keeps its name."""
    return _RESULT.get(gap) or _PROJECT.get(gap, gap)


def gaps_in(record: Result | Partnership) -> Iterator[str]:
    """Yield the fields that the record lacks; what is "not known" is lacking, too."""
    roles = _roles(record) if isinstance(record, Result) else set()
    special: dict[str, Callable[[Any], bool]] = {
        "project": lambda _r: "project" in roles,
        "files": lambda _r: not roles.isdisjoint(_FILES),
        "costs": lambda r: any(step["cost_min"] is not None or step["cost_max"] is not None
                               for step in r.steps),
    }  # fmt: skip
    for name in FIELDS[record.kind]:
        there = special.get(name)
        value = there(record) if there else getattr(record, name)
        if not value or value == "unknown":
            yield name


def _roles(record: Result) -> set[str]:
    session = object_session(record)
    if session is None:
        return set()
    query = select(Reference.role).where(Reference.source_id == record.id).distinct()
    return set(session.scalars(query))
