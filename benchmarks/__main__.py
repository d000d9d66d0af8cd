"""`python -m benchmarks`: fill throw-away portals, measure, print, judge."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import people
from benchmarks.answers import cases, in_turns, judged, steadiness
from benchmarks.content import Filled, fill, settings
from benchmarks.fresh import failures, stale_reads
from benchmarks.hostile_text import BOUND, worst_growth
from benchmarks.load import ask
from benchmarks.report import Line, Report
from benchmarks.server import Server, running, share_core
from benchmarks.start import cold_starts
from benchmarks.weight import Browser

SLOW = 1
TIMES = 10


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000, help="in the smaller portal")
    parser.add_argument("--passes", type=int, default=5, help="turns of each measurement")
    parser.add_argument("--connections", type=int, default=16, help="at the same time")
    parser.add_argument("--requests", type=int, default=10_000, help="while somebody writes")
    parser.add_argument(
        "--tolerance", type=float, default=0.15, help="a target is missed beyond this share of it"
    )
    parser.add_argument(
        "--database-url", nargs=2, metavar=("SMALL", "LARGE"),
        help="two empty PostgreSQL databases instead of SQLite files",
    )  # fmt: skip
    return parser.parse_args()


def main() -> int:
    args = arguments()
    report = Report(args.tolerance)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        few, many = filled(args, Path(folder))
        share_core()
        report.head()
        for line in measured(args, few, many):
            report.add(line)
    if report.missed:
        print(f"\n{len(report.missed)} targets missed by more than {args.tolerance:.0%}.")
    return SLOW if report.missed else 0


def filled(args: argparse.Namespace, folder: Path) -> list[Filled]:
    portals = []
    for number, articles in enumerate((args.articles, TIMES * args.articles)):
        var = folder / str(articles)
        url = args.database_url[number] if args.database_url else f"sqlite:///{var}/portal.sqlite"
        print(f"filling a portal with {articles} articles", file=sys.stderr)
        portals.append(fill(url, var, articles=articles))
    return portals


def measured(args: argparse.Namespace, few: Filled, many: Filled) -> Iterator[Line]:
    yield from starts(few)
    growth, pattern = worst_growth()
    yield Line("–", "four times more hostile text", growth, "times", BOUND, note=pattern)
    with ExitStack() as stack:
        bare = stack.enter_context(running("bare"))
        uncached, forgetful, large = (
            stack.enter_context(running("uncached", settings(p.url, p.var, page_cache=False)))
            for p in (few, few, many)
        )
        cached, second = (
            stack.enter_context(running("cached", settings(few.url, few.var, page_cache=True)))
            for _ in range(2)
        )
        cookie = people.log_in(few)
        wanted = cases(bare, uncached, forgetful, cached, large, few, many, cookie)
        yield from judged(in_turns(wanted, args.passes, args.connections))
        yield steadiness(uncached, few.shallow[:100])
        yield from weights(cached, few)
        form = people.edit_form(few)
        yield from people.weights(cached, few.shallow[0], form, cookie)
        yield from promises(args, few, [cached, second])
        yield memory(cached, few)


def starts(few: Filled) -> Iterator[Line]:
    bare, portal = cold_starts(settings(few.url, few.var, page_cache=True), 5)
    yield Line("7", "cold start", portal, "s CPU", 1.0, note=f"bare Pyramid: {bare:.2f} s")
    yield Line("7", "cold start : bare Pyramid", portal / bare, "×", 3)


def weights(server: Server, few: Filled) -> Iterator[Line]:
    browser = Browser(server)
    first, following = browser.visit(few.shallow[0]), browser.visit(few.shallow[1])
    yield Line("8", "first visit, an article", first.requests, "asks", 9)
    yield Line("8", "first visit, an article", first.bytes / 1000, "kB", 160)
    yield Line("8", "next page", following.bytes / 1000, "kB", 12)
    again = browser.visit(few.shallow[0])
    yield Line("8", "the same page again", again.bytes / 1000, "kB", 12)


def promises(args: argparse.Namespace, few: Filled, servers: list[Server]) -> Iterator[Line]:
    yield Line("4", "stale of 1,000 reads after publishing", stale_reads(few, servers), "", 0)
    failed = failures(few, servers, args.requests)
    yield Line("10", f"failures of {args.requests:,} while writing", failed, "", 0)


def memory(server: Server, few: Filled) -> Line:
    """Fill the page cache to its brim, then weigh the process."""
    paths = few.shallow + few.deep
    ask(server, paths, len(paths), headers="Accept-Encoding: gzip\r\n")
    return Line("7", "memory after load, page cache included", server.pss(), "MB PSS", 90)


if __name__ == "__main__":
    sys.exit(main())
