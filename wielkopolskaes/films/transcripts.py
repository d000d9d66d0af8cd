"""What is said and seen in a film, as a text to read: typed by somebody, or made of captions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from wielkopolskaes.films import vtt
from wielkopolskaes.films.times import read_clock
from wielkopolskaes.films.vtt import Cue

# Seconds of silence after which a new paragraph begins.
SILENCE = 2.5
# Characters from which a paragraph ends with the next sentence.
LONG_ENOUGH = 420
_SENTENCE_ENDS = (".", "?", "!", "…", ".”", "?”", "!”")
_TIMED = re.compile(r"\[?((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-5][0-9])\]?\s+(.+)", re.DOTALL)
_SPOKEN_BY = re.compile(r"((?:[^\W\d_][\w.’'-]*)(?: [\w.’'-]+){0,3}):\s+(.+)", re.DOTALL)


class Paragraph(NamedTuple):
    """Words from a moment on, None when nobody has said which; `seen` is what the picture shows."""

    at: int | None
    voice: str
    text: str
    seen: bool = False


class Part(NamedTuple):
    """The paragraphs of a chapter; the title is empty for what stands before the first."""

    title: str
    at: int | None
    paragraphs: list[Paragraph]


def transcript(
    typed: str, tracks: Sequence[dict[str, Any]], chapters: Sequence[dict[str, Any]], lang: str
) -> list[Part]:
    """Return the whole transcript by chapters; nothing when there is none."""
    starts = [chapter["at"] for chapter in chapters]
    if typed:
        return _parts(list(_typed(typed)), chapters)
    spoken, seen = _of_kind(tracks, "captions", lang), _of_kind(tracks, "descriptions", lang)
    if not spoken:
        return []
    cues = [(cue, False) for cue in spoken] + [(cue, True) for cue in seen]
    ordered = sorted(cues, key=lambda pair: (pair[0].start, not pair[1]))
    return _parts(list(_grouped(ordered, starts)), chapters)


def _of_kind(tracks: Sequence[dict[str, Any]], kind: str, lang: str) -> list[Cue]:
    """Read the track in the language, else, of captions, the first that there is."""
    known = {track["lang"]: track["text"] for track in reversed(tracks) if track["kind"] == kind}
    first = next(iter(reversed(known.values())), "") if kind == "captions" else ""
    text = known.get(lang, first)
    return vtt.parse(text) if text else []


def _grouped(cues: Iterable[tuple[Cue, bool]], starts: Sequence[int]) -> Iterator[Paragraph]:
    held: list[Cue] = []
    kind = False
    for cue, seen in cues:
        if held and (seen != kind or _parts_from(held, cue, starts)):
            yield _joined(held, kind)
            held = []
        kind = seen
        held.append(cue)
    if held:
        yield _joined(held, kind)


def _parts_from(held: list[Cue], cue: Cue, starts: Sequence[int]) -> bool:
    """Tell whether a new paragraph begins with the cue."""
    last = held[-1]
    if cue.voice != last.voice or cue.start - last.end >= SILENCE:
        return True
    if any(last.start < start <= cue.start for start in starts):
        return True
    long = sum(len(each.text) for each in held) >= LONG_ENOUGH
    return long and last.text.endswith(_SENTENCE_ENDS)


def _joined(held: list[Cue], seen: bool) -> Paragraph:
    words = " ".join(cue.text for cue in held)
    return Paragraph(int(held[0].start), held[0].voice, words, seen)


def _typed(text: str) -> Iterator[Paragraph]:
    for block in re.split(r"\n\s*\n|\n(?=\[?[0-9]{1,3}:[0-5][0-9])", text.replace("\r\n", "\n")):
        words = " ".join(block.split())
        if not words:
            continue
        timed = _TIMED.fullmatch(words)
        at = read_clock(timed[1]) if timed else None
        if timed and at is not None:
            words = timed[2]
        by = _SPOKEN_BY.fullmatch(words)
        yield Paragraph(at, by[1] if by else "", by[2] if by else words)


def _parts(paragraphs: list[Paragraph], chapters: Sequence[dict[str, Any]]) -> list[Part]:
    parts = [Part("", None, [])]
    waiting = list(chapters)
    for each in paragraphs:
        while waiting and each.at is not None and each.at >= int(waiting[0]["at"]):
            chapter = waiting.pop(0)
            parts.append(Part(chapter["title"], int(chapter["at"]), []))
        parts[-1].paragraphs.append(each)
    return [part for part in parts if part.paragraphs]
