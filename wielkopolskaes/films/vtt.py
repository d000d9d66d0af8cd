"""WebVTT: captions as players take them, read strictly enough to be checked and read as a text.

See https://www.w3.org/TR/webvtt1/. Regions, styles and settings of cues are left to players.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _

# An hour of speech has about a thousand; what has more is no film of ours.
MOST_CUES = 20_000
_ARROW = "-->"
_STAMP = r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+\S.*)?")
_SRT_TIMING = re.compile(r"^[ \t]*[0-9:]+,[0-9]{3}[ \t]*-->.*$", re.MULTILINE)
_SRT_STAMP = re.compile(r"([0-9]{1,2}):([0-9]{2}:[0-9]{2}),([0-9]{3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_NOT_CUES = ("NOTE", "STYLE", "REGION")

_TIME = _("Line ${line}: write the time like this: 00:01.000 --> 00:04.000")
_NO_GAP = _("Line ${line}: leave an empty line before the next time.")


class Cue(NamedTuple):
    """Words and the seconds between which they are said; `voice` is whose they are."""

    start: float
    end: float
    text: str
    voice: str = ""


class BadCaptions(ValueError):
    """Captions that no player would show in full: the line, counted from 1, and what is wrong."""

    def __init__(self, line: int, message: TranslationString) -> None:
        self.line = line
        self.message = message % {"line": line}
        self._unnumbered = message
        super().__init__(self.message.interpolate())

    def moved(self, lines: int) -> "BadCaptions":
        """Return the same fault so many lines further down."""
        return BadCaptions(self.line + lines, self._unnumbered)


def checked(typed: str) -> str:
    """Make captions for players of what was typed; raises BadCaptions with the line as typed."""
    text = tidied(typed)
    try:
        parse(text)
    except BadCaptions as fault:
        added = text.count("\n") - _with_one_end(typed).count("\n")
        raise fault.moved(-added) from None
    return text


def _with_one_end(text: str) -> str:
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidied(text: str) -> str:
    """Give lines one kind of end; make WebVTT of SubRip (.srt), which differs in a few signs."""
    text = _with_one_end(text)
    if text.startswith("WEBVTT") or not _SRT_TIMING.search(text):
        return text
    timed = _SRT_TIMING.sub(lambda match: _dotted(match[0]), text)
    return f"WEBVTT\n\n{timed}"


def _dotted(line: str) -> str:
    return _SRT_STAMP.sub(lambda m: f"{m[1]:0>2}:{m[2]}.{m[3]}", line.strip())


def parse(text: str) -> list[Cue]:
    """Read all cues; raises BadCaptions for the first fault."""
    lines = text.split("\n")
    _check_head(lines)
    found: list[Cue] = []
    for first, block in _blocks(lines):
        # With a time in it players take it for a caption.
        if block[0].split()[0] in _NOT_CUES and not any(_ARROW in line for line in block):
            continue
        found.append(_cue(first, block, found[-1] if found else None))
        if len(found) > MOST_CUES:
            raise BadCaptions(first, _("Line ${line}: these are too many captions for one film."))
    if not found:
        raise BadCaptions(len(lines), _("Line ${line}: there is no caption in this text."))
    return found


def plain(text: str) -> str:
    """Return the words alone, for the search; nothing of what cannot be read."""
    try:
        return " ".join(cue.text for cue in parse(text))
    except BadCaptions:
        return ""


def _check_head(lines: Sequence[str]) -> None:
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BadCaptions(1, _("Line ${line}: here must be the word WEBVTT."))
    if any(_ARROW in line for line in takewhile(str.strip, lines)):
        raise BadCaptions(2, _("Line ${line}: leave this line empty."))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines after the head, with the number of its first line."""
    start = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    block: list[str] = []
    for number, line in enumerate([*lines[start:], ""], start=start + 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(first: int, block: list[str], before: Cue | None) -> Cue:
    """Read one block; `first` is the number of its first line."""
    at = next((n for n, line in enumerate(block[:2]) if _ARROW in line), None)
    if at is None:
        raise BadCaptions(first, _("Line ${line}: these words have no time. Write above them, for "
                                   "example: 00:01.000 --> 00:04.000"))  # fmt: skip
    line = first + at
    match = _TIMING.fullmatch(block[at].strip())
    if match is None:
        raise BadCaptions(line, _TIME)
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    if end <= start:
        raise BadCaptions(line, _("Line ${line}: the caption must end after it begins."))
    if before and start < before.start:
        raise BadCaptions(line, _("Line ${line}: the caption begins before the one above it."))
    second = next((n for n, each in enumerate(block[at + 1 :], 1) if _ARROW in each), 0)
    if second:
        raise BadCaptions(line + second, _NO_GAP)
    words = "\n".join(block[at + 1 :])
    text = _words(words)
    if not text:
        raise BadCaptions(line, _("Line ${line}: there are no words under this time."))
    voice = _VOICE.search(words)
    return Cue(start, end, text, " ".join(unescape(voice[1]).split()) if voice else "")


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _words(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", text)).split())
