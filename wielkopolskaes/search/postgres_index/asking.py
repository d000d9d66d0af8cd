"""A query as one statement: what matches, what stands above, the counts, all of one moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wielkopolskaes.search.backend import Clause, Phrase, Query, Sort
from wielkopolskaes.search.postgres_index.words import (
    FORM,
    KEY,
    lexeme,
    number,
    quoted,
    storable,
)
from wielkopolskaes.search.ranking import (
    EXACT,
    EXACT_TITLE,
    FRESH,
    HALF_LIFE,
    MAX_LIMIT,
    MAX_OFFSET,
    OWN_LANGUAGE,
    whole_title,
)

# `missing` names the facets that a document fails: it is counted for the one that alone it fails.
_STATEMENT = """
WITH {sets}
base AS MATERIALIZED (
    SELECT id, lang, day, title, facets, {missing} AS missing FROM document WHERE {conditions}
),
chosen AS MATERIALIZED (
    SELECT id, day, {score} AS score FROM base JOIN weight USING (id) WHERE missing = ''
),
page AS (SELECT id, day, score FROM chosen ORDER BY {order} OFFSET :offset LIMIT :limit),
counts AS (
    SELECT facet, count(*) AS documents FROM base, unnest(facets) AS facet
    WHERE split_part(facet, ':', 1) = ANY(CAST(:facets AS text[]))
    AND missing IN ('', split_part(facet, ':', 1) || ':') GROUP BY facet
)
SELECT (SELECT array_agg(id ORDER BY {order}) FROM page) AS ids,
    (SELECT count(*) FROM chosen) AS total,
    (SELECT json_object_agg(facet, documents) FROM counts) AS facets
"""
_ORDER = "score DESC, day DESC, id DESC"
_SET = "{name} AS MATERIALIZED (SELECT id FROM {match} AS id),"
_NOTHING = "unnest(CAST('{}' AS integer[]))"
# `ranking.rarity`.
_RARITY = """
{name}_rarity AS MATERIALIZED (
    SELECT ln(1 + (greatest(documents - holding, 0) + 0.5) / (holding + 0.5)) AS rarity
    FROM state, (SELECT CAST(count(*) AS float8) AS holding FROM {name}) AS _
),
"""
# The weight of one word in a document, 0 where it is not there: see `words`.
_WEIGHT = """
(SELECT CASE WHEN found >> 8 = CAST(:{name} AS bigint) >> 8 THEN found & 255 ELSE 0 END
FROM (SELECT weights[width_bucket(CAST(:{name} AS bigint) | 255, weights)] AS found) AS _)
"""
# `ranking.blend` and `ranking.boost`.
_BLENDED = (
    f"(greatest(1, round({{weight}} / CAST({1 + EXACT} AS float8)))"
    f" + round(CAST({EXACT} AS float8) * {{exact}} / {1 + EXACT}))"
)
_FRESHNESS = f"""
CASE WHEN day = 0 THEN 1 ELSE 1 + {FRESH} * CAST(0.5 AS float8)
    ^ (greatest(CAST(:{{today}} AS integer) - day, 0) / CAST({HALF_LIFE} AS float8)) END
