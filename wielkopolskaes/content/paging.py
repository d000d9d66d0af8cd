"""Lists a page at a time: which page is asked for, and the way to the others."""

import re
from dataclasses import dataclass, field
from math import ceil

from pyramid.httpexceptions import HTTPNotFound

from wielkopolskaes.types import Request

_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Pager:
    """Where in a list we are; `numbers` has None for a gap."""

    page: int
    pages: int
    total: int
    prev: str | None
    next: str | None
    numbers: list[tuple[int | None, str]] = field(default_factory=list)


def page_number(request: Request) -> int:
    """Read the page asked for; what is no page number is no address of ours."""
    asked = request.GET.get("strona", "1")
    if not _PAGE_NUMBER.fullmatch(asked):
        raise HTTPNotFound
    return int(asked)


def make_pager(page: int, size: int, total: int, address: str) -> Pager:
    """Build the pager; `address` ends where the number goes. Raises 404 past the last page."""
    pages = max(1, ceil(total / size))
    if page > pages:
        raise HTTPNotFound
    first = address.removesuffix("?strona=").removesuffix("&strona=")

    def href(number: int) -> str:
        return first if number == 1 else f"{address}{number}"

    return Pager(
        page, pages, total,
        href(page - 1) if page > 1 else None,
        href(page + 1) if page < pages else None,
        [(n, href(n) if n else "") for n in _numbers(page, pages)],
    )  # fmt: skip


def _numbers(page: int, pages: int) -> list[int | None]:
    shown = sorted({1, 2, page - 1, page, page + 1, pages - 1, pages} & set(range(1, pages + 1)))
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
