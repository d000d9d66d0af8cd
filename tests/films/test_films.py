"""The database of films: what is found in it, and what readers of a film's page get."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.films.world import MP4, SPEECH, YOUTUBE, fill
from tests.newsroom.desks import portal_of
from tests.site.lists import counts, titles
from wielkopolskaes.clock import day_of
from wielkopolskaes.films.models import Film
from wielkopolskaes.security.permissions import Role

BASE = "/filmy"

portal = portal_of(fill)


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def policy(answer):
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return dict(rule.partition(" ")[::2] for rule in rules)


def test_the_list_shows_what_is_public_and_counts_nothing_else(browser):
    answer = browser.get(BASE)
    assert titles(answer) == ["Piekarnia", "Plan", "Rozmowa", "Spacer", "Spóźniony"]
    assert counts(answer, "rodzaj") == {"documentary": 4, "reportage": 1}
    assert counts(answer, "dostepnosc") == {"captions": 2, "transcript": 2, "signed": 1}
    assert counts(answer, "gdzie") == {"embed": 3, "file": 1, "link": 1}
    assert counts(answer, "rok") == {"2015": 1, "2014": 1}
    assert counts(answer, "osoba") == {"ROPS w Poznaniu": 2, "Anna Próba": 1}
    assert counts(answer, "jezyk") == {"pl": 5, "en": 1}


choices = st.fixed_dictionaries(
    {},
    optional={
        "rodzaj": st.sampled_from(["documentary", "reportage", "inny"]),
        "dostepnosc": st.sampled_from(["captions", "signed"]),
        "gdzie": st.sampled_from(["file", "embed", "link"]),
        "osoba": st.sampled_from(["ROPS w Poznaniu", "Tajny Producent"]),
        "q": st.sampled_from(["", "zakwas", "Warta"]),
    },
)


@settings(max_examples=15)
@given(choices)
def test_a_count_is_what_its_choice_leads_to(portal, asked):
    answer = portal.browser.get(BASE, asked)
    for parameter in ("rodzaj", "dostepnosc", "gdzie", "osoba", "rok", "jezyk"):
        if parameter in asked:
            continue
        for value, count in counts(answer, parameter).items():
            assert len(titles(portal.browser.get(BASE, {**asked, parameter: value}))) == count


@pytest.mark.parametrize(
    ("address", "words", "place"),
    [
        (BASE, "zakwasu", "/filmy/wlasny#t=83"),
        ("/szukaj", "zakwasem żytnim", "/filmy/wlasny#t=83"),
        (BASE, "Warcie", "/filmy/cudzy#t=5"),
    ],
)
def test_what_is_said_in_a_film_is_found_and_leads_to_its_moment(browser, address, words, place):
    answer = browser.get(address, {"q": words})
    spot = answer.html.select_one(".hit .in-file")
    assert spot.a["href"] == place
    assert spot.mark
    assert browser.get(place.partition("#")[0]).html.find(id=place.partition("#")[2])


def test_what_is_said_in_a_draft_is_not_found(browser):
    assert titles(browser.get("/szukaj", {"q": "tajemny zakwas"})) == []
    browser.get("/filmy/tajny", status=404)
    browser.get("/filmy/tajny/napisy.vtt", status=404)
    browser.get("/f/TAJNY", status=404)


def test_our_own_file_has_captions_and_a_transcript_whose_times_lead_into_it(browser):
    page = browser.get("/filmy/wlasny")
    video = page.html.video
    source, track = video.source["src"], video.track
    assert (track["kind"], track["srclang"], track.has_attr("default")) == ("captions", "pl", True)
    assert browser.get(track["src"]).text == SPEECH.strip()
    assert browser.get(track["src"]).content_type == "text/vtt"
    moments = [a["href"] for a in page.html.select(".transcript a.moment")]
    assert moments == [f"{source}#t=1", f"{source}#t=83"]
    assert [a["href"] for a in page.html.select(".moments a")] == [
        f"{source}#t=0",
        f"{source}#t=80",
    ]
    assert [each.get_text() for each in page.html.select(".transcript h3")] == [
        "Otwarcie",
        "Zakwas",
    ]
    assert "frame-src" not in policy(page)
    assert len(page.html.select("#wersje ~ details video")) == 1


@pytest.mark.parametrize("number", ["1", "-1", "x", "%C2%B2", "9999999999"])
def test_a_track_that_is_not_there_is_not_found(browser, number):
    browser.get(f"/filmy/wlasny/napisy.vtt?sciezka={number}", status=404)


def test_a_film_is_sent_in_the_parts_that_a_player_asks_for(browser):
    address = browser.get("/filmy/wlasny").html.video.source["src"]
    whole = browser.get(address)
    size = len(MP4) + len("nasz")
    assert (whole.headers["Accept-Ranges"], whole.content_type) == ("bytes", "video/mp4")
    assert whole.content_disposition.startswith("inline")
    part = browser.get(address, headers={"Range": "bytes=100-199"}, status=206)
    assert part.body == (MP4 + b"nasz")[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{size}"
    same = browser.get(address, headers={"Range": "bytes=-4", "If-Range": whole.headers["ETag"]})
    assert (same.status_int, same.body) == (206, b"nasz")
    other = browser.get(address, headers={"Range": "bytes=-4", "If-Range": '"inny"'})
    assert (other.status_int, len(other.body)) == (200, size)
    beyond = browser.get(address, headers={"Range": f"bytes={size}-"}, status=416)
    assert beyond.headers["Content-Range"] == f"bytes */{size}"


def test_the_film_of_another_service_is_a_link_until_the_click(browser):
    page = browser.get("/filmy/cudzy")
    assert page.html.find_all(["iframe", "video", "object", "embed"]) == []
    button = page.html.select_one("[data-load]")
    assert button["href"] == YOUTUBE
    box = page.html.select_one("[data-film]")
    assert box["data-player"].startswith("https://www.youtube-nocookie.com/embed/aBc-_123XyZ?")
    assert "Google" in page.html.figcaption.get_text()
    assert page.html.select_one(".transcript a.moment")["href"] == f"{YOUTUBE}&t=5s"
    loaded = [tag.get("src") or tag.get("srcset") for tag in page.html.select("[src], [srcset]")]
    assert not [address for address in loaded if "youtube" in address]


def test_only_the_page_with_the_film_may_hold_a_frame_and_only_of_its_service(portal, browser):
    for _again in range(2):
        page = browser.get("/filmy/cudzy")
        assert policy(page)["frame-src"] == "https://www.youtube-nocookie.com"
        assert page.headers["Cross-Origin-Embedder-Policy"] == "unsafe-none"
    for address in ("/filmy", "/filmy/link", "/filmy/wlasny", "/"):
        assert "frame-src" not in policy(browser.get(address))
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert policy(editor.get("/filmy/cudzy"))["frame-src"] == "https://www.youtube-nocookie.com"


def test_what_the_page_said_before_may_hold_the_frame_of_its_film_too(portal, browser):
    began = datetime.now(UTC) - timedelta(days=30)
    for words in ("", "CC BY 4.0"):
        with portal.work() as session:
            film = session.query(Film).filter_by(code="CUDZY").one()
            film.licence, film.created_at, film.visible_from = words, began, began
    page = browser.get(f"/f/CUDZY?wersja={day_of(began).isoformat()}")
    assert page.html.select("[data-film][data-player]")
    assert policy(page)["frame-src"] == "https://www.youtube-nocookie.com"


def test_somebody_elses_film_says_so_and_leads_to_its_page(browser):
    page = browser.get("/filmy/link").html
    said = page.select_one(".elsewhere")
    assert said.select_one("a.button")["href"] == "https://example.org/film"
    assert "napisów" in said.get_text()
    assert not page.select("#transkrypcja")


def test_a_promise_is_told_and_so_is_one_that_was_not_kept(browser):
    assert "Trwa." in browser.get("/filmy/plan").html.select_one(".notice").get_text()
    late = browser.get("/filmy/po-czasie").html.select_one(".notice.warn").get_text()
    assert "31\xa0marca\xa02025" in late
    assert "Czekamy na" in late


def test_catalogues_know_what_the_record_says(browser):
    graph = json.loads(browser.get("/filmy/wlasny").html.find(type="application/ld+json").string)
    film = next(thing for thing in graph["@graph"] if thing["@type"] == "VideoObject")
    assert film["duration"] == "PT125S"
    assert film["accessibilityFeature"] == ["captions", "transcript", "signLanguage"]
    assert film["director"] == [{"@type": "Person", "name": "Anna Próba"}]
    assert film["encoding"][0]["encodingFormat"] == "video/mp4"
    assert browser.get("/f/WLASNY", status=303).location == "http://localhost/filmy/wlasny"
    assert "Próba, Anna" in browser.get("/f/WLASNY.bib").text
    assert browser.get("/f/WLASNY.ris").text.startswith("TY  - VIDEO")
    assert browser.get("/f/CUDZY.csl.json").json[0]["type"] == "motion_picture"
    listed = browser.get("/filmy/lista.json").json
    assert [each["code"] for each in listed if each["player"]] == ["PLAN", "CUDZY", "PO-CZASIE"]
    assert "TAJNY" not in browser.get("/filmy/lista.csv").text


def test_ids_on_a_page_are_its_own(browser):
    for path in ("/filmy/wlasny", "/filmy/cudzy", "/filmy/link"):
        ids = [tag["id"] for tag in browser.get(path).html.select("[id]")]
        assert len(ids) == len(set(ids))


def test_a_list_costs_the_same_for_any_number_of_films(portal):
    with portal.work() as session:
        film = session.query(Film).filter_by(code="WLASNY").one()
        # What a list needs is on the card; the long texts are left where they are.
        assert "tracks" not in film.__dict__
        record = portal.registry.content_types["film"].record(film, {}, str)
        assert record.features == ("captions", "transcript", "signLanguage")
        assert not {"tracks", "transcript"} & set(film.__dict__)
