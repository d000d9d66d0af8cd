"""What a reader means: the query as the index understands it, and other words for a slip."""

from wielkopolskaes.content.folding import fold
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.documents import documents
from wielkopolskaes.search.query import Parsed, parse
from wielkopolskaes.search.readers import EVERYTHING, Bounds, seen_by
from wielkopolskaes.search.wording import spans_of
from wielkopolskaes.types import Request


def understood(request: Request, text: str, lang: str) -> Parsed:
    """Read what was typed, in the language of the page."""
    from wielkopolskaes.search.analysis import analyse

    return parse(text, analyse, lang, spans_of(request))


def meant(
    request: Request, lang: str, text: str, parsed: Parsed, bounds: Bounds = EVERYTHING
) -> str:
    """Suggest other words, if this reader finds more with them; nothing otherwise.

    The vocabulary is that of all items. What only others may see is suggested to nobody,
    because it leads to nothing.
    """
    corrections = request.registry.search.corrections()
    better: dict[str, str] = {}
    for word in parsed.words:
        found = [] if corrections.knows(word) else corrections.suggestions(word, 1)
        if found:
            better[word] = found[0]
    if not better:
        return ""
    again = understood(request, _replaced(text, better), lang)
    query = Query(again.clauses, again.filters, limit=1, lang=lang)
    page = request.registry.search.search(query, seen_by(request, bounds))
    if not page.ids:
        return ""
    spelled = _spelled(request, page.ids[0], set(better.values()))
    return _replaced(text, {word: spelled.get(other, other) for word, other in better.items()})


def _replaced(text: str, better: dict[str, str]) -> str:
    """Put words in the place of others, whatever letters those were typed with."""
    return " ".join(better.get(fold(part).strip(), part) for part in text.split())


def _spelled(request: Request, id_: int, words: set[str]) -> dict[str, str]:
    """Give words their Polish letters back, as the item that they are found in has them."""
    from wielkopolskaes.search.analysis import analyse

    document = documents(request.dbsession, request.registry, [id_])[id_]
    text = f"{document.title}\n{document.lead}\n{document.text}"
    return {
        token.surface: text[token.start : token.end].lower()
        for token in reversed(analyse(text, document.lang))
        if token.surface in words
    }
