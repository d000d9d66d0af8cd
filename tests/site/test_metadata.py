"""What machines read of a page: OpenGraph and schema.org, whatever stands in the texts."""

import json

import pytest

from tests.content.items import small_picture
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.project.models import Project
from wielkopolskaes.media.services import add_image

NASTY = "</script><script>alert(1)</script> & \u2028 <!-- \"'"


def graph(answer):
    (script,) = answer.html.find_all("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def og(answer):
    tags = answer.html.find_all("meta", property=lambda name: name and name.startswith("og:"))
    return {tag["property"]: tag["content"] for tag in tags}


@pytest.fixture
def picture(make, db, registry, root):
    blob = add_image(db, registry.files, small_picture((1, 2, 3), (200, 100, 0)), "obraz.png")
    return make(Image, root, "obraz", alt="Dom ze słońcem", sha256=blob.sha256, mime=blob.mime,
                width=blob.width, height=blob.height)  # fmt: skip


def test_a_page_says_who_publishes_it_and_where_it_stands(browser, section, page):
    page("strona", section("dzial", title="Dział", nav_title="Krótko"), title="Strona")

    things = graph(browser.get("/dzial/strona"))

    assert things["GovernmentOrganization"]["url"] == "http://localhost/"
    way = things["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["item"]) for step in way] == [
        (1, "http://localhost/"),
        (2, "http://localhost/dzial"),
        (3, "http://localhost/dzial/strona"),
    ]
    assert [step["name"] for step in way[1:]] == ["Krótko", "Strona"]


def test_news_say_when_and_by_whom(browser, make, root):
    make(Article, root, "a", title="Tytuł", lead="Wstęp", shown_on="2024-05-01",
         edited_on="2024-05-02", author="ROPS")  # fmt: skip

    news = graph(browser.get("/a"))["NewsArticle"]

    assert news["headline"] == "Tytuł"
    assert (news["datePublished"], news["dateModified"]) == ("2024-05-01", "2024-05-02")
    assert (news["description"], news["inLanguage"]) == ("Wstęp", "pl")
    assert news["author"] == {"name": "ROPS"}
    assert news["url"] == "http://localhost/a"


def test_a_project_is_a_creative_work(browser, make, root):
    make(Project, root, "wces", title="WCES", full_name="Wielkopolskie Centrum")

    assert graph(browser.get("/wces"))["CreativeWork"]["name"] == "WCES"


def test_the_picture_of_a_page_is_its_picture_elsewhere(browser, picture, page):
    page("strona", image="/obraz")
    answer = browser.get("/strona")

    address = og(answer)["og:image"]

    assert address.startswith(f"http://localhost/obrazy/{picture.sha256}/")
    assert og(answer)["og:image:alt"] == "Dom ze słońcem"
    assert graph(answer)["WebPage"]["image"] == address
    assert browser.get(address.removeprefix("http://localhost")).status_int == 200


def test_a_page_is_described_for_those_who_share_it(browser, make, root):
    make(Article, root, "a", title="Tytuł", lead="Wstęp", shown_on="2024-05-01")

    assert og(browser.get("/a")) == {
        "og:title": "Tytuł – Wielkopolska Ekonomia Społeczna",
        "og:type": "article",
        "og:site_name": "Wielkopolska Ekonomia Społeczna",
        "og:locale": "pl_PL",
        "og:url": "http://localhost/a",
        "og:description": "Wstęp",
    }


def test_no_text_breaks_out_of_the_data(browser, page):
    page("strona", title=NASTY, lead=NASTY, author=NASTY)
    answer = browser.get("/strona")

    thing = graph(answer)["WebPage"]

    assert (thing["name"], thing["description"]) == (NASTY, NASTY)
    assert "alert(1)" not in [script.string for script in answer.html.find_all("script")]
    assert answer.html.title.string.startswith(NASTY)
    assert og(answer)["og:description"] == NASTY


def test_the_further_pages_of_a_list_name_themselves(browser, section, page):
    under = section("dzial", page_size="1")
    page("a", under)
    page("b", under)
    answer = browser.get("/dzial?strona=2")

    assert og(answer)["og:url"] == "http://localhost/dzial?strona=2"
    assert graph(answer)["CollectionPage"]["url"] == "http://localhost/dzial?strona=2"


def test_a_page_can_be_found_unless_it_is_made_for_others(browser, page, picture):
    page("strona")

    def robots(path):
        tag = browser.get(path).html.find("meta", attrs={"name": "robots"})
        return tag and tag["content"]

    assert robots("/strona") is None
    assert robots("/obraz") == "noindex"
    assert robots("/szukaj?q=a") == "noindex"
