"""Events in words: who did what to what, and what it was before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy import select

from wielkopolskaes.audit.actions import label
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.naming import actor_words
from wielkopolskaes.content.fields import NodeRef
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.site.words import instant_words
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State
from wielkopolskaes.tree.words import STATES
from wielkopolskaes.types import Request

NAMES = {
    "path": _("Address"),
    "kind": _("Type"),
    "state": _("State"),
    "publish_at": _("To be published"),
    "expires_at": _("To be taken down"),
    "restricted": _("For readers with a role only"),
    "order": _("Order"),
    "role": _("Role"),
    "section": _("Section"),
    "email": _("E-mail address"),
    "name": _("Name"),
    "events": _("Number of events"),
    "until": _("Until"),
    "jobs": _("Number of jobs"),
    "alerts": _("Number of notifications"),
}
# Lists of items are told by the titles of the first ones.
FIRST = 10


class Change(NamedTuple):
    """What one field held and holds; an empty text stands for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An event as it is read; `href` leads to what it is about, when that is still there."""

    event: Event
    who: str
    done: str
    what: str
    href: str
    changes: list[Change]


def tell(request: Request, events: Iterable[Event]) -> list[Told]:
    """Put events into words; one query for the titles of all items that they name."""
    events = list(events)
    teller = Teller(request, events)
    return [teller.tell(event) for event in events]


class Teller:
    """What is needed to put a page of events into words."""

    def __init__(self, request: Request, events: Iterable[Event]) -> None:
        self._translate = request.localizer.translate
        self._lang = request.locale_name
        self._types: dict[str, ContentType] = request.registry.content_types
        self._labels = field_labels(request.registry)
        self._referring = _referring(request.registry) | {"order"}
        ids = set().union(*(self._ids(event) for event in events))
        self._titles: dict[int, str] = {}
        if ids:
            rows = request.dbsession.execute(select(Node.id, Node.title).where(Node.id.in_(ids)))
            self._titles = {row.id: row.title for row in rows}

    def tell(self, event: Event) -> Told:
        """Put one event into words."""
        about_self = event.actor_id is not None and event.subject_id == event.actor_id
        own = event.subject_kind == "person" and about_self
        return Told(
            event,
            self._translate(actor_words(event, whole=True)),
            self._translate(label(event.action)),
            "" if own else event.subject, self._href(event), self._changes(event),
        )  # fmt: skip

    def _href(self, event: Event) -> str:
        if event.subject_kind == "item" and event.subject_id in self._titles:
            return f"/redakcja/tresci/{event.subject_id}"
        if event.subject_kind == "person" and event.subject_id is not None:
            return f"/redakcja/osoby/{event.subject_id}"
        return ""

    def _changes(self, event: Event) -> list[Change]:
        names = dict.fromkeys([*event.before, *event.after])
        return [
            Change(
                self._translate(self._labels.get(name, name)),
                self._value(name, event.before.get(name)),
                self._value(name, event.after.get(name)),
            )
            for name in names
        ]

    def _value(self, name: str, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return self._translate(_("yes") if value else _("no"))
        if name in self._referring and isinstance(value, list):
            more = f"; … ({len(value)})" if len(value) > FIRST else ""
            return "; ".join(self._title(each) for each in value[:FIRST]) + more
        return self._translate(self._word(name, str(value)))

    def _word(self, name: str, value: str) -> TranslationString | str:
        if name == "state" and value in set(State):
            return STATES[State(value)]
        if name == "kind" and value in self._types:
            return self._types[value].label
        if name in ("publish_at", "expires_at"):
            return instant_words(datetime.fromisoformat(value), self._lang)
        return value

    def _title(self, id_: Any) -> str:
        return self._titles.get(id_) or self._translate(_("item ${id}", mapping={"id": id_}))

    def _ids(self, event: Event) -> set[int]:
        """Name the items that the event names."""
        found = {event.subject_id} if event.subject_kind == "item" else set()
        for values in (event.before, event.after):
            for name in self._referring & values.keys():
                if isinstance(values[name], list):
                    found.update(values[name][:FIRST])
        return {id_ for id_ in found if isinstance(id_, int)}


def field_labels(registry: Registry) -> dict[str, Any]:
    """Name every field of every type, and what else events tell of."""
    fields = (f for t in registry.content_types.values() for f in t.schema().children)
    return {**{field.name: field.title for field in fields}, **NAMES}


def _referring(registry: Registry) -> set[str]:
    """Name the fields that hold other items."""
    fields = [f for t in registry.content_types.values() for f in t.schema().children]
    return {f.name for f in fields if isinstance((f.children or [f])[0].typ, NodeRef)}