"""


@dataclass
class _Question:
    """The statement as it grows: sets of documents with names, and values with names."""

    expand: Mapping[str, Sequence[str]]
    values: dict[str, object] = field(default_factory=dict)
    sets: list[str] = field(default_factory=list)

    def value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def documents(self, tsquery: str) -> str:
        """Name the set of the documents that match; an empty question matches nothing."""
        name = f"s{len(self.sets)}"
        match = f"holding(CAST(:{self.value(tsquery)} AS tsquery))" if tsquery else _NOTHING
        self.sets.append(_SET.format(name=name, match=match))
        return name

    def rarity(self, name: str) -> str:
        self.sets.append(_RARITY.format(name=name))
        return f"(SELECT rarity FROM {name}_rarity)"  # noqa: S608 - a name of ours

    def forms(self, clause: Clause) -> Sequence[str]:
        return self.expand[clause.prefix] if clause.prefix else ()

    def holding(self, clause: Clause) -> str:
        """Name the set of the documents that hold a clause."""
        several = [*map(_phrase, clause.alternatives), _any_of(FORM, self.forms(clause))]
        return self.documents(" | ".join(filter(None, several)))

    def weight(self, clause: Clause) -> str:
        """Return how much a document that holds a clause has of it."""
        phrases = [phrase for phrase in clause.alternatives if _phrase(phrase)]
        only = len(phrases) == 1 and not clause.prefix
        several = [self._phrase(phrase, only) for phrase in phrases]
        several.append(self._heaviest(FORM, self.forms(clause)))
        weight = f"greatest({', '.join(several)})"
        typed = clause.alternatives[0].exact if clause.alternatives else ()
        if not typed:
            return weight
        return _BLENDED.format(weight=weight, exact=self._heaviest(FORM, typed))

    def _phrase(self, phrase: Phrase, only: bool) -> str:
        weight = self._heaviest(KEY, [key for keys in phrase.positions for key in keys])
        if only or len(phrase.positions) == 1:
            return weight
        # The words may stand there without standing in a row.
        row = self.documents(_phrase(phrase))
        return f"CASE WHEN id IN (SELECT id FROM {row}) THEN {weight} ELSE 0 END"  # noqa: S608

    def _heaviest(self, mark: str, words: Sequence[str]) -> str:
        names = [self.value(number(mark, word)) for word in dict.fromkeys(words)]
        weights = [_WEIGHT.format(name=name) for name in names]
        return f"greatest({', '.join(weights)})" if weights else "0"


def statement(
    query: Query, allowed: str | None, expand: Mapping[str, Sequence[str]]
) -> tuple[str, dict[str, object]]:
    """Write a query down. `allowed` is an array of ids as text, None for all.

    `expand` gives the words that each prefix stands for. The answer is one row: the ids of the
    page, the total, and counts by `facet:value`.
    """
    question = _Question(expand)
    sets = [question.holding(clause) for clause in query.clauses]
    conditions = list(_conditions(query, sets))
    if allowed is not None:
        conditions.append(f"id = ANY(CAST(:{question.value(allowed)} AS integer[]))")
    text = _STATEMENT.format(
        missing=" || ".join(_missing(question, query)) or "CAST('' AS text)",
        conditions=" AND ".join(conditions) or "true",
        score=_score(question, query, sets) if query.sort is Sort.RELEVANCE else "0",
        order=_ORDER,
        # Whatever of the above needs a set has named it by now.
        sets=" ".join(question.sets),
    )
    question.values |= {
        "offset": min(max(query.offset, 0), MAX_OFFSET),
        "limit": min(max(query.limit, 0), MAX_LIMIT),
        "facets": list(query.facets),
    }
    return text, question.values


def _conditions(query: Query, sets: Sequence[str]) -> Iterator[str]:
    for clause, name in zip(query.clauses, sets, strict=True):
        yield f"id {'NOT IN' if clause.negated else 'IN'} (SELECT id FROM {name})"  # noqa: S608


def _missing(question: _Question, query: Query) -> Iterator[str]:
    for facet, values in query.filters.items():
        if values:
            pairs = [f"{facet}:{value}" for value in values if storable(value)]
            chosen, name = question.value(pairs), question.value(f"{facet}:")
            yield (
                f"CASE WHEN facets && CAST(:{chosen} AS text[]) THEN ''"
                f" ELSE CAST(:{name} AS text) END"
            )


def _score(question: _Question, query: Query, sets: Sequence[str]) -> str:
    parts = [
        f"{question.rarity(name)} * {question.weight(clause)}"
        for clause, name in zip(query.clauses, sets, strict=True)
        if not clause.negated
    ]
    score = f"({' + '.join(parts) or '1'})"
    if query.lang:
        lang = question.value(query.lang)
        score += f" * CASE WHEN lang = :{lang} THEN CAST({OWN_LANGUAGE} AS float8) ELSE 1 END"
    if query.today:
        score += " * " + _FRESHNESS.format(today=question.value(query.today.toordinal()))
    title = whole_title(query.clauses)
    if title and storable(title):
        score += f" + CASE WHEN title = :{question.value(title)} THEN {EXACT_TITLE} ELSE 0 END"
    return score


def _phrase(phrase: Phrase) -> str:
    """Write words in a row, nothing where one of them cannot match."""
    words = [_any_of(KEY, keys) for keys in phrase.positions]
    return f"({' <-> '.join(words)})" if words and all(words) else ""


def _any_of(mark: str, words: Sequence[str]) -> str:
    several = " | ".join(quoted(lexeme(mark, word)) for word in dict.fromkeys(words))
    return f"({several})" if several else ""
