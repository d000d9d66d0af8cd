"""Nothing of the five earlier texts was lost when they were re-entered as structured items.

`originals/` holds the texts as they were, `originals/ledger.yaml` every deliberate difference
with its reason: what moved into a field of its own, what was corrected, what was left out.
"""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
ORIGINALS = HERE / "originals"
LEDGER = yaml.safe_load((ORIGINALS / "ledger.yaml").read_text(encoding="utf-8"))

LINE_MARK = re.compile(r"^(?:#{1,6}\s|[-*·>]\s|[a-k]\)\s|\d{1,2}\.\s)\s*")
EMPHASIS = re.compile(r"\*\*?")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
SENTENCE_END = re.compile(r"(?<=[.:;?!])\s+")


def plain(text):
    """Return the lines of a text without list marks, headings, emphasis and link addresses."""
    lines = []
    for raw in LINK.sub(r"\1", text).splitlines():
        line = " ".join(raw.replace("\\", " ").split())
        while LINE_MARK.match(line):
            line = LINE_MARK.sub("", line, count=1)
        line = EMPHASIS.sub("", line).strip()
        if line:
            lines.append(line)
    return "\n".join(lines)


def front_and_body(path):
    _, front, body = (CONTENT / path).read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for item in value for found in strings(item)]
    return [value] if isinstance(value, str) else []


def everything_in(paths):
    texts = []
    for path in paths:
        front, body = front_and_body(path)
        texts += [plain(text) for text in [*strings(front), body]]
    return " ".join(" ".join(texts).split())


def field(path, dotted):
    value, _ = front_and_body(path)
    for key in dotted.split("."):
        value = value[int(key)] if key.isdecimal() else value[key]
    return value.isoformat() if isinstance(value, date) else value


def expected(document):
    """Return the original as it should be found: without what moved, corrected, without chrome."""
    text = plain((ORIGINALS / document).read_text(encoding="utf-8"))
    for moved in LEDGER[document].get("moved", ()):
        assert moved["text"] in text, moved
        text = text.replace(moved["text"], "", 1)
    for correction in LEDGER[document].get("corrections", ()):
        assert correction["before"] in text, correction
        text = text.replace(correction["before"], correction["after"])
    lines = [line.strip() for line in text.split("\n")]
    for dropped in LEDGER[document].get("dropped", ()):
        assert dropped["line"] in lines, dropped
        lines = [line for line in lines if line != dropped["line"]]
    return [piece.strip(" .,;:") for line in lines for piece in SENTENCE_END.split(line) if piece]


@pytest.mark.parametrize("document", sorted(LEDGER))
def test_every_sentence_of_an_earlier_text_is_in_the_content(document):
    found = everything_in(LEDGER[document]["files"])

    missing = [piece for piece in expected(document) if piece not in found]
    assert missing == []


@pytest.mark.parametrize("document", sorted(LEDGER))
def test_what_moved_into_a_field_has_its_value_there(document):
    wrong = {
        moved["text"]: field(moved["file"], moved["field"])
        for moved in LEDGER[document].get("moved", ())
        if field(moved["file"], moved["field"]) != moved["value"]
    }
    assert wrong == {}


@pytest.mark.parametrize("document", sorted(LEDGER))
def test_every_difference_has_a_reason(document):
    differences = [
        entry
        for kind in ("moved", "corrections", "dropped")
        for entry in LEDGER[document].get(kind, ())
    ]
    assert [entry for entry in differences if not entry.get("reason")] == []


def test_every_earlier_text_is_accounted_for():
    assert sorted(LEDGER) == sorted(path.name for path in ORIGINALS.glob("*.txt"))


def test_no_shortcode_and_no_glued_bullet_reaches_a_reader():
    leftovers = re.compile(r"\{phocagallery|·|Przewiń do góry|magtwardowska")
    pages = CONTENT.rglob("*.md")

    assert [p.name for p in pages if leftovers.search(p.read_text(encoding="utf-8"))] == []
