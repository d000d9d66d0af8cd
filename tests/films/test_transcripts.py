"""Transcripts: of captions, or typed; and moments as people write them."""

import pytest

from wielkopolskaes.films.times import clock, read_clock
from wielkopolskaes.films.transcripts import Paragraph, Part, transcript

SPOKEN = """WEBVTT

00:01.000 --> 00:03.000
<v Anna>Dzień dobry.

00:03.200 --> 00:05.000
<v Anna>Zapraszam do kuchni.

00:05.500 --> 00:07.000
<v Jan>Pachnie chlebem.

01:10.000 --> 01:12.000
<v Jan>A to jest piec.
"""
SEEN = "WEBVTT\n\n00:04.000 --> 00:05.000\nAnna otwiera drzwi.\n"
CHAPTERS = [{"at": 0, "title": "Wejście"}, {"at": 70, "title": "Piec"}]


def track(text, kind="captions", lang="pl"):
    return {"kind": kind, "lang": lang, "text": text}


def test_captions_become_paragraphs_by_who_speaks_and_by_chapters():
    assert transcript("", [track(SPOKEN)], CHAPTERS, "pl") == [
        Part("Wejście", 0, [
            Paragraph(1, "Anna", "Dzień dobry. Zapraszam do kuchni."),
            Paragraph(5, "Jan", "Pachnie chlebem."),
        ]),
        Part("Piec", 70, [Paragraph(70, "Jan", "A to jest piec.")]),
    ]  # fmt: skip


def test_what_the_picture_shows_stands_where_it_happens():
    parts = transcript("", [track(SPOKEN), track(SEEN, "descriptions")], [], "pl")
    assert [(each.at, each.seen) for each in parts[0].paragraphs][:4] == [
        (1, False), (4, True), (5, False), (70, False),
    ]  # fmt: skip


def test_the_captions_are_those_of_the_page_or_else_the_first():
    english = SPOKEN.replace("Dzień dobry.", "Good morning.")
    both = [track(english, lang="en"), track(SPOKEN)]
    assert "Dzień dobry" in transcript("", both, [], "pl")[0].paragraphs[0].text
    assert "Good morning" in transcript("", both[:1], [], "pl")[0].paragraphs[0].text
    assert transcript("", [track(SPOKEN, "subtitles")], [], "pl") == []


def test_a_typed_one_goes_before_captions():
    typed = "Bez czasu.\n\n0:05 Jan Kowalski: Pachnie\nchlebem.\n[1:02:03] Koniec o 12:30."
    assert transcript(typed, [track(SPOKEN)], [], "pl")[0].paragraphs == [
        Paragraph(None, "", "Bez czasu."),
        Paragraph(5, "Jan Kowalski", "Pachnie chlebem."),
        Paragraph(3723, "", "Koniec o 12:30."),
    ]


def test_long_speech_is_parted_at_the_end_of_a_sentence():
    cues = [f"00:{n:02}.000 --> 00:{n:02}.900\n{'Słowo ' * 19}koniec{'.' * (n % 2)}"
            for n in range(10, 20)]  # fmt: skip
    text = "WEBVTT\n\n" + "\n\n".join(cues)
    paragraphs = transcript("", [track(text)], [], "pl")[0].paragraphs
    assert len(paragraphs) > 1
    assert all(each.text.endswith(".") for each in paragraphs)


@pytest.mark.parametrize(("typed", "seconds"), [("1:23", 83), ("83:00", 4980), ("1:02:03", 3723),
                                                ("83", 83), ("0:00", 0)])  # fmt: skip
def test_moments_are_read_as_people_write_them(typed, seconds):
    assert read_clock(typed) == seconds


@pytest.mark.parametrize("typed", ["", "1:2", "1:60", "1:60:00", "a", "-1:00", "1:23:45:00", "1.5"])
def test_what_is_no_moment_is_none(typed):
    assert read_clock(typed) is None


@pytest.mark.parametrize(("seconds", "words"), [(0, "0:00"), (83, "1:23"), (3723, "1:02:03")])
def test_moments_are_written_so_that_they_can_be_read(seconds, words):
    assert clock(seconds) == words
    assert read_clock(words) == seconds
