"""What a query has found in the files of its results, where their pages do not show it."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.orm import Session

from wielkopolskaes.content.cards import Card
from wielkopolskaes.filetext.queries import texts_of
from wielkopolskaes.search.backend import Clause, Document
from wielkopolskaes.search.snippets import READ, find, snippet
from wielkopolskaes.search.tokens import Analyse

# Characters: a file of eighty pages is looked through in some milliseconds.
LOOKED_AT = 200_000


def excerpts(
    session: Session, found: Sequence[tuple[Card, Document]], clauses: Sequence[Clause]
) -> dict[int, Markup]:
    """Return for results what their files hold of the words that their pages lack.

    An empty text says that the words stand further on. One query at most, none for results whose
    pages hold all words.
    """
    from wielkopolskaes.search.analysis import analyse

    lacking = {
        card.id: (card.lang, missing)
        for card, document in found
        if card.kind == "document" and (missing := _missing(document, clauses, analyse))
    }
    texts = texts_of(session, lacking, LOOKED_AT) if lacking else {}
    some = ((id_, _excerpt(text, *lacking[id_], analyse)) for id_, text in texts.items())
    return {id_: excerpt for id_, excerpt in some if excerpt is not None}


def _missing(document: Document, clauses: Sequence[Clause], analyse: Analyse) -> tuple[Clause, ...]:
    page = "\n".join((document.title, document.lead, document.text))
    return tuple(
        clause
        for clause in clauses
        if not clause.negated and not find(page, document.lang, (clause,), analyse)
    )


def _excerpt(text: str, lang: str, missing: tuple[Clause, ...], analyse: Analyse) -> Markup | None:
    for start in range(0, len(text), READ):
        part = text[start : start + READ]
        if find(part, lang, missing, analyse, thoroughly=not start):
            return snippet(part, lang, missing, analyse)
    return Markup() if len(text) == LOOKED_AT else None
