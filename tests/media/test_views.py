from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.media import files
from tests.media.test_pictures import addresses
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.media.kinds import DOCX
from wielkopolskaes.media.pictures import document_url, picture_html
from wielkopolskaes.media.services import add_document, add_image
from wielkopolskaes.tree.states import State

PHOTO = files.image_bytes("JPEG", (700, 560))
PDF = files.pdf(b"% some bytes to cut a range out of")
RANGES = st.one_of(
    st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "S"]), max_size=80),
    st.from_regex(r"bytes=\d{0,30}-\d{0,30}", fullmatch=True),
)


@pytest.fixture
def image(db, make, root, registry):
    def image(slug="zdjecie", under=None, **fields):
        blob = add_image(db, registry.files, PHOTO, "a.jpg")
        values = {"sha256": blob.sha256, "mime": blob.mime, "width": 700, "height": 560}
        focal = {"focal_x": 30, "focal_y": 70}
        return make(Image, under or root, slug, **(values | focal | {"alt": "Plac"} | fields))

    return image


@pytest.fixture
def document(db, make, root, registry):
    def document(data=PDF, filename="Plan-działań.pdf", **fields):
        blob = add_document(db, registry.files, data, filename)
        values = {"sha256": blob.sha256, "mime": blob.mime, "size": blob.size}
        return make(Document, root, "plan", **(values | {"filename": filename} | fields))

    return document


def address(node, name="w640.webp"):
    return f"/obrazy/{node.sha256}/{name}"


def test_a_picture_is_served_in_every_size_its_markup_names(browser, image):
    html = picture_html(image().card, crop="4x3")

    assert {browser.get(a).status_int for a in set(addresses(html))} == {200}


def test_a_picture_may_be_kept_for_ever_and_can_do_nothing(browser, image):
    node = image()
    found = browser.get(address(node, "w640.avif"))

    assert found.content_type == "image/avif"
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert found.headers["ETag"] == f'"{node.sha256}-w640.avif"'
    assert found.headers.getall("Content-Security-Policy") == [
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    ]
    assert found.headers.getall("X-Content-Type-Options") == ["nosniff"]
    assert found.headers.getall("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert "Set-Cookie" not in found.headers


def test_a_copy_that_is_still_good_is_not_sent_again(browser, image):
    where = address(image())
    tag = browser.get(where).headers["ETag"]

    for match in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = browser.get(where, headers={"If-None-Match": match})
        assert (again.status_int, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "immutable" in again.headers["Cache-Control"]


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.ARCHIVED])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_is_not_published_has_no_address(browser, image, document, kind, state):
    node = image(state=state) if kind == "image" else document(state=state)
    where = address(node) if kind == "image" else document_url(node.card)

    answer = browser.get(where, status=404)
    assert PDF not in answer.body
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    browser.get(where, headers={"If-None-Match": "*"}, status=404)
    browser.get(where, headers={"Range": "bytes=0-3"}, status=404)


def test_a_picture_in_a_section_that_is_a_draft_has_no_address(browser, image, section):
    node = image(under=section("robocza", state=State.DRAFT))

    browser.get(address(node), status=404)


def test_a_picture_is_served_from_its_hour_to_its_hour(browser, image):
    hour = timedelta(hours=1)
    later = image(state=State.SCHEDULED, publish_at=NOW + hour)

    browser.get(address(later), status=404)
    image("inne", publish_at=NOW - 2 * hour, expires_at=NOW - hour)
    browser.get(address(later), status=404)
    image("trzecie", publish_at=NOW - 2 * hour, expires_at=NOW + hour)
    browser.get(address(later), status=200)


def test_a_file_in_the_store_that_no_item_shows_has_no_address(browser, db, registry):
    blob = add_image(db, registry.files, PHOTO, "a.jpg")

    browser.get(f"/obrazy/{blob.sha256}/w640.webp", status=404)
    browser.get(f"/pliki/{blob.sha256}/a.jpg", status=404)


@pytest.mark.parametrize(
    "name",
    [
        "w641.webp", "w9999.webp", "w1920.webp", "w640.png", "w640.svg", "original", "w640",
        "c640x480-50x50.webp", "c641x480-30x70.webp", "w640.webp/", "..%2fw640.webp", "%00",
        "w640.webp%0d%0aX-A:%20b",
    ],
)  # fmt: skip
def test_nobody_can_ask_for_a_size_that_the_portal_does_not_use(browser, image, name):
    answer = browser.get(address(image(), name), expect_errors=True)

    assert answer.status_int in {400, 404}
    assert "X-A" not in answer.headers


