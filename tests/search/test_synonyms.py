"""Words of the field that mean the same."""

import pytest

from wielkopolskaes.search.analysis import analyse
from wielkopolskaes.search.analysis.synonyms import BadSynonyms, load
from wielkopolskaes.settings import ROOT


@pytest.fixture
def compiled(tmp_path):
    def compiled(text):
        path = tmp_path / "synonyms.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return compiled


@pytest.fixture(scope="module")
def own():
    return load(ROOT / "schemas" / "search" / "synonyms.yaml")


def words(synonyms, query):
    spans = synonyms.spans([token.keys for token in analyse(query)])
    return [(span.start, span.end, [more.words for more in span.alternatives]) for span in spans]


def test_an_abbreviation_stands_for_its_words(compiled):
    synonyms = compiled("- [PES, podmiot ekonomii społecznej]\n")
    (span,) = synonyms.spans([("pes",)])

    assert (span.start, span.end) == (0, 1)
    assert span.alternatives[0].words == "podmiot ekonomii społecznej"
    assert [keys[0] for keys in span.alternatives[0].phrase] == ["podmiot", "ekonomia", "spoleczny"]


@pytest.mark.parametrize(
    "query",
    ["ośrodków wsparcia ekonomii społecznej", "osrodek wsparcia ekonomii spolecznej"],
)
def test_words_in_any_form_stand_for_their_abbreviation(own, query):
    assert words(own, query) == [(0, 4, ["OWES"])]


@pytest.mark.parametrize("query", ["owes w pile", "OWES-u w Pile", "OWESy w Pile"])
def test_an_abbreviation_is_known_however_it_is_typed(own, query):
    assert words(own, query)[0] == (0, 1, ["ośrodek wsparcia ekonomii społecznej"])


def test_the_longest_phrase_is_taken_and_spans_do_not_overlap(own):
    query = "dotacje na podmiot ekonomii społecznej i CIS"
    assert words(own, query) == [
        (0, 1, ["dofinansowanie"]),
        (2, 5, ["PES"]),
        (6, 7, ["centrum integracji społecznej"]),
    ]


def test_all_others_of_an_entry_are_alternatives(own):
    assert words(own, "organizacje pozarządowe") == [(0, 2, ["NGO", "trzeci sektor"])]


def test_a_phrase_in_two_entries_has_the_alternatives_of_both(compiled):
    synonyms = compiled("- [PS, przedsiębiorstwo społeczne]\n- [PS, program szkoleń]\n")
    assert words(synonyms, "PS") == [(0, 1, ["przedsiębiorstwo społeczne", "program szkoleń"])]


def test_other_words_have_no_alternatives(own):
    assert words(own, "spółdzielcy z Piły, ekonomia") == []
    assert words(own, "") == []


def test_an_empty_file_has_no_synonyms(compiled):
    assert words(compiled("# nothing yet\n"), "PES") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("PES: podmiot\n", "line 1: the file must be a list of lists"),
        ("- [A B, C]\n- PES\n", "line 2: an entry is a list of two or more phrases"),
        ("- [PES]\n", "line 1: an entry is a list of two or more phrases"),
        ("- [A B, C]\n\n- [PES, [x]]\n", "line 3: a phrase is words, not a list"),
        ("- [PES, '…']\n", "line 1: '…' must have 1 to 8 words"),
        ("- [PES, a b c d e f g h i]\n", "line 1: 'a b c d e f g h i' must have 1 to 8 words"),
        ("- [PES, podmiot\n- [x\n", "line 2: "),
    ],
)
def test_a_bad_file_is_refused_with_the_line(compiled, text, message):
    with pytest.raises(BadSynonyms, match=r"synonyms\.yaml, line") as caught:
        compiled(text)
    assert message in str(caught.value)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "synonyms.yaml"
    path.write_bytes("- [PES, społeczny]".encode("iso-8859-2"))
    with pytest.raises(BadSynonyms, match=r"synonyms\.yaml"):
        load(path)
