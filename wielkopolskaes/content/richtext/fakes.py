"""Lists typed by hand ("·   text", "1.   text", "- a) text") made into real ones.

One such line proves nothing; two in a row do. Dashes need more proof, because Polish dialogue
begins with a dash as well.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from wielkopolskaes.content.richtext.blocks import Block
from wielkopolskaes.content.richtext.runs import BREAK, Attrs, Run, collapse, lines, skip, text_of

_BULLET = re.compile(r"([·•▪◦‣●○■□►➢✓✔∙⁃]|[-–—*](?= ))(?: *[·•▪◦‣●○■□►➢✓✔∙⁃]| +[-–—*](?= ))* *")
_UNPROVEN = frozenset("-–—*")
_NUMBER = re.compile(r"\(?([0-9]{1,3}|[a-z]|[ivx]{1,5})([.)]) +(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")


class Number(NamedTuple):
    """The beginning "b) " of a line: as kinds of numbering and the value in each."""

    values: dict[str, int]
    length: int


def number(text: str) -> Number | None:
    """Read a typed number; letters count only with a bracket ("a)"), never as initials ("a.")."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    sign = match[1]
    values = {"1": int(sign)} if sign.isdigit() else {}
    if match[2] == ")" and not sign.isdigit():
        values |= {"a": ord(sign) - 96} if len(sign) == 1 else {}
        values |= {"i": _ROMAN.index(sign) + 1} if sign in _ROMAN else {}
    return Number(values, match.end()) if values else None


def sequence(texts: list[str]) -> Attrs | None:
    """How an ordered list of these texts is numbered; None when they do not count upwards."""
    numbers = [number(text) for text in texts]
    found = [each.values for each in numbers if each is not None]
    if len(found) != len(texts) or len(found) < 2:
        return None
    for kind in ("1", "a", "i"):
        values = [each.get(kind, 0) for each in found]
        if 0 not in values and all(after == before + 1 for before, after in pairwise(values)):
            return _numbering(kind, values[0])
    return None


def _numbering(kind: str, first: int) -> Attrs:
    start = (("start", str(first)),) if first != 1 else ()
    return (*start, *((("type", kind),) if kind != "1" else ()))


def revive(blocks: list[Block]) -> list[Block]:
    """Replace paragraphs that are items of a list by the list."""
    lined = [line for block in blocks for line in _lines(block)]
    out: list[Block] = []
    for group in _groups(lined):
        made = _bullets(group) or _numbered(group)
        out += [made] if made else group
    return out


def _lines(block: Block) -> Iterator[Block]:
    """Yield a paragraph whose lines are items as one paragraph for each line."""
    rows = list(lines(block.runs)) if block.tag == "p" else []
    if sum(_sign(text_of(row)) is not None for row in rows) < 2:
        yield block
        return
    rest: list[Run] = []
    for row in rows:
        if _sign(text_of(row)) is None:
            rest += [*([Run(BREAK)] if rest else []), *row]
            continue
        if rest:
            yield Block("p", collapse(rest), attrs=block.attrs)
        rest = []
        yield Block("p", collapse(row), attrs=block.attrs)
    if rest:
        yield Block("p", collapse(rest), attrs=block.attrs)


def _sign(text: str) -> str | None:
    """What a line begins with: its bullet, "1" for any number, None for plain text."""
    if (bullet := _BULLET.match(text)) and bullet.end() < len(text):
        return bullet[1]
    return "1" if number(text) else None


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield neighbours that begin with the same sign and may be one list."""
    group: list[Block] = []
    group_key: tuple[str, Attrs] | None = None
    for block in blocks:
        sign = _sign(text_of(block.runs)) if block.tag == "p" else None
        key = (sign, block.attrs) if sign else None
        if group and (key is None or key != group_key or _restarts(group[-1], block)):
            yield group
            group = []
        group.append(block)
        group_key = key
    if group:
        yield group


def _restarts(before: Block, after: Block) -> bool:
    """Two typed numbers that do not follow each other belong to different lists."""
    one, other = number(text_of(before.runs)), number(text_of(after.runs))
    if one is None or other is None:
        return False
    return not any(other.values.get(kind) == value + 1 for kind, value in one.values.items())


def _bullets(group: list[Block]) -> Block | None:
    texts = [text_of(block.runs) for block in group]
    matches = [_BULLET.match(text) for text in texts]
    if len(group) < 2 or not all(matches):
        return None
    rests = [text[match.end() :] for text, match in zip(texts, matches, strict=True) if match]
    if texts[0][0] in _UNPROVEN and not _proven(rests):
        return None
    counts = [match.end() for match in matches if match]
    return _made("ul", group, counts)


def _proven(rests: list[str]) -> bool:
    """Tell a list with dashes from a dialogue."""
    if sequence(rests) is not None:
        return True
    if all(rest[:1].islower() or rest[:1].isdigit() for rest in rests):
        return True
    return all(rest.endswith((";", ",")) for rest in rests[:-1])


def _numbered(group: list[Block]) -> Block | None:
    texts = [text_of(block.runs) for block in group]
    attrs = sequence(texts)
    if attrs is None:
        return None
    counts = [found.length for found in map(number, texts) if found]
    made = _made("ol", group, counts)
    made.attrs = (*attrs, *made.attrs)
    return made


def _made(tag: str, group: list[Block], counts: list[int]) -> Block:
    pairs = zip(group, counts, strict=True)
    items = [Block("li", skip(block.runs, count)) for block, count in pairs]
    return Block(tag, blocks=items, attrs=group[0].attrs)


def unmark(block: Block) -> Block:
    """Take typed bullets and numbers out of a real bulleted list; numbers make it ordered."""
    if block.tag != "ul":
        return block
    matches = [_BULLET.match(text_of(item.runs)) for item in block.blocks]
    if all(matches):
        for item, match in zip(block.blocks, matches, strict=True):
            item.runs = skip(item.runs, match.end() if match else 0)
    texts = [text_of(item.runs) for item in block.blocks]
    attrs = sequence(texts)
    if attrs is not None:
        for item, found in zip(block.blocks, map(number, texts), strict=True):
            item.runs = skip(item.runs, found.length if found else 0)
        block.tag, block.attrs = "ol", (*attrs, *block.attrs)
    return block
