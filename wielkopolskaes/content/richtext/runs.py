"""Inline content in one normal form: pieces of text, each with its marks, and back to HTML."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import takewhile
from typing import NamedTuple

Attrs = tuple[tuple[str, str], ...]
_WHITE = re.compile(r"[ \t\r\n]+")


class Mark(NamedTuple):
    """An inline element: ``Mark("a", (("href", "node:12"),))``."""

    tag: str
    attrs: Attrs = ()


class Run(NamedTuple):
    """Text under marks; a line break is BREAK; a picture has ``image`` attributes, no text."""

    text: str
    marks: tuple[Mark, ...] = ()
    image: Attrs | None = None


BREAK = "\n"
QUOTE = '"'


def attrs_of(attrs: Attrs) -> str:
    """Attributes as HTML, with a leading space each."""
    return "".join(
        f' {name}="{escape(value, quote=False).replace(QUOTE, "&quot;")}"' for name, value in attrs
    )


def shared(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The outer marks which two neighbours have in common."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return tuple(mark for mark, _ in pairs)


def is_break(run: Run) -> bool:
    return run.text == BREAK and run.image is None


def text_of(runs: Iterable[Run]) -> str:
    """What a reader reads, pictures left out."""
    return "".join(run.text for run in runs)


def collapse(runs: Iterable[Run]) -> list[Run]:
    """White space as a browser shows it: single, never at an edge, outside of the marks.

    Marks around nothing vanish, equal neighbours become one, breaks stand alone and inside.
    """
    out: list[Run] = []
    space = False
    broken = False
    for run in runs:
        if is_break(run):
            broken, space = bool(out), False
            continue
        text = _WHITE.sub(" ", run.text)
        core = text.strip(" ")
        if not core and run.image is None:
            space = space or bool(text)
            continue
        space = space or text.startswith(" ")
        _join(out, run._replace(text=core), space, broken)
        space, broken = text.endswith(" "), False
    return out


def _join(out: list[Run], run: Run, space: bool, broken: bool) -> None:
    if out and (space or broken):
        between = Run(BREAK if broken else " ", shared(out[-1].marks, run.marks))
        _append(out, between)
    _append(out, run)


def _append(out: list[Run], run: Run) -> None:
    last = out[-1] if out else None
    mergeable = last and last.marks == run.marks and last.image is None and run.image is None
    if last and mergeable and not is_break(last) and not is_break(run):
        out[-1] = Run(last.text + run.text, run.marks)
    else:
        out.append(run)


def without(runs: Iterable[Run], *tags: str) -> list[Run]:
    """Take marks off, such as the bold of a heading."""
    return collapse(
        run._replace(marks=tuple(mark for mark in run.marks if mark.tag not in tags))
        for run in runs
    )


def unbroken(runs: Iterable[Run]) -> list[Run]:
    """Line breaks as spaces."""
    return collapse(run._replace(text=" ") if is_break(run) else run for run in runs)


def lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield the lines between the breaks."""
    line: list[Run] = []
    for run in runs:
        if is_break(run):
            yield line
            line = []
        else:
            line.append(run)
    yield line


def skip(runs: list[Run], count: int) -> list[Run]:
    """The runs without the first ``count`` characters."""
    rest: list[Run] = []
    for run in runs:
        dropped = min(count, len(run.text))
        count -= dropped
        rest.append(run._replace(text=run.text[dropped:]))
    return collapse(rest)


def to_html(runs: Iterable[Run]) -> str:
    """HTML with as few tags as the order of the marks allows."""
    parts: list[str] = []
    open_marks: tuple[Mark, ...] = ()
    for run in runs:
        kept = len(shared(open_marks, run.marks))
        parts += [f"</{mark.tag}>" for mark in reversed(open_marks[kept:])]
        parts += [f"<{mark.tag}{attrs_of(mark.attrs)}>" for mark in run.marks[kept:]]
        open_marks = run.marks
        parts.append(_leaf(run))
    parts += [f"</{mark.tag}>" for mark in reversed(open_marks)]
    return "".join(parts)


def _leaf(run: Run) -> str:
    if run.image is not None:
        return f"<img{attrs_of(run.image)}>"
    return "<br>" if is_break(run) else escape(run.text, quote=False)
