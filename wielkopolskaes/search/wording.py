"""The synonyms that are searched with: the shipped file, as editors have changed it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.search.models import SynonymGroup
from wielkopolskaes.types import Request

if TYPE_CHECKING:
    from wielkopolskaes.search.query import Spans

log = logging.getLogger(__name__)

# What queries are made from; a commit that changes the groups marks it.
TAG = "search:synonyms"


@dataclass(frozen=True)
class Group:
    """A group as it is now: `shipped` are the phrases of the file, `id` that of editors' row."""

    key: str
    phrases: tuple[str, ...]
    enabled: bool = True
    id: int | None = None
    shipped: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Tell whether editors have written over what was shipped."""
        return bool(self.shipped) and self.phrases != self.shipped


def spans_of(request: Request) -> "Spans":
    """Return what finds other names for words in a row, as editors have it now."""
    return request.memo(TAG, (TAG,), lambda: spans(request.dbsession, request.registry))


def spans_now(registry: Registry) -> "Spans":
    """Return the same outside of a request."""

    def load() -> "Spans":
        with registry.dbsession_factory() as session:
            return spans(session, registry)

    found: Spans = registry.memo.get(TAG, (TAG,), load)
    return found


def spans(session: Session, registry: Registry) -> "Spans":
    """Compile the groups that are switched on."""
    from wielkopolskaes.search.analysis.synonyms import compiled

    return compiled(group.phrases for group in groups(session, registry) if group.enabled).spans


def groups(session: Session, registry: Registry) -> list[Group]:
    """List all groups: those of the file in its order, then editors' own by the alphabet."""
    rows = session.scalars(select(SynonymGroup).order_by(SynonymGroup.id)).all()
    over = {row.origin: row for row in rows if row.origin is not None}
    shipped = [_as_it_is(phrases, over.pop(phrases[0], None)) for phrases in _shipped(registry)]
    # A group that was taken out of the file stays as editors have it.
    own = [*over.values(), *(row for row in rows if row.origin is None)]
    return [*shipped, *sorted(map(_own, own), key=lambda group: group.phrases[0].casefold())]


def _as_it_is(phrases: tuple[str, ...], row: SynonymGroup | None) -> Group:
    key = sha256(phrases[0].encode()).hexdigest()[:12]
    if row is None:
        return Group(key, phrases, shipped=phrases)
    return Group(key, tuple(row.phrases), row.enabled, row.id, phrases)


def _own(row: SynonymGroup) -> Group:
    return Group(str(row.id), tuple(row.phrases), row.enabled, row.id)


def _shipped(registry: Registry) -> Sequence[tuple[str, ...]]:
    from wielkopolskaes.search.analysis.synonyms import BadSynonyms, groups_of

    try:
        return groups_of(registry.portal.schemas_dir / "search" / "synonyms.yaml")
    except (BadSynonyms, OSError):
        log.exception("the search goes on without the synonyms of the file")
        return ()


def clashes(phrases: Sequence[str], others: Sequence[Group]) -> Iterator[tuple[str, str]]:
    """Yield phrases that a search cannot tell from an earlier one, or from another group's: both.

    Groups that are switched off take no part.
    """
    from wielkopolskaes.search.analysis.synonyms import agrees, phrase_of

    known = [(phrase_of(words), words) for group in others if group.enabled
             for words in group.phrases]  # fmt: skip
    for words in phrases:
        keys = phrase_of(words)
        same = next((other for theirs, other in known if agrees(keys, theirs)), None)
        if same is not None:
            yield words, same
        known.append((keys, words))
