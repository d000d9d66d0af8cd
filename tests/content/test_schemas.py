"""Every type refuses what would not be true or could not be shown, and says which field."""

import colander
import pytest
from pyramid.config import Configurator
from pyramid.i18n import TranslationString

from tests.content.items import filled
from wielkopolskaes.content import TYPES
from wielkopolskaes.content.services import Source, read

SOURCE = Source("html", lambda path: 7 if path == "/jest" else None, ("localhost",))


@pytest.fixture(scope="module")
def check():
    """Read values over a good filling; `...` takes a field away."""
    config = Configurator()
    config.include("wielkopolskaes.content")
    config.commit()
    registry = config.registry

    def check(kind, values):
        content_type = registry.content_types[kind]
        good = filled(content_type.schema(), "Tekst", {})
        given = {name: value for name, value in {**good, **values}.items() if value is not ...}
        return read(content_type, given, SOURCE)

    return check


@pytest.mark.parametrize("kind", TYPES)
def test_a_filled_form_is_accepted(check, kind):
    assert check(kind, {})["title"] == "Tekst title"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("2024", "2024"), ("2024-05-07", "2024-05-07"), ("05.2024", "2024-05"),
     ("7.5.2024", "2024-05-07")],
)  # fmt: skip
def test_a_date_is_read_as_machines_and_as_people_write_it(check, written, kept):
    assert check("project", {"starts": written, "ends": ...})["starts"] == kept


EVERY = {
    "no title": ({"title": ...}, "title"),
    "a blank title": ({"title": "   "}, "title"),
    "a title too long": ({"title": "a" * 251}, "title"),
    "a lead too long": ({"lead": "a" * 601}, "lead"),
    "no language": ({"lang": ...}, "lang"),
    "a language we do not speak": ({"lang": "de"}, "lang"),
    "a day that is none": ({"shown_on": "2020-02-30"}, "shown_on"),
    "a word for a day": ({"edited_on": "wczoraj"}, "edited_on"),
    "an unknown picture": ({"image": "/nie-ma"}, "image"),
    "an unknown relation": ({"related": ["/jest", "/nie-ma"]}, "related.1"),
    "a number beyond all numbers": ({"contact": "9" * 40}, "contact"),
    "a script for a source": ({"source_url": "javascript:alert(1)"}, "source_url"),
    "a bare host for a source": ({"source_url": "example.org"}, "source_url"),
    "too many relations": ({"related": ["/jest"] * 201}, "related"),
}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("case", EVERY)
def test_every_type_refuses(check, kind, case):
    values, field = EVERY[case]
    with pytest.raises(colander.Invalid) as refused:
        check(kind, values)

    assert list(refused.value.asdict()) == [field]


