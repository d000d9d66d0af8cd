"""No film without captions and a transcript, or a day by which they will come."""

import pytest

from tests.films.world import CAPTIONS, LATER, LONG_PAST, YOUTUBE, fill
from tests.newsroom.desks import form_on, portal_of
from wielkopolskaes.content.gate import barriers, problems
from wielkopolskaes.films.models import Film
from wielkopolskaes.security.permissions import Role

DAY = {"plan_on": LATER, "plan_reason": "Trwa tłumaczenie."}

portal = portal_of(fill)


@pytest.fixture(scope="module")
def publisher(portal):
    return portal.log_in(portal.person(Role.PUBLISHER))


@pytest.fixture(scope="module")
def filmy(portal):
    return portal.at("/filmy")


def add(portal, publisher, filmy, code, **fields):
    """Add a film by its form, as without JavaScript: one thing at most in each list."""
    form = form_on(publisher.get(f"/redakcja/tresci/{filmy}/nowy/film"))
    known = {"title": code, "code": code, "film_kind": "interview", "source": "Źródło"}
    for name, value in {**known, **fields}.items():
        form[name] = value
    answer = form.submit()
    assert answer.status_int == 303, answer.html.select_one(".error-summary")
    return answer.location.partition("?")[0]


def publish(publisher, item):
    page = publisher.get(f"{item}/publikuj")
    form = next(form for form in page.forms.values() if form.action.endswith("/publikuj"))
    return form.submit(expect_errors=True)


@pytest.mark.parametrize(
    ("availability", "opened"),
    [("file", ["captions", "transcript", "described"]), ("embed", ["transcript"])],
)
def test_a_player_of_another_service_speaks_and_shows_no_track_of_ours(availability, opened):
    tracks = [CAPTIONS, {"kind": "descriptions", "lang": "pl", "text": "WEBVTT"}]
    film = Film(availability=availability, tracks=tracks, versions=[], other_captions=[])
    assert film.access == opened


def test_a_film_of_another_service_needs_captions_and_a_transcript(portal, publisher, filmy):
    item = add(portal, publisher, filmy, "BEZ", availability="embed", embed=YOUTUBE)
    refused = publish(publisher, item)
    assert refused.status_int == 422
    said = refused.html.main.get_text().replace("\xa0", " ")
    assert "Dodaj napisy albo podaj" in said
    assert "Dodaj transkrypcję albo podaj" in said
    portal.browser.get("/filmy/bez", status=404)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("Z-PLANEM", {"availability": "embed", "embed": YOUTUBE, "plan_on": LATER,
                      "plan_reason": "Trwa tłumaczenie."}),
        ("CUDZY-TAM", {"availability": "link", "link": "https://example.org/film"}),
        ("NIEZNANY", {"availability": "unknown"}),
    ],
)  # fmt: skip
def test_a_plan_will_do_and_somebody_elses_page_needs_none(portal, publisher, filmy, code, fields):
    item = add(portal, publisher, filmy, code, **fields)
    assert publish(publisher, item).status_int == 303
    portal.browser.get(f"/filmy/{code.lower()}", status=200)


def test_what_readers_see_keeps_its_transcript(portal, publisher):
    id_ = portal.at("/filmy/cudzy")
    form = form_on(publisher.get(f"/redakcja/tresci/{id_}/edycja"))
    form["transcript"] = ""
    form["title"] = "Spacer nad rzeką"
    refused = form.submit(status=422)
    assert form_on(refused)["title"].value == "Spacer nad rzeką"
    assert "Dodaj transkrypcję" in refused.html.select_one(".error-summary").get_text()
    with portal.work() as session:
        assert session.query(Film).filter_by(code="CUDZY").one().title == "Spacer"
    # Another change is none of the gate's business.
    form = form_on(publisher.get(f"/redakcja/tresci/{id_}/edycja"))
    form["licence"] = "CC BY 4.0"
    form.submit(status=303)


