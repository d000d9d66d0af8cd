"""The types of content there are: what a type is made of, and how it is registered."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import colander
from pyramid.config import Configurator
from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

if TYPE_CHECKING:
    from wielkopolskaes.content.cards import Card
    from wielkopolskaes.records.record import Record

# The items that one uses, by role; and what says a message in the reader's language.
Uses = Mapping[str, Sequence["Card"]]
Say = Callable[[str], str]


class Place(NamedTuple):
    """A part of an item that has an address of its own: its end, what it is called, its words."""

    fragment: str
    label: str
    text: str


def nothing_more(node: Any, request: Request) -> dict[str, Any]:
    """Add no variables to the template beyond those that every item has."""
    return {}


def empty_card(node: Any) -> dict[str, Any]:
    """Keep nothing for lists beyond what every item has."""
    return {}


def nothing_asked(node: Any, request: Request) -> bool:
    """Take the page of an item to be the same whatever the address says besides."""
    return False


def no_tags(node: Any) -> Iterable[str]:
    """Have no words of vocabularies."""
    return ()


def no_keys(values: Mapping[str, Any]) -> Iterable[str]:
    """Have no number that only one item should have."""
    return ()


@dataclass(frozen=True)
class KnownBy:
    """How an item is known again, in an import or when it is described a second time.

    `keys` are what only one item should have, such as an ISBN; they are made of the values of
    `fields`, plain columns of the type. The words of `titles` together name the item.
    """

    fields: tuple[str, ...] = ()
    keys: Callable[[Mapping[str, Any]], Iterable[str]] = no_keys
    titles: tuple[str, ...] = ("title",)


@dataclass(frozen=True)
class ContentType:
    """One type of content.

    `schema` names the fields an editor or a content file may set; `card` computes what
    lists show of the type's own fields; `present` adds variables to the template;
    `standalone` is false for things made to be shown inside others (a contact card, a
    funding mark): they have an address and a place in the list of their own section, but none
    in search, feeds and the site map. `asks` tells whether an address wants a page of its own,
    made for this reader alone; `tags` are what lists can be narrowed by, `theme:women`; `record`
    says what catalogues know of an item whose `code` is its permanent address, under `letter`;
    `places` lists the parts of items to which the search may lead, one query for all of them;
    `known_by` tells when two records are of one thing.
    """

    kind: str
    model: type[Node]
    schema: type[colander.Schema]
    label: TranslationString
    template: str
    standalone: bool = True
    card: Callable[[Any], dict[str, Any]] = empty_card
    present: Callable[[Any, Request], dict[str, Any]] = nothing_more
    schema_org: str = "WebPage"
    asks: Callable[[Any, Request], bool] = nothing_asked
    tags: Callable[[Any], Iterable[str]] = no_tags
    record: "Callable[[Any, Uses, Say], Record] | None" = None
    letter: str = ""
    places: Callable[[Session, Collection[int]], Mapping[int, Sequence[Place]]] | None = None
    known_by: KnownBy = KnownBy()


def add_content_type(config: Configurator, content_type: ContentType) -> None:
    """Directive: make the type known and give it its public view.

    A kind registered twice is a conflict that Pyramid reports at start-up.
    """
    from wielkopolskaes.content.views import show

    types = config.registry.__dict__.setdefault("content_types", {})
    config.action(("content type", content_type.kind), types.__setitem__,
                  (content_type.kind, content_type))  # fmt: skip
    config.add_view(
        show,
        context=content_type.model,
        permission=Permission.VIEW,
        request_method="GET",
    )


def type_of(registry: Registry, kind: str) -> ContentType:
    """Return the type that a node's `kind` names."""
    return registry.content_types[kind]


def standalone_kinds(registry: Registry) -> list[str]:
    """List the kinds that lists, feeds, search and the sitemap may show."""
    return sorted(t.kind for t in registry.content_types.values() if t.standalone)
