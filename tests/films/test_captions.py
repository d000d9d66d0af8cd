"""Captions: what is read of WebVTT, and how a fault is told."""

import colander
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.films.schemas import TrackSchema
from wielkopolskaes.films.vtt import BadCaptions, Cue, parse, plain, tidied

SOUND = """WEBVTT - Spółdzielnia

STYLE
::cue { color: white }

NOTE To nie jest napis

1
00:00:01.000 --> 00:00:04.500 line:80%
<v Anna Próba>Dzień dobry &amp; <i>witam</i>.
Zapraszam.

01:02:03.000 --> 01:02:05.000
[muzyka]
"""


def test_cues_have_times_words_and_voices():
    assert parse(SOUND) == [
        Cue(1.0, 4.5, "Dzień dobry & witam. Zapraszam.", "Anna Próba"),
        Cue(3723.0, 3725.0, "[muzyka]"),
    ]


def test_the_words_alone_hold_no_times_and_no_marks():
    assert plain(SOUND) == "Dzień dobry & witam. Zapraszam. [muzyka]"
    assert plain("nie napisy") == ""


def test_what_telephones_and_old_programs_save_is_read_as_well():
    lines = ("\ufeff1", "00:00:01,000 --> 00:00:02,500", "Dzień dobry", "",
             "2", "0:00:03,000 --> 0:00:04,000", "Dalej", "")  # fmt: skip
    srt = "\r\n".join(lines)
    assert parse(tidied(srt)) == [Cue(1.0, 2.5, "Dzień dobry"), Cue(3.0, 4.0, "Dalej")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Dzień dobry", 1, "WEBVTT"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nA", 1, "WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nA", 2, "empty"),
        ("WEBVTT\n1\n00:01.000 --> 00:02.000\nA\n\n00:03.000 --> 00:04.000\nB", 2, "empty"),
        ("WEBVTT\n", 2, "no caption"),
        ("WEBVTT\n\nsame słowa", 3, "no time"),
        ("WEBVTT\n\n00:01.000 --> 00:02\nA", 3, "like this"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nA", 3, "like this"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nA", 3, "end after"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:04.000 --> 00:07.000\nB", 6, "above"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nA\n00:07.000 --> 00:08.000\nB", 5, "empty line"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\n<i></i>", 3, "no words"),
    ],
)
def test_a_fault_names_its_line(text, line, words):
    with pytest.raises(BadCaptions) as fault:
        parse(text)
    assert fault.value.line == line
    assert str(fault.value).startswith(f"Line {line}: ")
    assert words in str(fault.value)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_fault_names_the_line_that_was_typed_whatever_was_made_of_it(ends):
    srt = ["", "1", "00:00:01,000 --> 00:00:02,500", "A", "", "2", "00:00:03,000 --> 0:4", "B"]
    with pytest.raises(colander.Invalid) as fault:
        TrackSchema().deserialize({"text": ends.join(srt)})
    (message,) = fault.value.asdict(translate=lambda message: message.interpolate()).values()
    assert message.startswith("Line 7: ")


@given(st.text(alphabet="WEBVT\n0123:.,-> <v>aé&;", max_size=120))
def test_no_text_breaks_the_reader(text):
    line = 0
    try:
        assert parse(tidied(text))
    except BadCaptions as fault:
        line = fault.line
    assert 0 <= line <= text.count("\n") + 4
