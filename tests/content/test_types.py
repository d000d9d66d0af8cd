"""What the pages of single types show beside the text."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.content.items import small_picture
from wielkopolskaes.content.gallery.models import Gallery
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.partner.models import Partner
from wielkopolskaes.content.project.models import Project
from wielkopolskaes.media.services import add_image
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State


@pytest.fixture
def gallery(make, db, registry, root):
    """Make a gallery with four pictures, the third of them hidden."""
    node = make(Gallery, root, "galeria", title="Gala")
    pictures = []
    for number in range(4):
        data = small_picture((number, 0, 0), (200, number, 0))
        blob = add_image(db, registry.files, data, "obraz.png")
        pictures.append(
            make(Image, node, f"o{number}", title=f"O{number}", alt=f"Opis {number}",
                 sha256=blob.sha256, mime=blob.mime, width=blob.width, height=blob.height)
        )  # fmt: skip
    change_state(db, pictures[2], State.ARCHIVED, now=NOW)
    return pictures


def test_a_gallery_shows_its_public_pictures_in_their_order(browser, gallery):
    grid = browser.get("/galeria").html.select(".gallery > li > a")

    assert [link["href"] for link in grid] == ["/galeria/o0", "/galeria/o1", "/galeria/o3"]
    assert [link.img["alt"] for link in grid] == ["Opis 0", "Opis 1", "Opis 3"]


def test_a_picture_leads_past_a_hidden_neighbour(browser, gallery):
    def steps(path):
        page = browser.get(path).html
        return [tag and tag["href"] for tag in (page.find("a", rel=r) for r in ("prev", "next"))]

    assert steps("/galeria/o0") == [None, "/galeria/o1"]
    assert steps("/galeria/o1") == ["/galeria/o0", "/galeria/o3"]
    assert steps("/galeria/o3") == ["/galeria/o1", None]


@pytest.fixture
def project(make, root):
    def project(slug, **fields):
        return make(Project, root, slug, **{"title": "WCES", "full_name": "Centrum", **fields})

    return project


def facts(browser, path):
    rows = browser.get(path).html.select(".facts > div")
    return [row.dd.get_text().replace("\xa0", " ").strip() for row in rows]


def test_a_project_tells_its_facts(browser, project):
    project("wces", starts="2012", ends="2015-06", leader={"name": "ROPS"},
            partners=[{"name": "Barka", "role": "Partner krajowy"}], funding_text="3 mln zł",
            official_site={"label": "wces.pl", "url": "https://wces.pl/"})  # fmt: skip

    assert facts(browser, "/wces") == [
        "Centrum", "2012 – czerwiec 2015", "ROPS", "Barka", "wces.pl", "3 mln zł",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2012", "2015-06", "Projekt, 2012–2015"),
        ("2012-02", "2012-06", "Projekt, 2012"),
        ("2012", "", "Projekt, od 2012"),
        ("", "2015-06", "Projekt, do 2015"),
        ("", "", "Projekt"),
    ],
)
def test_a_project_tells_its_years_above_its_title_as_lists_do(
    browser, section, make, starts, ends, words
):
    make(Project, section("projekty", listing="cards"), "wces", title="WCES", full_name="Centrum",
         starts=starts, ends=ends)  # fmt: skip

    for address in ("/projekty", "/projekty/wces"):
        kicker = browser.get(address).html.select_one("main .kicker")
        assert kicker.get_text().replace("\xa0", " ") == words


def test_a_project_that_ended_says_so_and_one_that_runs_does_not(browser, project):
    today = NOW.date()
    project("dawny", ends=(today - timedelta(days=2)).isoformat())
    project("obecny", ends=(today + timedelta(days=2)).isoformat())
    project("bez-konca")
    project("do-konca-roku", ends=str(today.year))

    ended = [path for path in ("/dawny", "/obecny", "/bez-konca", "/do-konca-roku")
             if browser.get(path).html.select_one(".notice")]  # fmt: skip
    assert ended == ["/dawny"]


def test_an_organisation_with_a_page_is_a_link_while_the_page_is_public(
    browser, db, make, root, project
):
    barka = make(Partner, root, "barka", role="partner", title="Barka")
    project("wces", partners=[{"name": "Fundacja Barka", "partner": "/barka"}])

    def links():
        return [a["href"] for a in browser.get("/wces").html.select(".facts a")]

    assert links() == ["/barka"]
    change_state(db, barka, State.DRAFT, now=NOW)
    assert links() == []


def test_a_partner_shows_the_public_projects_done_together(browser, make, root, project):
    make(Partner, root, "barka", role="partner", title="Barka")
    fields = {"partners": [{"name": "Barka", "partner": "/barka"}]}
    project("jawny", title="Jawny", **fields)
    project("tajny", title="Tajny", state=State.DRAFT, **fields)
    project("obcy", title="Obcy")

    links = browser.get("/barka").html.select("#projekty + ul a")

    assert [link.get_text() for link in links] == ["Jawny"]