ONE = {
    "section: unknown list": ("section", {"listing": "tree"}, "listing"),
    "section: empty pages": ("section", {"page_size": "0"}, "page_size"),
    "section: endless pages": ("section", {"page_size": "101"}, "page_size"),
    "section: pages in words": ("section", {"page_size": "dużo"}, "page_size"),
    "section: unknown tile": ("section", {"tile": "other"}, "tile"),
    "section: unknown story": ("section", {"lead_story": "/nie-ma"}, "lead_story"),
    "page: not a text": ("page", {"body": ["a"]}, "body"),
    "article: no day": ("article", {"shown_on": ...}, "shown_on"),
    "project: no full name": ("project", {"full_name": ...}, "full_name"),
    "project: a day that is none": ("project", {"starts": "2012-02-30"}, "starts"),
    "project: a month that is none": ("project", {"starts": "2012-13"}, "starts"),
    "project: the year nothing": ("project", {"starts": "0000"}, "starts"),
    "project: foreign digits": ("project", {"ends": "٢٠١٢"}, "ends"),
    "project: words": ("project", {"ends": "maj 2012"}, "ends"),
    "project: ends before it starts": (
        "project", {"starts": "2015", "ends": "2014-12"}, "ends"
    ),
    "project: ends a day too early": (
        "project", {"starts": "2015-06-02", "ends": "2015-06-01"}, "ends"
    ),
    "project: a partner without a name": (
        "project", {"partners": [{"role": "lider"}]}, "partners.0.name"
    ),
    "project: an unknown partner": (
        "project", {"partners": [{"name": "A", "partner": "/nie-ma"}]}, "partners.0.partner"
    ),
    "project: a link that is none": (
        "project",
        {"activities": [{"title": "A", "links": [{"label": "x", "url": "data:x"}]}]},
        "activities.0.links.0.url",
    ),
    "project: an activity without a name": (
        "project", {"activities": [{"text": "<p>a</p>"}]}, "activities.0.title"
    ),
    "image: no decision about the description": ("image", {"alt": ...}, "alt"),
    "image: a blank description": ("image", {"alt": "  "}, "alt"),
    "image: unknown consent": ("image", {"consent": "maybe"}, "consent"),
    "image: a focal point outside": ("image", {"focal_x": "101"}, "focal_x"),
    "image: a negative focal point": ("image", {"focal_y": "-1"}, "focal_y"),
    "document: unknown language": ("document", {"language": "xx"}, "language"),
    "document: unknown accessibility": ("document", {"accessible": "perhaps"}, "accessible"),
    "partner: no role": ("partner", {"role": ...}, "role"),
    "partner: unknown role": ("partner", {"role": "friend"}, "role"),
    "partner: an address that is none": ("partner", {"url": "ftp://example.org"}, "url"),
    "partner: over before it begins": (
        "partner", {"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, "valid_to"
    ),
    "quotation: no words": ("quotation", {"text": ...}, "text"),
    "quotation: no source": ("quotation", {"source_title": ...}, "source_title"),
    "quotation: too long to be quoted": ("quotation", {"text": "a" * 401}, "text"),
    "contact: no unit": ("contact", {"unit": ...}, "unit"),
    "contact: no such e-mail": ("contact", {"email": "nikt"}, "email"),
    "contact: no such telephone": ("contact", {"phone": "zadzwoń"}, "phone"),
    "contact: two telephones in two lines": ("contact", {"phone": "61 123 45 67\n8"}, "phone"),
    "funding: no programme": ("funding", {"programme": ...}, "programme"),
    "funding: no statement": ("funding", {"statement": ...}, "statement"),
    "funding: unknown years": ("funding", {"perspective": "1999"}, "perspective"),
    "funding: a mark without words": ("funding", {"marks": [{"image": "/jest"}]}, "marks.0.alt"),
    "declaration: not compliant and no reason": (
        "declaration", {"status": "partial", "exceptions": ...}, "exceptions"
    ),
    "declaration: reasons of nothing": (
        "declaration", {"status": "none", "exceptions": "<p> </p>"}, "exceptions"
    ),
    "declaration: no e-mail": ("declaration", {"email": ...}, "email"),
    "declaration: no telephone": ("declaration", {"phone": ...}, "phone"),
    "declaration: unknown status": ("declaration", {"status": "almost"}, "status"),
    **{
        f"declaration: no {name}": ("declaration", {name: ...}, name)
        for name in ("subject", "scope", "published", "updated", "status", "prepared_on",
                     "contact_name")
    },
}  # fmt: skip


@pytest.mark.parametrize("case", ONE)
def test_a_type_refuses(check, case):
    kind, values, field = ONE[case]
    with pytest.raises(colander.Invalid) as refused:
        check(kind, values)

    assert list(refused.value.asdict()) == [field]


def test_every_type_has_a_case_of_its_own():
    assert {kind for kind, _, _ in ONE.values()} == set(TYPES) - {"gallery"}


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2012", "2015"), ("2012-06", "2012"), ("2012", "2012-01"), ("2012-06-01", "2012-06-01"),
     ("2012-06-30", "2012-06"), (..., "2015"), ("2012", ...), ("2012-02-29", "2012-02-29")],
)  # fmt: skip
def test_dates_of_a_project_are_as_exact_as_they_are_known(check, starts, ends):
    data = check("project", {"starts": starts, "ends": ends})

    assert data["starts"] == (None if starts is ... else starts)
    assert data["ends"] == (None if ends is ... else ends)


def test_a_decoration_needs_no_description(check):
    assert check("image", {"alt": ..., "decorative": "true"})["decorative"] is True


def test_a_compliant_site_needs_no_exceptions(check):
    assert check("declaration", {"status": "full", "exceptions": ...})["exceptions"] == ""


def test_what_the_schema_does_not_name_is_left_out(check):
    assert {"state", "path", "id", "version"}.isdisjoint(
        check("page", {"state": "published", "path": "/", "id": "1", "version": "9"})
    )


@pytest.mark.parametrize("kind", TYPES)
def test_no_text_keeps_signs_that_no_page_can_show(check, kind):
    assert check(kind, {"title": "A\x0bB\x00C\x1b\ud800"})["title"] == "ABC"


def test_messages_can_be_translated(check):
    with pytest.raises(colander.Invalid) as refused:
        check("image", {"alt": ...})

    assert isinstance(refused.value.children[0].msg, TranslationString)
