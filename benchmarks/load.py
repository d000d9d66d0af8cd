"""A small load generator: keep-alive connections that ask for paths in turn."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter

from benchmarks.server import Server

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Run:
    """What a number of requests took. `cpu` is that of the server."""

    seconds: float = 0.0
    cpu: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.statuses.total()

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of the server for one request."""
        return self.cpu / self.count * 1000

    def quantile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def ask(
    server: Server, paths: Sequence[str], count: int, *, connections: int = 16, headers: str = ""
) -> Run:
    """Make `count` requests, each connection taking the next path; raises on a broken answer."""
    run = Run()
    before = server.cpu()
    started = perf_counter()
    asyncio.run(_all(server, paths, count, connections, headers, run))
    run.seconds = perf_counter() - started
    run.cpu = server.cpu() - before
    return run


async def _all(
    server: Server, paths: Sequence[str], count: int, connections: int, headers: str, run: Run
) -> None:
    wanted = iter([path for path, _ in zip(cycle(paths), range(count), strict=False)])
    async with asyncio.TaskGroup() as group:
        for _ in range(min(connections, count)):
            group.create_task(_one(server, wanted, headers, run))


async def _one(server: Server, wanted: Iterator[str], headers: str, run: Run) -> None:
    stream = None
    for path in wanted:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()
        started = perf_counter()
        if stream is None:
            stream = await asyncio.open_connection("127.0.0.1", server.port)
        head = await _exchange(stream, request)
        run.latencies.append(perf_counter() - started)
        run.statuses[int(head[9:12])] += 1
        # waitress closes the connection after each answer without a body: 304 is one.
        if b"\r\nconnection: close" in head.lower():
            await _close(stream)
            stream = None
    if stream is not None:
        await _close(stream)


async def _exchange(stream: Stream, request: bytes) -> bytes:
    reader, writer = stream
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if length:
        await reader.readexactly(int(length[1]))
    return head


async def _close(stream: Stream) -> None:
    stream[1].close()
    await stream[1].wait_closed()
