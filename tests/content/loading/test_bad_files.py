"""A file that cannot be loaded is named, with what is wrong; then nothing is loaded at all."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.media.files import image_bytes
from wielkopolskaes.content.loading import load
from wielkopolskaes.content.loading.files import BadContentFile
from wielkopolskaes.content.loading.models import LoadedFile
from wielkopolskaes.db import work
from wielkopolskaes.tree.models import Node

IMAGE = {"obraz.png": image_bytes("PNG")}

BAD = {
    "an unknown kind": ("a.md", {"kind": "wpis"}, "unknown kind 'wpis'"),
    "a misspelt field": ("a.md", {"front": "tittle: A"}, "unknown fields: tittle"),
    "no kind": ("a.md", {"kind": None, "front": "title: A"}, "unknown kind ''"),
    "no title": ("a.md", {"kind": None, "front": "kind: page"}, "'title': 'Required'"),
    "broken YAML": ("a.md", {"front": "lead: [nie domknięte"}, "expected ',' or ']'"),
    "a list": ("a.md", {"kind": None, "front": "- a\n- b"}, "lines of name: value"),
    "a bad day": ("a.md", {"front": "shown_on: wczoraj"}, "'shown_on': "),
    "an article without a day": ("a.md", {"kind": "article"}, "'shown_on': 'Required'"),
    "a reference to nothing": ("a.md", {"front": "contact: /nie-ma"}, "'contact': "),
    "a text that is none": ("a.md", {"front": "body: [a, b]"}, "'body': "),
    "a reserved slug": ("szukaj.md", {}, "SlugReserved: szukaj"),
    "a malformed slug": ("Ala_ma.md", {}, "SlugInvalid: Ala_ma"),
    "no section above": ("nie/ma.md", {}, "nothing is at /nie"),
    "an unknown state": ("a.md", {"front": "state: gotowe"}, "state must be one of draft"),
    "the trash": ("a.md", {"front": "state: trashed"}, "state must be one of draft"),
    "a schedule without an instant": ("a.md", {"front": "state: scheduled"}, "needs an instant"),
    "a broken instant": ("a.md", {"front": "publish_at: jutro"}, "publish_at: "),
    "an instant of no zone": (
        "a.md", {"front": "publish_at: 2026-05-04 08:00"}, "needs an offset"
    ),
    "an expiry of no zone": ("a.md", {"front": "expires_at: 2026-05-04"}, "needs an offset"),
    "a position in words": ("a.md", {"front": "position: pierwsza"}, "position must be a number"),
    "a lone old address": ("a.md", {"front": "old_addresses: /a"}, "must be a list"),
    "an old address elsewhere": (
        "a.md", {"front": "old_addresses: ['https://x.pl/']"}, "begin with /"
    ),
    "no file named": ("a.md", {"kind": "image", "front": "alt: A"}, "file must name the file"),
    "no document named": ("a.md", {"kind": "document"}, "file must name the file"),
    "a file that is not there": (
        "a.md", {"kind": "image", "front": "alt: A\nfile: a.png"}, "no file a.png beside it"
    ),
    "a picture that is none": (
        "a.md",
        {"kind": "image", "front": "alt: A\nfile: a.png", "beside": {"a.png": b"tekst"}},
        "a.md: ",
    ),
    "no decision about the description": (
        "a.md", {"kind": "image", "front": "file: obraz.png", "beside": IMAGE}, "'alt': "
    ),
    "a focal point on a line": (
        "a.md",
        {"kind": "image", "front": "alt: A\nfile: obraz.png\nfocal: 50", "beside": IMAGE},
        "focal must be two numbers",
    ),
    "a film that some people cannot follow": (
        "a.md",
        {"kind": "film", "front": "code: A\navailability: embed\nembed: https://vimeo.com/123456"},
        "Add captions, or say",
    ),
    "captions that no player shows": (
        "a.md",
        {"kind": "film", "front": "code: A\ntracks: [{text: \"WEBVTT\\n\\n0:01 --> 0:02\\nA\"}]"},
        "Line 3: ",
    ),
    "a translation of the same language": (
        "a.md", {"front": "translation: strona"}, "the database refuses it"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_named_with_what_is_wrong(folder, load_again, case):
    path, made, message = BAD[case]
    folder("0.md", "translation: strona")
    file = folder(path, **made)

    with pytest.raises(BadContentFile) as refused:
        load_again()

    assert str(refused.value).startswith(f"{file}: ")
    assert message in str(refused.value)


def test_a_file_without_front_matter_is_named(folder, load_again):
    file = folder("a.md")
    file.write_text("Sama treść.\n", encoding="utf-8")

    with pytest.raises(BadContentFile, match="between two lines of ---"):
        load_again()


def test_a_file_that_is_not_text_is_named(folder, load_again):
    file = folder("a.md")
    file.write_bytes(file.read_bytes() + b"\xff\xfe")

    with pytest.raises(BadContentFile, match=str(file)):
        load_again()


def test_two_files_for_one_address_are_refused(folder, load_again):
    folder("a.md")
    folder("a/index.md", kind="section")

    with pytest.raises(BadContentFile, match="same address, /a"):
        load_again()


def test_a_folder_without_a_front_page_needs_a_portal_that_has_one(folder, load_again):
    folder("a.md")
    folder("index.md").unlink()

    with pytest.raises(BadContentFile, match="nothing is at /"):
        load_again()


def test_the_kind_of_an_item_does_not_change(folder, load_again):
    folder("a.md")
    load_again()
    folder("a.md", kind="gallery")

    with pytest.raises(BadContentFile, match="cannot change from page to gallery"):
        load_again()


@pytest.mark.parametrize("bad", [{"kind": "wpis"}, {"front": "translation: strona"}])
def test_after_a_bad_file_nothing_is_in_the_database(folder, registry, tmp_path, bad):
    folder("a.md", "translation: strona")
    folder("z.md", **bad)

    with pytest.raises(BadContentFile), work(registry) as session:
        load(session, registry, tmp_path / "content", now=datetime.now(UTC))

    with work(registry) as session:
        left = [session.scalar(select(func.count()).select_from(m)) for m in (Node, LoadedFile)]
    assert left == [0, 0]
