import pytest
from bs4 import BeautifulSoup

from wielkopolskaes.media.pictures import document_url, image_url, picture, picture_html
from wielkopolskaes.media.sizes import is_declared

SHA = "0f" * 32
CARD = {
    "sha": SHA, "mime": "image/jpeg", "w": 2560, "h": 1707,
    "alt": 'Spotkanie "Razem" <Poznań>', "decorative": False, "focal": [30, 70],
}  # fmt: skip


def element(html):
    return BeautifulSoup(str(html), "html.parser")


def addresses(html):
    tags = element(html).find_all(["img", "source"])
    listed = [part.split()[0] for tag in tags for part in tag["srcset"].split(",")]
    return [*listed, *(tag["src"] for tag in tags if tag.has_attr("src"))]


def test_better_formats_come_first_and_the_image_itself_last():
    shown = picture(CARD, "100vw")

    assert [source.type for source in shown.sources] == ["image/avif", "image/webp"]
    assert shown.src == f"/obrazy/{SHA}/w1280.jpg"
    assert (shown.width, shown.height) == (1280, 854)
    assert shown.srcset.startswith(f"/obrazy/{SHA}/w320.jpg 320w, ")


def test_a_cut_has_the_sides_of_its_ratio():
    shown = picture(CARD, "20rem", "4x3")

    assert (shown.width, shown.height) == (960, 720)
    assert shown.src == f"/obrazy/{SHA}/c960x720-30x70.jpg"


@pytest.mark.parametrize("crop", [None, "4x3", "16x9"])
@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
@pytest.mark.parametrize("size", [(2560, 1707), (1200, 900), (90, 300), (1, 1)])
def test_every_address_on_a_page_is_one_that_is_served(mime, crop, size):
    card = CARD | {"mime": mime, "w": size[0], "h": size[1]}

    for address in addresses(picture_html(card, crop=crop)):
        name = address.removeprefix(f"/obrazy/{SHA}/")
        assert is_declared(name, mime, *size, {(30, 70)})


def test_a_description_is_text_whatever_is_in_it():
    image = element(picture_html(CARD)).img

    assert image["alt"] == CARD["alt"]
    assert "style" not in image.attrs


def test_decoration_has_an_empty_description():
    assert element(picture_html(CARD | {"decorative": True})).img["alt"] == ""


def test_only_the_first_picture_of_a_page_is_hurried():
    lazy, eager = element(picture_html(CARD)).img, element(picture_html(CARD, eager=True)).img

    assert (lazy["loading"], lazy["decoding"], "fetchpriority" in lazy.attrs) == (
        "lazy", "async", False,
    )  # fmt: skip
    assert ("loading" in eager.attrs, eager["fetchpriority"]) == (False, "high")


def test_a_class_goes_on_the_image():
    assert element(picture_html(CARD, class_="logo")).img["class"] == ["logo"]


def test_previews_get_a_format_that_everything_shows():
    assert image_url(CARD, "16x9") == f"/obrazy/{SHA}/c1280x720-30x70.jpg"


def test_a_document_is_addressed_by_content_and_name():
    card = {"sha": SHA, "filename": "Zażółć (1).pdf"}

    assert document_url(card) == f"/pliki/{SHA}/Za%C5%BC%C3%B3%C5%82%C4%87%20%281%29.pdf"
