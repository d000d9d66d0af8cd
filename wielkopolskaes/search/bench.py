"""The first page of searches, beside SQLite FTS5 over the same documents and tokens."""

import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from sqlalchemy.engine import Engine

from wielkopolskaes.search.backend import Change, Query
from wielkopolskaes.search.bench_corpus import Row, asked, reader_of, rows
from wielkopolskaes.search.bench_engines import open_engine
from wielkopolskaes.search.bench_fts import Fts
from wielkopolskaes.search.bench_typos import Typist, measure, spelled
from wielkopolskaes.search.corrections import Corrections
from wielkopolskaes.search.query import parse
from wielkopolskaes.search.snippets import shown
from wielkopolskaes.search.tokens import Analyse, Word

FACETS = ("kind", "year", "tag")
KINDS = ("one word", "two words", "phrase", "prefix", "typo")
COMMITS = 20
SEEDS = range(101, 106)


@dataclass(frozen=True, slots=True)
class Readable:
    version: int
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Settings:
    """`corrector` makes of a vocabulary what gives the query that was meant.

    Without it a misspelt word stays as it is. The index lies in files, or in tables of `database`.
    """

    analyse: Analyse
    passes: int = 3
    slips: int = 1000
    corrector: Callable[[Mapping[str, int]], Callable[[str], str]] = lambda _: str
    say: Callable[[str], None] = print
    database: Engine | None = None


class Speed(NamedTuple):
    """Documents a second, without and with the time of the analysis, which is the same for both."""

    ours: float
    ours_whole: float
    theirs: float
    theirs_whole: float


class Stopwatch:
    """The analysis, timed."""

    def __init__(self, analyse: Analyse) -> None:
        self.analyse = analyse
        self.spent = 0.0

    def __call__(self, text: str, lang: str) -> Sequence[Word]:
        start = perf_counter()
        tokens = self.analyse(text, lang)
        self.spent += perf_counter() - start
        return tokens


class Bench:
    def __init__(self, corpus: Path, folder: Path, settings: Settings) -> None:
        self.corpus, self.settings = corpus, settings
        self.watch = Stopwatch(settings.analyse)
        self.engine = open_engine(folder, settings.database, self.watch)
        self.index = self.engine.index
        self.texts = sqlite3.connect(folder / "texts.sqlite")
        self.texts.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, title, body)")
        self.fts = Fts(folder / "fts.sqlite")
        self.readable = Readable(0, ())
        self.today = date(1970, 1, 1)
        self.reader = reader_of(corpus)

    def rows(self) -> Iterator[Row]:
        return rows(self.corpus, self.reader)

    def close(self) -> None:
        self.engine.close()
        self.texts.close()
        self.fts.close()

    def fill(self) -> "Speed":
        ids, count, start = [], 0, perf_counter()
        self.watch.spent = 0.0
        changes = (Change(1, row.document.id, row.document) for row in self.rows())
        self.index.apply(changes, 1)
        whole, ours_analysis = perf_counter() - start, self.watch.spent
        self.watch.spent, start = 0.0, perf_counter()
        for row in self.rows():
            self.fts.add(row.document, row.readable, self.watch)
            count += 1
        self.fts.commit()
        theirs = perf_counter() - start - self.watch.spent
        for row in self.rows():
            self._keep(row)
            if row.readable:
                ids.append(row.document.id)
        self.texts.commit()
        self.readable = Readable(1, tuple(ids))
        both = theirs + self.watch.spent
        return Speed(count / (whole - ours_analysis), count / whole, count / theirs, count / both)

    def _keep(self, row: Row) -> None:
        one = row.document
        self.today = max(self.today, one.day or self.today)
        self.texts.execute("INSERT INTO texts VALUES (?, ?, ?)", (one.id, one.title, one.text))

    def page(self, text: str) -> int:
        """Answer a first page: total, ten items with snippets, facets, rights."""
        parsed = parse(text, self.settings.analyse)
        query = Query(parsed.clauses, facets=FACETS, limit=10, today=self.today)
        found = self.index.search(query, self.readable)
        marks = ",".join("?" * len(found.ids))
        chosen = f"SELECT title, body FROM texts WHERE id IN ({marks})"  # noqa: S608 - only marks
        for title, body in self.texts.execute(chosen, found.ids):
            shown(title, body, "pl", parsed.clauses, self.settings.analyse)
        return found.total

    def their_page(self, text: str) -> int:
        return self.fts.page(parse(text, self.settings.analyse).clauses)

    def commits(self, queries: Sequence[str]) -> tuple[list[float], ...]:
        """Time one-document commits, of both; the first page after each; what waits for rest."""
        ours, theirs, first, rests = [], [], [], []
        for query in queries:
            self.page(query)
        some = [row for _, row in zip(range(COMMITS), self.rows(), strict=False)]
        for number, row in enumerate(some):
            changed = replace(row.document, title=f"{row.document.title} {number}")
            change = Change(2 + number, changed.id, changed)
            ours.append(timed(lambda: self.index.apply([change], change.seq)))  # noqa: B023
            theirs.append(timed(lambda: self.fts.change(changed, row.readable, self.watch)))  # noqa: B023
            query = queries[number % len(queries)]
            first.append(timed(lambda: self.page(query)))  # noqa: B023
            rests.append(timed(self.index.settle))
        return ours, theirs, first, rests


