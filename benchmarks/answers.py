"""Targets 1, 3, 9 and 10: what an answer costs, in turns with the bare view."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.content import Filled
from benchmarks.load import Run, ask
from benchmarks.people import edit_form
from benchmarks.report import Line
from benchmarks.server import Server

CPU = "×"


@dataclass(frozen=True)
class Case:
    """Something to ask for, and how often in one turn."""

    name: str
    server: Server
    paths: Sequence[str]
    count: int
    headers: str = ""
    status: int = 200


def cases(
    bare: Server,
    uncached: Server,
    forgetful: Server,
    cached: Server,
    large: Server,
    few: Filled,
    many: Filled,
    cookie: str,
) -> list[Case]:
    """List what is compared.

    Uncached servers keep no answer, but what a page says to all readers until it changes. The
    forgetful one is asked for more articles in turn than it remembers: each is rendered from the
    database.
    """
    page_50 = f"{few.section}?strona={few.last_page}"
    etag = f"If-None-Match: {_entity_tag(cached, few.shallow[0])}\r\n"
    return [
        Case("bare view", bare, ["/"], 1500),
        Case("article", uncached, few.shallow[:100], 200),
        Case("article, made anew", forgetful, few.shallow[:400], 400),
        Case("article, eight sections deep", uncached, few.deep[:100], 200),
        Case("home", uncached, ["/"], 200),
        Case("section, first page", uncached, [few.section], 150),
        Case("section, last page", uncached, [page_50], 150),
        Case("article among ten times as many", large, many.shallow[:100], 200),
        Case("home over ten times as many", large, ["/"], 200),
        Case("section of ten times as many", large, [many.section], 150),
        Case("article, logged in", cached, few.shallow[:100], 200, f"Cookie: {cookie}\r\n"),
        Case("edit form", cached, [edit_form(few)], 60, f"Cookie: {cookie}\r\n"),
        Case("cached page", cached, few.shallow[:100], 1500),
        Case("not modified", cached, few.shallow[:1], 1500, etag, 304),
    ]


def _entity_tag(server: Server, path: str) -> str:
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"]


def in_turns(wanted: Sequence[Case], passes: int, connections: int) -> dict[str, list[Run]]:
    """Measure each case once per pass, so that what else the machine does hits all alike."""
    runs: dict[str, list[Run]] = {case.name: [] for case in wanted}
    for number in range(passes + 1):
        for case in wanted:
            # The first pass warms up: it fills caches and compiles templates.
            count = case.count if number else len(case.paths)
            run = ask(case.server, case.paths, count, connections=connections, headers=case.headers)
            if set(run.statuses) != {case.status}:
                raise RuntimeError(f"{case.name}: {dict(run.statuses)} instead of {case.status}")
            if number:
                runs[case.name].append(run)
    return runs


def cpu(runs: Mapping[str, list[Run]], name: str) -> float:
    return median(run.cpu_ms for run in runs[name])


def judged(runs: Mapping[str, list[Run]]) -> Iterator[Line]:
    """Compare; every ratio is of CPU time, which other processes disturb least."""
    for name in runs:
        rate = median(run.rate for run in runs[name])
        yield Line("", name, cpu(runs, name), "ms", note=f"{rate:,.0f} requests/s")
    bare = cpu(runs, "bare view")
    for name, limit in (("article", 8), ("article, made anew", 8), ("home", 14),
                        ("section, first page", 14), ("section, last page", 14)):  # fmt: skip
        yield Line("1", f"{name} : bare view", cpu(runs, name) / bare, CPU, limit)
    for name, limit in (("article, logged in", 10), ("edit form", 40)):
        yield Line("2", f"{name} : bare view", cpu(runs, name) / bare, CPU, limit)
    deep = cpu(runs, "article, eight sections deep") / cpu(runs, "article")
    yield Line("1", "eight sections deep : three", deep, CPU, 1.2)
    cached, unmodified = cpu(runs, "cached page"), cpu(runs, "not modified")
    yield Line("3", "bare view : cached page", bare / cached, CPU, 1.0, at_least=True)
    yield Line("3", "cached page : not modified", cached / unmodified, CPU, 1.0, at_least=True)
    pages = cpu(runs, "section, last page") / cpu(runs, "section, first page")
    yield Line("9", "last page : first page of a section", pages, CPU, 1.2)
    for name, other in (("article", "article among ten times as many"),
                        ("home", "home over ten times as many"),
                        ("section, first page", "section of ten times as many")):  # fmt: skip
        yield Line("9", f"{other} : {name}", cpu(runs, other) / cpu(runs, name), CPU, 1.2)


def steadiness(server: Server, paths: Sequence[str], count: int = 400) -> Line:
    """Compare the slowest answers with the usual ones, at one connection."""
    run = ask(server, paths, count, connections=1)
    spread = run.quantile(0.99) / run.quantile(0.5)
    return Line("10", "article, 99th percentile : median", spread, CPU, 3)