def test_a_focal_point_that_moved_moves_the_address(browser, image):
    node = image()

    browser.get(address(node, "c640x480-30x70.jpg"), status=200)
    browser.get(address(node, "c640x480-70x30.jpg"), status=404)


def test_a_picture_is_not_a_document_nor_a_document_a_picture(browser, image, document):
    browser.get(f"/pliki/{image().sha256}/zdjecie.jpg", status=404)
    browser.get(f"/obrazy/{document().sha256}/w640.webp", status=404)


def test_a_picture_costs_one_query(browser, image, queries):
    node = image()
    browser.get(address(node))
    queries.clear()

    browser.get(address(node))

    assert len(queries) == 1


def test_a_pdf_opens_in_the_browser_under_its_own_name(browser, document):
    found = browser.get(document_url(document().card))

    assert (found.content_type, found.body) == ("application/pdf", PDF)
    assert found.headers["Content-Disposition"] == (
        "inline; filename=\"Plan-dzialan.pdf\"; filename*=UTF-8''Plan-dzia%C5%82a%C5%84.pdf"
    )
    assert found.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("filename", "data", "mime"),
    [
        ("plan.txt", b"<html><script>alert(1)</script>", "text/plain"),
        ("plan.csv", "zażółć;1".encode(), "text/csv"),
        ("plan.docx", files.docx(), DOCX.mime),
    ],
)  # fmt: skip
def test_other_documents_are_downloaded_not_opened(browser, document, filename, data, mime):
    found = browser.get(document_url(document(data, filename).card))

    assert (found.content_type, found.body) == (mime, data)
    assert found.headers["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert found.charset == ("utf-8" if mime.startswith("text/") else None)


def test_a_document_answers_to_its_own_name_only(browser, document):
    node = document()

    browser.get(f"/pliki/{node.sha256}/Wyrok.pdf", status=404)
    browser.get(f"/pliki/{'0' * 64}/{quote(node.filename)}", status=404)


def test_a_part_of_a_file_can_be_had(browser, document):
    where = document_url(document().card)

    for header, start, stop in (
        ("bytes=0-3", 0, 4),
        ("bytes=5-", 5, len(PDF)),
        ("bytes=-6", len(PDF) - 6, len(PDF)),
    ):
        part = browser.get(where, headers={"Range": header}, status=206)
        assert part.body == PDF[start:stop]
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(PDF)}"
        assert part.content_length == stop - start


def test_bytes_that_do_not_exist_are_refused_by_name(browser, document):
    answer = browser.get(
        document_url(document().card), headers={"Range": f"bytes={len(PDF)}-"}, status=416
    )

    assert answer.headers["Content-Range"] == f"bytes */{len(PDF)}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body == b""


def test_a_range_of_another_version_gets_the_whole(browser, document):
    node = document()
    where, tag = document_url(node.card), f'"{node.sha256}"'

    for condition, status in ((tag, 206), ('"other"', 200), (f"W/{tag}", 200), ("x", 200)):
        browser.get(where, headers={"Range": "bytes=0-3", "If-Range": condition}, status=status)


def test_head_tells_the_size_and_sends_nothing(browser, document):
    answer = browser.head(document_url(document().card))

    assert (answer.content_length, answer.body) == (len(PDF), b"")
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(browser, image, method):
    getattr(browser, method)(address(image()), status=405)


def test_any_range_header_gets_a_part_the_whole_or_416(browser, document):
    where = document_url(document().card)

    @settings(max_examples=60)
    @given(header=RANGES)
    def ask(header):
        answer = browser.get(where, headers={"Range": header}, expect_errors=True)
        assert answer.status_int in {200, 206, 416}
        assert answer.body in PDF

    ask()


@pytest.mark.parametrize("header", ["If-None-Match", "If-Range", "Range"])
def test_a_header_of_64_kilobytes_of_junk_is_only_junk(browser, document, header):
    where = document_url(document().card)

    for junk in ('"' * 65_000, "9" * 65_000, "bytes=" + "1-2," * 16_000, 'W/"' * 20_000):
        answer = browser.get(where, headers={header: junk})
        assert (answer.status_int, answer.body) == (200, PDF)