def timed(work: Callable[[], object]) -> float:
    """Return milliseconds."""
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def quantiles(times: Iterable[float]) -> tuple[float, float]:
    """Return the middle and the 95th of a hundred."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def best(work: Callable[[str], object], queries: Sequence[str], passes: int,
         before: Callable[[], object] = lambda: None) -> list[float]:  # fmt: skip
    """Time every query in several passes; its shortest counts, the rest is the machine's noise."""
    times = [float("inf")] * len(queries)
    for _ in range(passes):
        for number, query in enumerate(queries):
            before()
            times[number] = min(times[number], timed(lambda: work(query)))  # noqa: B023
    return times


def run(corpus: Path, queries: Path, settings: Settings) -> None:
    """Measure and say it."""
    with (
        tempfile.TemporaryDirectory(prefix="search-bench-") as folder,
        closing(Bench(corpus, Path(folder), settings)) as bench,
    ):
        _report(bench, asked(queries), settings)


def _report(bench: Bench, queries: Mapping[str, Sequence[str]], settings: Settings) -> None:
    say = settings.say
    speed = bench.fill()
    tidying = timed(bench.engine.tidy)
    say(f"{'kind':<10} {'warm':>15} {'emptied':>15} {'FTS5':>15}  p95 warm / emptied to FTS5")
    for kind in [*KINDS, *(kind for kind in queries if kind not in KINDS)]:
        if queries.get(kind):
            correct = settings.corrector(bench.index.vocabulary()) if kind == "typo" else str
            say(_line(bench, kind, queries[kind], correct))
    say(
        f"indexing {speed.ours_whole:.0f} docs/s, FTS5 {speed.theirs_whole:.0f}:"
        f" {speed.ours_whole / speed.theirs_whole:.2f} of it, from text to index"
    )
    say(
        f"without the analysis {speed.ours:.0f} docs/s, FTS5 {speed.theirs:.0f}:"
        f" {speed.ours / speed.theirs:.2f} of it; made tidy in {tidying / 1000:.1f} s"
    )
    say(_typos(bench))
    times = bench.commits(queries.get("one word") or ["praca"])
    (m50, m95), (o50, o95), (f50, f95), (_, r95) = map(quantiles, times)
    say(
        f"one-document commits {m50:.1f} / {m95:.1f} ms, FTS5 {o50:.1f} / {o95:.1f} ms;"
        f" merging in between {r95:.1f} ms"
    )
    say(f"first page after a commit {f50:.1f} / {f95:.1f} ms")


def _typos(bench: Bench) -> str:
    vocabulary = bench.index.vocabulary()
    corrections = Corrections(vocabulary)
    texts = (f"{row.document.title} {row.document.text}" for row in bench.rows())
    words = spelled(texts, vocabulary)
    outcomes = [
        measure(Typist(words, vocabulary, seed), corrections, bench.settings.slips)
        for seed in SEEDS
    ]
    right = " ".join(f"{outcome.right:.3f}" for outcome in outcomes)
    p95, scan = max(o.p95 for o in outcomes), min(o.scan for o in outcomes)
    return f"slips put right at once {right}; p95 {p95:.2f} ms, a scan of all words {scan:.0f} ms"


def _line(bench: Bench, kind: str, queries: Sequence[str], correct: Callable[[str], str]) -> str:
    passes = bench.settings.passes

    def ours(query: str) -> int:
        return bench.page(correct(query))

    for query in queries:
        ours(query)
    warm = quantiles(best(ours, queries, passes))
    emptied = quantiles(best(ours, queries, passes, bench.engine.empty))
    theirs = quantiles(best(lambda query: bench.their_page(correct(query)), queries, passes))
    cells = " ".join(f"{a:6.2f} /{b:7.2f}" for a, b in (warm, emptied, theirs))
    return f"{kind:<10} {cells}  {warm[1] / theirs[1]:.3f} / {emptied[1] / theirs[1]:.3f}"
