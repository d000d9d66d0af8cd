"""What may stand in a record of the library."""

from datetime import UTC, datetime

import colander
import pytest

from wielkopolskaes.clock import day_of
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.publications.schemas import PublicationSchema

NEXT_YEAR = day_of(datetime.now(UTC)).year + 1


def check(**values):
    bound = PublicationSchema().bind(
        markup="html", resolve=lambda _path: None, kind_of=lambda _id: None, hosts=()
    )
    return bound.deserialize({"title": "Tytuł", "lang": "pl", "code": "P001", **values})


def errors(**values):
    with pytest.raises(colander.Invalid) as caught:
        check(**values)
    return set(caught.value.asdict())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9788389410429", "978-83-89410-42-9"),
        ("978-83-7610-515-4", "978-83-7610-515-4"),
        ("", ""),
    ],
)
def test_an_isbn_is_kept_as_the_standard_writes_it(typed, kept):
    assert check(isbn=typed)["isbn"] == kept


@pytest.mark.parametrize("isbn", ["978-83-89410-42-8", "123", "978838941042X", "ISBN"])
def test_no_isbns(isbn):
    assert errors(isbn=isbn) == {"isbn"}


def test_an_issn_has_its_check_digit():
    assert check(issn="2081321X")["issn"] == "2081-321X"
    assert check(issn="1231-8876")["issn"] == "1231-8876"
    assert errors(issn="2081-3211") == {"issn"}


@pytest.mark.parametrize(
    "doi",
    [f"{before}10.15678/ES.2017.1.01" for before in ("", "https://doi.org/", "doi: ")],
)
def test_a_doi_is_kept_without_its_address(doi):
    assert check(doi=doi)["doi"] == "10.15678/ES.2017.1.01"


@pytest.mark.parametrize("doi", ["15678/ES", "10.1/x", "10.15678/", "10.15678/a b", "10.15678/ą"])
def test_no_dois(doi):
    assert errors(doi=doi) == {"doi"}


@pytest.mark.parametrize("year", ["1899", str(NEXT_YEAR + 1), "rok", "0"])
def test_no_years(year):
    assert errors(year=year) == {"year"}


@pytest.mark.parametrize("year", ["1900", "2014", str(NEXT_YEAR)])
def test_years(year):
    assert check(year=year)["year"] == int(year)


@pytest.mark.parametrize("pages", ["0", "-3", "dużo", "20001"])
def test_no_numbers_of_pages(pages):
    assert errors(pages=pages) == {"pages"}


def test_a_person_has_a_name_and_a_role_of_the_list():
    assert errors(people=[{"name": "", "role": "author"}]) == {"people.0.name"}
    assert errors(people=[{"name": "Jan Próba", "role": "drukarz"}]) == {"people.0.role"}


def test_blanks_do_not_make_two_series_of_one():
    assert check(series="  ABC  spółdzielczości\tsocjalnej ")["series"] == (
        "ABC spółdzielczości socjalnej"
    )


def test_a_name_that_no_address_could_carry_is_refused():
    assert errors(series="a" * 81) == {"series"}
    assert errors(publishers=["a" * 81]) == {"publishers.0"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "www.example.org", "ftp://example.org"])
def test_a_link_leads_where_a_reader_can_go(link):
    assert errors(link=link) == {"link"}


@pytest.mark.parametrize("code", ["", "p001", "P 001", "-P", "P" * 31, "P/1"])
def test_no_codes(code):
    assert errors(code=code) == {"code"}


def test_a_publication_lacks_what_readers_need():
    empty = {"publication_kind": None, "source": "", "abstract": "", "link": ""}
    assert len(Publication(**empty).lacks()) == 3
    told = empty | {"publication_kind": "book", "source": "x"}
    assert len(Publication(**told).lacks()) == 1
    for way in ({"abstract": "x"}, {"link": "https://example.org/"}):
        assert Publication(**told | way).lacks() == []
