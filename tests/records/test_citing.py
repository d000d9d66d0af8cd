"""Citations of records: what readers see, and files that other programs read back."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from wielkopolskaes.records.citing import Cited, apa, iso
from wielkopolskaes.records.formats import as_bibtex, as_csl, as_ris
from wielkopolskaes.records.record import Contributor, Kind, Record, Role, Subject

ADDRESS = "http://localhost/p/ABC-1"
NASTY = 'Łódź i "cudzysłów" {nawias} 100% & $5 #1 a_b ~x^2 \\cmd „żółć”'


def cited(**fields):
    values = {
        "node_id": 1, "letter": "p", "code": "ABC-1", "kind": Kind.BOOK, "path": "/a",
        "title": "Tytuł", "lang": "pl", "version": 3,
        "modified": datetime(2026, 5, 4, tzinfo=UTC),
    }  # fmt: skip
    return Cited(Record(**{**values, **fields}), ADDRESS, date(2026, 11, 22))


def say(message):
    return getattr(message, "interpolate", lambda: message)()


def by(*people):
    return tuple(Contributor(*each) for each in people)


AUTHORS = by(
    ("Anna Maria Nowak-Żyła", Role.AUTHOR, True),
    ("Fundacja „Barka”, oddział A and B", Role.AUTHOR, False),
)


def bib(what):
    (entry,) = parse_string(as_bibtex(what), "bibtex").entries.values()
    return entry


# What TeX sets for these commands (LaTeX2e, encoding T1).
COMMANDS = {
    r"{\textbackslash}": "\\", r"{\textasciitilde}": "~", r"{\textasciicircum}": "^",
    r"\%": "%", r"\&": "&", r"\#": "#", r"\$": "$", r"\_": "_",
}  # fmt: skip
BRACES = {r"{\textbraceleft}": "{", r"{\textbraceright}": "}"}


def plain(text):
    """Read what TeX would set."""
    for command, char in COMMANDS.items():
        text = text.replace(command, char)
    for command, char in BRACES.items():
        text = text.replace(command, char)
    return re.sub(r"^\{(.*)\}$", r"\1", text)


def test_an_article_stands_in_its_magazine():
    what = cited(kind=Kind.ARTICLE, series="Ekonomia Społeczna", number="1/2017")
    entry = bib(what)
    assert (entry.type, entry.fields["journal"]) == ("article", "Ekonomia Społeczna")
    assert "TY  - JOUR" in as_ris(what)
    (item,) = json.loads(as_csl(what))
    assert (item["type"], item["container-title"]) == ("article-journal", "Ekonomia Społeczna")


def test_bibtex_is_read_back():
    entry = bib(cited(title=NASTY, contributors=AUTHORS, issued="2014-05", isbn="978-83-1"))
    assert entry.type == "book"
    assert plain(entry.fields["title"]) == NASTY
    person, organisation = entry.persons["author"]
    given_names = [*person.first_names, *person.middle_names]
    assert (person.last_names, given_names) == (["Nowak-Żyła"], ["Anna", "Maria"])
    assert plain(str(organisation)) == "Fundacja „Barka”, oddział A and B"
    assert (entry.fields["year"], entry.fields["month"]) == ("2014", "5")
    assert (entry.fields["url"], entry.fields["urldate"]) == (ADDRESS, "2026-11-22")


def test_ris_is_read_back():
    (entry,) = rispy.loads(as_ris(cited(title=NASTY, contributors=AUTHORS, issued="2014-05")))
    assert (entry["type_of_reference"], entry["title"]) == ("BOOK", NASTY)
    assert entry["authors"] == ["Nowak-Żyła, Anna Maria", "Fundacja „Barka”, oddział A and B"]
    assert (entry["year"], entry["urls"]) == ("2014", [ADDRESS])


def test_csl_json_names_people_and_organisations_apart():
    (item,) = json.loads(as_csl(cited(title=NASTY, contributors=AUTHORS, issued="2014-05")))
    assert item["title"] == NASTY
    assert item["author"] == [
        {"family": "Nowak-Żyła", "given": "Anna Maria"},
        {"literal": "Fundacja „Barka”, oddział A and B"},
    ]
    assert item["issued"] == {"date-parts": [[2014, 5]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 22]]}


def test_an_unknown_year_and_author_are_left_out_of_files():
    what = cited()
    entry = bib(what)
    assert "year" not in entry.fields
    assert "author" not in entry.persons
    (ris,) = rispy.loads(as_ris(what))
    assert {"year", "date", "authors"}.isdisjoint(ris)
    (csl,) = json.loads(as_csl(what))
    assert {"issued", "author"}.isdisjoint(csl)


def test_the_leader_of_a_project_stands_where_an_author_would():
    what = cited(
        kind=Kind.PROJECT,
        contributors=by(("Fundacja Barka", Role.LEADER, False), ("Gmina", Role.PARTNER, False)),
    )
    assert plain(str(bib(what).persons["author"][0])) == "Fundacja Barka"
    assert rispy.loads(as_ris(what))[0]["authors"] == ["Fundacja Barka"]
    assert json.loads(as_csl(what))[0]["author"] == [{"literal": "Fundacja Barka"}]


def test_editors_are_no_authors():
    what = cited(contributors=by(("Jan Kos", Role.EDITOR)))
    entry = bib(what)
    assert list(entry.persons) == ["editor"]
    (csl,) = json.loads(as_csl(what))
    assert "author" not in csl
    assert apa(what, say, "en").startswith("Kos, J. (Ed.). (n.d.). <i>Tytuł</i> (Version 3)")
    assert "KOS, Jan (ed.)" in iso(what, say, "en")


def test_lines_name_authors_version_address_and_day():
    what = cited(contributors=AUTHORS[:1], issued="2014", publisher="ROPS", place="Poznań")
    assert iso(what, say, "en").replace("\xa0", " ") == (
        "NOWAK-ŻYŁA, Anna Maria. <i>Tytuł</i> [online]. Publication ABC-1. Version 3, 4 May 2026. "
        "Poznań: ROPS, 2014 [accessed: 22 November 2026]. "
        f"Available at: {ADDRESS}."
    )
    assert apa(what, say, "en").replace("\xa0", " ") == (
        "Nowak-Żyła, A. M. (2014). <i>Tytuł</i> (Version 3) [Publication]. ROPS. "
        f"Retrieved 22 November 2026, from {ADDRESS}"
    )


def test_a_number_in_a_series_stands_with_the_series():
    line = iso(cited(series="ABC", number="2", isbn="978-83-1", issued="2014"), say, "en")
    assert "Publication ABC-1. Version" in line
    assert " ABC, 2, ISBN 978-83-1. " in line


def test_lines_about_an_article_name_its_magazine_and_the_issue():
    what = cited(kind=Kind.ARTICLE, series="A & B", number="1/2017", issn="2081-321X")
    assert " A &amp; B, 1/2017, ISSN 2081-321X. " in iso(what, say, "en")
    assert " <i>A &amp; B</i>, 1/2017. Retrieved" in apa(what, say, "en")


def test_apa_says_who_directed_a_film():
    people = by(("Jan Kos", Role.DIRECTOR), ("Anna Lis", Role.DIRECTOR))
    line = apa(cited(kind=Kind.FILM, contributors=people, issued="2014"), say, "en")
    assert "Kos, J., &amp; Lis, A. (Directors). (2014). <i>Tytuł</i> (Version 3) [Film]." in line


def test_apa_names_those_who_published_their_own_work_once():
    people = by(("ROPS", Role.PRODUCER, False), ("Barka", Role.PRODUCER, False))
    line = apa(cited(kind=Kind.FILM, contributors=people, publisher="ROPS; Barka"), say, "en")
    assert line.startswith("ROPS, &amp; Barka (n.d.). <i>Tytuł</i> (Version 3) [Film]. Retrieved")


@pytest.mark.parametrize(
    ("title", "kept"), [("Koniec.", "Koniec"), ("A co dalej...", "A co dalej...")]
)
def test_a_title_ends_as_it_does_but_for_a_full_stop(title, kept):
    assert f"<i>{kept}</i> [online]" in iso(cited(title=title), say, "en")


def test_apa_shortens_each_part_of_a_double_first_name():
    people = by(("Anna-Maria Ewa Kos", Role.AUTHOR), ("- Lis", Role.AUTHOR))
    assert apa(cited(contributors=people), say, "en").startswith("Kos, A.-M. E., &amp; Lis (n.d.)")


def test_without_an_author_the_title_comes_to_the_head():
    assert apa(cited(), say, "en").startswith("<i>Tytuł</i> (Version 3) [Publication] (n.d.). ")
    assert "no date" in iso(cited(), say, "en")


def test_lines_let_no_markup_through():
    line = iso(cited(title="<script>", contributors=by(("<b> x", Role.AUTHOR))), say, "pl")
    assert "<script>" not in line
    assert "<b>" not in line.lower()


def test_more_than_twenty_names_are_cut_as_apa_says():
    people = by(*((f"Jan Kos{chr(97 + n)}", Role.AUTHOR) for n in range(22)))
    line = apa(cited(contributors=people), say, "pl")
    assert "Koss, J., … Kosv, J." in line
    assert "Kost" not in line


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(texts, texts, texts, st.sampled_from(Kind))
def test_whatever_stands_in_a_record_files_can_be_read(title, name, word, kind):
    what = cited(
        kind=kind, title=title or "x", abstract=word, publisher=word,
        contributors=by((name, Role.AUTHOR, True), (name, Role.EDITOR, False)),
        subjects=(Subject("v", "t", word),),
    )  # fmt: skip
    assert len(parse_string(as_bibtex(what), "bibtex").entries) == 1
    assert len(rispy.loads(as_ris(what))) == 1
    assert len(json.loads(as_csl(what))) == 1
    assert iso(what, say, "pl")
    assert apa(what, say, "pl")


@pytest.mark.parametrize("write", [as_bibtex, as_ris, as_csl])
def test_lines_of_a_text_never_make_fields(write):
    written = write(cited(title="a\r\nER  - \r\nTY  - BOOK\n}\n@book{x,"))
    assert not any(line.startswith(("TY  - BOOK\n", "@book{x")) for line in written.splitlines())
    assert written.count("\nER  - ") <= 1
