"""The words of what any reader may see, with the number of items that hold them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.content.richtext import text_of
from wielkopolskaes.search.analysis import analyse
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now


def public_words(session: Session, now: datetime) -> Counter[str]:
    """Count folded words over the texts of all public items."""
    words: Counter[str] = Counter()
    for lang, text in _texts(session, now):
        words.update({token.surface for token in analyse(text, lang)})
    return words


def _texts(session: Session, now: datetime) -> Iterator[tuple[str, str]]:
    for mapper in Node.__mapper__.self_and_descendants:
        entity = mapper.class_
        body = getattr(entity, "body", None)
        columns = [entity.lang, entity.title, entity.lead, *([body] if body is not None else [])]
        query = (
            select(*columns)
            .where(Node.kind == mapper.polymorphic_identity, published_now(now), Node.listed)
        )  # fmt: skip
        for lang, title, lead, *more in session.execute(query):
            yield lang, "\n".join((title, lead, *map(text_of, more)))