def test_a_promise_that_was_not_kept_hinders_no_other_change(portal, publisher):
    id_ = portal.at("/filmy/po-czasie")
    form = form_on(publisher.get(f"/redakcja/tresci/{id_}/edycja"))
    form["licence"] = "CC BY 4.0"
    form.submit(status=303)


def test_a_fault_in_captions_names_its_line_and_keeps_what_was_typed(portal, publisher):
    id_ = portal.at("/filmy/wlasny")
    form = form_on(publisher.get(f"/redakcja/tresci/{id_}/edycja"))
    typed = "WEBVTT\n\n00:01.000 --> 00:02.000\nDobrze\n\n00:03 --> 00:04\nŹle"
    form.fields["text"][0].value = typed
    refused = form.submit(status=422)
    errors = refused.html.select_one(".error-summary").get_text().replace("\xa0", " ")
    assert "Wiersz 6: zapisz czas w ten sposób" in errors
    assert form_on(refused).fields["text"][0].value.replace("\r\n", "\n").strip() == typed


def test_what_cannot_be_is_refused_with_its_reason(portal, publisher, filmy):
    form = form_on(publisher.get(f"/redakcja/tresci/{filmy}/nowy/film"))
    form["title"], form["code"] = "A", "A"
    form["embed"] = "https://example.org/film"
    form["duration"] = "dwie godziny"
    form["plan_on"] = LATER
    errors = form.submit(status=422).html.select_one(".error-summary").get_text()
    assert "YouTube" in errors
    assert "1:02:03" in errors
    form["embed"] = form["duration"] = ""
    errors = form.submit(status=422).html.select_one(".error-summary").get_text()
    assert "dlaczego napisów" in errors.replace("\xa0", " ")


def test_a_promise_that_was_not_kept_is_reported(portal):
    author = portal.log_in(portal.person(Role.EDITOR))
    report = author.get("/redakcja/pliki/dostepnosc").html.select_one("[aria-labelledby=filmy]")
    rows = {row.h3.get_text(strip=True): bool(row.select(".state.stop .icon")) for row in
            report.select(".jobs > li")}  # fmt: skip
    assert rows["Spóźniony"]
    assert not rows["Plan"]
    assert "Piekarnia" not in rows


@pytest.mark.parametrize(
    ("fields", "ready"),
    [
        ({"availability": "file", "tracks": [CAPTIONS]}, True),
        ({"availability": "file", "tracks": [CAPTIONS | {"kind": "subtitles"}]}, False),
        ({"availability": "file", "transcript": "Słowa."}, False),
        # Our captions cannot be put into another service's player.
        ({"availability": "embed", "tracks": [CAPTIONS]}, False),
        ({"availability": "embed", "tracks": [CAPTIONS], "other_captions": ["pl"]}, True),
        ({"availability": "embed", **DAY}, True),
        ({"availability": "embed", **DAY, "plan_on": LONG_PAST}, False),
        ({"availability": "embed", **DAY, "plan_reason": ""}, False),
        ({"availability": "link"}, True),
    ],
)
def test_what_opens_a_film_to_everybody(fields, ready):
    from datetime import date

    empty = {"tracks": [], "other_captions": [], "transcript": "", "versions": [],
             "plan_on": None, "plan_reason": ""}  # fmt: skip
    values = empty | fields
    if values["plan_on"]:
        values["plan_on"] = date.fromisoformat(values["plan_on"])
    assert (barriers(Film(**values)) == []) is ready


def test_the_file_must_be_there_and_be_a_film(portal):
    with portal.work() as session:
        film = session.query(Film).filter_by(code="WLASNY").one()
        assert problems(film) == []
        other = session.query(Film).filter_by(code="LINK").one()
        other.availability, other.tracks = "file", [CAPTIONS]
        assert [str(each) for each in problems(other)] == ["Choose the file of the film."]
        session.rollback()
