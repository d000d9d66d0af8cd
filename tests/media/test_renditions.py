from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.media import files
from wielkopolskaes.media import renditions
from wielkopolskaes.media.images import redraw
from wielkopolskaes.media.kinds import JPEG, PNG
from wielkopolskaes.media.renditions import cut_box, ensure, make_renditions
from wielkopolskaes.media.sizes import cuts, declared, is_declared, stored_name, whole
from wielkopolskaes.media.store import memory_store

SIDES = st.integers(1, 2560)
PERCENT = st.integers(0, 100)


@pytest.fixture
def store():
    return memory_store()


def kept(store, data, kind):
    content = redraw(data, kind)
    sha = sha256(content.data).hexdigest()
    store.put(sha, content.data)
    return sha


@pytest.fixture
def photo(store):
    return kept(store, files.image_bytes("JPEG", (700, 560)), JPEG)


def opened(store, sha, name):
    with store.open(stored_name(sha, name)) as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (2560, [320, 640, 960, 1280, 1920]),
        (1920, [320, 640, 960, 1280, 1920]),
        (1000, [320, 640, 960]),
        (800, [320, 640, 800]),
        (320, [320]),
        (200, [200]),
    ],
)
def test_a_picture_is_served_at_widths_up_to_its_own(width, widths):
    assert [spec.width for spec in whole(width, 100)] == widths


def test_a_cut_is_never_larger_than_what_can_be_cut():
    assert [str(s) for s in cuts(1000, 600, "4x3", (30, 70))] == [
        "c320x240-30x70",
        "c480x360-30x70",
        "c640x480-30x70",
        "c800x600-30x70",
    ]
    assert [str(s) for s in cuts(200, 200, "16x9", (50, 50))] == ["c200x112-50x50"]


@given(SIDES, SIDES, PERCENT, PERCENT)
def test_no_rendition_is_larger_than_the_picture(width, height, x, y):
    for spec in declared(width, height, (x, y)):
        assert 1 <= spec.width <= width
        assert 1 <= spec.height <= height


@given(st.tuples(SIDES, SIDES), st.tuples(PERCENT, PERCENT), st.sampled_from(["4x3", "16x9"]))
def test_a_cut_lies_inside_and_holds_the_focal_point(size, focal, ratio):
    wanted = tuple(map(int, ratio.split("x")))
    left, top, right, bottom = cut_box(size, wanted, focal)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert left - 1e-6 <= size[0] * focal[0] / 100 <= right + 1e-6
    assert top - 1e-6 <= size[1] * focal[1] / 100 <= bottom + 1e-6


def test_the_whole_set_is_made_once(store, photo):
    made = make_renditions(store, photo, (30, 70))

    assert "w640.avif" in made
    assert "c640x480-30x70.webp" in made
    assert len(made) == len(set(made)) == 3 * len(list(declared(700, 560, (30, 70))))
    assert make_renditions(store, photo, (30, 70)) == []


@pytest.mark.parametrize(
    ("name", "encoder", "size"),
    [
        ("w640.avif", "AVIF", (640, 512)),
        ("w640.webp", "WEBP", (640, 512)),
        ("w320.jpg", "JPEG", (320, 256)),
        ("c480x360-50x50.jpg", "JPEG", (480, 360)),
        ("c640x360-0x100.avif", "AVIF", (640, 360)),
    ],
)
def test_a_rendition_is_what_its_name_says(store, photo, name, encoder, size):
    ensure(store, photo, name)

    made = opened(store, photo, name)
    assert (made.format, made.size) == (encoder, size)


def test_the_focal_point_decides_what_is_cut_away(store):
    image = files.picture((800, 400), color="blue")
    image.paste("red", (700, 0, 800, 400))
    sha = kept(store, files.saved(image, "JPEG"), JPEG)

    for name in ("c320x240-0x50.jpg", "c320x240-100x50.jpg"):
        ensure(store, sha, name)

    assert opened(store, sha, "c320x240-0x50.jpg").getpixel((300, 120))[0] < 60
    assert opened(store, sha, "c320x240-100x50.jpg").getpixel((300, 120))[0] > 200


def test_a_drawing_keeps_its_transparency_in_every_format(store):
    logo = files.picture((400, 300), "RGBA", (0, 80, 160, 255))
    logo.paste((0, 0, 0, 0), (0, 0, 200, 300))
    sha = kept(store, files.saved(logo, "PNG"), PNG)

    for name in ("w320.avif", "w320.webp", "w320.png"):
        ensure(store, sha, name)
        assert opened(store, sha, name).convert("RGBA").getpixel((20, 20))[3] < 10


def test_a_rendition_asked_for_by_many_at_once_is_made_once(store, photo, monkeypatch):
    made = []
    drawn = renditions.render
    monkeypatch.setattr(
        renditions, "render", lambda master, name: made.append(name) or drawn(master, name)
    )

    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: ensure(store, photo, "w640.webp"), range(16)))

    assert names == {stored_name(photo, "w640.webp")}
    assert made == ["w640.webp"]


@pytest.mark.parametrize(
    "name",
    [
        "w641.webp",
        "w1280.webp",  # larger than the picture
        "w0640.webp",
        "w640.png",  # a photograph has no PNG
        "w640.gif",
        "w640",
        "W640.webp",
        "c640x480-50x50.webp",  # another focal point
        "c640x481-30x70.webp",
        "c640x480-30x70.webp ",
        "w640.webp\n",
        "w٦٤٠.webp",
        "../w640.webp",
        "",
    ],
)
def test_what_is_not_declared_is_not_a_rendition(name):
    assert not is_declared(name, "image/jpeg", 1000, 800, {(30, 70)})


@given(st.text(max_size=40))
def test_no_other_name_is_declared(name):
    ours = {f"{s}.{e}" for s in declared(1000, 800, (50, 50)) for e in ("avif", "webp", "jpg")}

    assert is_declared(name, "image/jpeg", 1000, 800, {(50, 50)}) == (name in ours)
    assert all(is_declared(own, "image/jpeg", 1000, 800, {(50, 50)}) for own in ours)
