"""Files at the desk: sent several at once, decided about one by one, replaced, found again."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.media import files
from tests.newsroom.desks import form_on
from wielkopolskaes.content import gate
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.content.gallery.models import Gallery
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.newsroom.editing.submissions import new_key
from wielkopolskaes.newsroom.files.services import title_from
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

PHOTO = files.image_bytes("JPEG", (700, 560))
OTHER = files.image_bytes("PNG", (300, 200))
PDF = files.pdf(b"% plan")


@pytest.fixture
def place(section):
    return section("aktualnosci", title="Aktualności")


@pytest.fixture
def editor(person, log_in, place):
    return log_in(person(Role.EDITOR))


def send(app, place, *uploads):
    """Fill in the page's own form, as a browser without JavaScript does."""
    form = app.get(f"/redakcja/tresci/{place.id}/pliki").forms[form_of(app, place)]
    return app.post(
        f"/redakcja/tresci/{place.id}/pliki",
        {"csrf_token": form["csrf_token"].value, "key": form["key"].value},
        upload_files=[("file", name, data) for name, data in uploads],
        expect_errors=True,
    )


def form_of(app, place):
    forms = app.get(f"/redakcja/tresci/{place.id}/pliki").forms
    return next(key for key, form in forms.items() if "key" in form.fields)


def below(db, place):
    return db.scalars(select(Node).where(Node.parent_id == place.id).order_by(Node.id)).all()


def test_several_files_become_drafts_with_readable_titles(db, editor, place):
    answer = send(editor, place, ("Zdjęcie_z_targów-2026.jpg", PHOTO), ("plan_działań.pdf", PDF))
    image, document = below(db, place)

    assert answer.status_int == 303
    assert (image.kind, image.title, image.alt, image.decorative) == (
        "image", "Zdjęcie z targów 2026", "", False,
    )  # fmt: skip
    assert (document.kind, document.title, document.language) == ("document", "Plan działań", "")
    assert {image.state, document.state} == {State.DRAFT}
    assert image.path == "/aktualnosci/zdjecie-z-targow-2026"
    assert image.owner_id is not None
    assert image.width == 700


def test_a_refused_file_is_named_and_the_others_are_kept(db, editor, place):
    answer = send(editor, place, ("dobre.jpg", PHOTO), ("wirus.exe", b"MZ\x00\x01"), ("p.pdf", b""))
    summary = answer.html.select_one(".error-summary").get_text(" ", strip=True)

    assert answer.status_int == 422
    assert [node.title for node in below(db, place)] == ["Dobre"]
    assert "wirus.exe : Portal nie" in summary
    assert "p.pdf : Plik jest pusty." in summary


def test_a_form_sent_twice_takes_the_files_once(db, editor, place):
    page = editor.get(f"/redakcja/tresci/{place.id}/pliki")
    form = page.forms[form_of(editor, place)]
    values = {"csrf_token": form["csrf_token"].value, "key": form["key"].value}
    for _time in range(2):
        editor.post(f"/redakcja/tresci/{place.id}/pliki", values,
                    upload_files=[("file", "a.jpg", PHOTO)], status=303)  # fmt: skip

    assert len(below(db, place)) == 1


def test_a_form_without_files_is_asked_again(editor, place):
    assert send(editor, place).status_int == 422


@pytest.fixture
def script(editor, place):
    """Send one file as upload.js does."""
    token = editor.get(f"/redakcja/tresci/{place.id}/pliki").html.find(
        "input", {"name": "csrf_token"}
    )["value"]

    def script(name, data, key=None):
        return editor.post(
            f"/redakcja/tresci/{place.id}/pliki",
            {"csrf_token": token, "key": key or new_key()},
            upload_files=[("file", name, data)],
            headers={"Accept": "application/json"},
            expect_errors=True,
        )

    return script


def test_the_script_is_told_where_to_describe_the_file(db, script, place, editor):
    answer = script("a.jpg", PHOTO)
    (image,) = below(db, place)

    assert answer.json["describe"] == f"/redakcja/tresci/{image.id}/opis"
    assert editor.get(answer.json["picture"]).headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_script_is_told_what_is_wrong_and_may_send_it_again(db, script, place):
    key = new_key()
    assert "error" in script("a.jpg", b"nie obraz", key).json
    assert script("a.jpg", PHOTO, key).status_int == 200
    assert len(below(db, place)) == 1


def test_a_file_whose_answer_was_lost_is_there_once(db, script, place):
    key = new_key()
    assert script("a.jpg", PHOTO, key).json == script("a.jpg", PHOTO, key).json
    assert len(below(db, place)) == 1


def test_the_sizes_of_a_picture_are_promised(db, script, place):
    script("a.jpg", PHOTO)
    (image,) = below(db, place)
    (job,) = db.scalars(select(Job).where(Job.kind == "renditions"))

    assert job.payload == {"sha256": image.sha256, "focal": [50, 50]}


def test_a_gallery_takes_pictures_only(db, editor, make, place):
    gallery = make(Gallery, place, "galeria")
    answer = send(editor, gallery, ("a.jpg", PHOTO), ("p.pdf", PDF))

    assert answer.status_int == 422
    assert [node.kind for node in below(db, gallery)] == ["image"]


def test_who_may_not_add_sees_no_form(person, log_in, section, place, browser):
    reader = log_in(person((Role.READER, place)))
    stranger = log_in(person((Role.EDITOR, section("obok", state=State.DRAFT))))
    address = f"/redakcja/tresci/{place.id}/pliki"

    assert reader.get(address, expect_errors=True).status_int in (403, 404)
    assert stranger.get(address, expect_errors=True).status_int == 403
    assert browser.get(address, expect_errors=True).status_int in (303, 403, 404)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("IMG_20260101-12.JPG", "IMG 20260101 12"),
        ("C:\\zdjęcia\\łąka.v2.png", "Łąka v2"),
        ("../../etc/passwd", "Passwd"),
        (".jpg", "Jpg"),
        ("___.pdf", "plik"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>"),
        ("a\u202egnp.exe.pdf", "A\u202egnp exe"),
    ],
)
def test_titles_come_from_names_of_files(name, title):
    assert title_from(name) == title


@pytest.fixture
def image(db, make, place, registry):
    from wielkopolskaes.media.services import add_image

    def image(slug, under=None, data=PHOTO, **fields):
        blob = add_image(db, registry.files, data, "a.jpg" if data is PHOTO else "a.png")
        values = {"sha256": blob.sha256, "mime": blob.mime, "width": blob.width,
                  "height": blob.height, "alt": "Opis", "state": State.DRAFT}  # fmt: skip
        return make(Image, under or place, slug, **(values | fields))

    return image


def describe(app, node):
    page = app.get(f"/redakcja/tresci/{node.id}/opis")
    return page.forms["form"]


def test_decisions_lead_from_file_to_file(db, editor, place):
    send(editor, place, ("a.jpg", PHOTO), ("b.png", OTHER), ("p.pdf", PDF))
    first, second, document = below(db, place)
    form = describe(editor, first)
    form["alt"] = "Targi w Poznaniu"
    form["licence"], form["credit"] = "CC BY 4.0", "Jan Nowak"
    answer = form.submit()
    assert f"/redakcja/tresci/{second.id}/opis" in answer.location
    assert answer.follow().html.select("[role=status]")

    form = describe(editor, second)
    form["decorative"] = True
    answer = form.submit()
    assert f"/redakcja/tresci/{document.id}/opis" in answer.location

    form = describe(editor, document)
    assert form.submit(expect_errors=True).status_int == 422
    form["form-language"] = "pl"
    answer = form.submit()
    assert f"/redakcja/tresci/{place.id}/pliki" in answer.location
    assert "Zmiany są zapisane." in answer.follow().html.main.get_text()
    db.expire_all()
    assert [gate.problems(node) for node in (first, second, document)] == [[], [], []]
    assert (first.alt, first.credit, first.licence) == (
        "Targi w Poznaniu",
        "Jan Nowak",
        "CC BY 4.0",
    )
    assert document.language == "pl"


def test_no_decision_is_an_error_that_keeps_what_was_typed(editor, db, place):
    send(editor, place, ("a.jpg", PHOTO))
    (node,) = below(db, place)
    form = describe(editor, node)
    form["credit"] = "Ktoś"
    answer = form.submit(expect_errors=True)

    assert answer.status_int == 422
    assert answer.forms["form"]["credit"].value == "Ktoś"
    assert answer.html.select_one("#form-alt, [name=alt]")["aria-invalid"] == "true"


def test_the_focal_point_is_kept_and_its_cuts_are_promised(db, editor, image):
    node = image("a")
    form = describe(editor, node)
    form["focal_x"], form["focal_y"] = "20", "80"
    form.submit(status=303)
    db.expire_all()

    assert (node.focal_x, node.focal_y, node.card["focal"]) == (20, 80, [20, 80])
    assert [20, 80] in [job.payload["focal"] for job in db.scalars(select(Job))]


def test_two_people_who_describe_one_file_see_both_texts_and_put_them_together(db, editor, image):
    node = image("a")
    form = describe(editor, node)
    other = describe(editor, node)
    other["caption"], other["credit"] = "Podpis", "Jan Nowak"
    other.submit(status=303)
    form["caption"], form["licence"] = "Inny podpis", "CC BY 4.0"
    answer = form.submit(expect_errors=True)
    db.expire_all()

    assert answer.status_int == 409
    assert node.caption == "Podpis"
    assert [part.get_text() for part in answer.html.select(".version")] == ["Podpis", "Inny podpis"]
    merged = form_on(answer)
    assert (merged["caption"].value, merged["credit"].value) == ("Inny podpis", "Jan Nowak")
    merged.submit(status=303)
    db.expire_all()
    assert (node.caption, node.credit, node.licence) == ("Inny podpis", "Jan Nowak", "CC BY 4.0")


def replace(app, node, name, data):
    page = app.get(f"/redakcja/tresci/{node.id}/plik")
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    return app.post(f"/redakcja/tresci/{node.id}/plik", {"csrf_token": token},
                    upload_files=[("file", name, data)], expect_errors=True)  # fmt: skip


def test_a_newer_file_keeps_the_item_its_address_and_its_words(db, editor, image, browser):
    node = image("a", state=State.PUBLISHED)
    old, path, version = node.sha256, node.path, node.version
    assert replace(editor, node, "nowsze.png", OTHER).status_int == 303
    db.expire_all()

    assert (node.path, node.alt, node.width, node.height) == (path, "Opis", 300, 200)
    assert node.sha256 != old
    assert node.version > version
    assert f"/obrazy/{node.sha256}/" in browser.get(path).text
    assert browser.get(f"/obrazy/{old}/w640.webp", expect_errors=True).status_int == 404


def test_before_a_shared_file_changes_one_is_told_where_it_is_used(editor, image, page):
    node = image("a", state=State.PUBLISHED)
    page("strona", title="Strona z obrazem", image=str(node.id))

    for below in ("/opis", "/plik"):
        main = editor.get(f"/redakcja/tresci/{node.id}{below}").html.main
        assert "Strona z obrazem" in main.get_text().replace("\xa0", " ")


def test_a_document_does_not_take_the_place_of_a_picture(db, editor, image):
    node = image("a")
    sha = node.sha256
    answer = replace(editor, node, "p.pdf", PDF)
    db.expire_all()

    assert answer.status_int == 422
    assert node.sha256 == sha
    assert answer.html.select_one("#plik")["aria-invalid"] == "true"


def titles(answer):
    return [li.p.get_text(strip=True) for li in answer.html.select(".files > li")]


def test_files_are_found_by_title_kind_use_and_what_they_lack(db, editor, image, make, place, page):
    used, unused = image("a", title="Łąka w maju"), image("b", title="Targi")
    image("c", title="Bez opisu").alt = ""
    db.flush()
    make(Document, place, "plan", title="Plan łąki", sha256=used.sha256, mime="application/pdf",
         size=10, filename="plan.pdf", state=State.DRAFT)  # fmt: skip
    page("strona", image=str(used.id))
    page("kosz", image=str(unused.id))
    trash(db, db.scalar(select(Node).where(Node.path == "/kosz")), now=NOW)

    def found(query):
        return set(titles(editor.get(f"/redakcja/pliki?{query}")))

    assert found("q=laka") == {"Łąka w\xa0maju"}
    assert found("rodzaj=document") == {"Plan łąki"}
    assert found("uzyte=tak") == {"Łąka w\xa0maju"}
    assert found("uzyte=nie&rodzaj=image") == {"Targi", "Bez opisu"}
    assert found("opis=brak") == {"Bez opisu"}
    assert len(found("")) == 4
    assert found("q=nic-takiego") == set()


def test_files_of_other_peoples_drafts_are_not_listed(person, log_in, section, image):
    mine, other = section("moj", state=State.DRAFT), section("inny", state=State.DRAFT)
    image("a", mine, title="Moje")
    image("b", other, title="Cudze")
    author = log_in(person((Role.AUTHOR, mine)))

    assert titles(author.get("/redakcja/pliki")) == ["Moje"]


def test_a_picture_without_a_decision_lacks_one(image):
    node = image("a")
    node.alt = ""
    assert [str(p) for p in gate.problems(node)] == [
        "Describe the picture, or say that it is decoration."
    ]
    for alt in ("IMG_1234", "foto.jpg", "DSC00012", "zdjęcie 1", "2026-01-02"):
        node.alt = alt
        assert len(gate.problems(node)) == 1
    for alt in ("Plac Wolności w Poznaniu", "Logo", "Wykres: 12 spółdzielni", "Obraz Matejki"):
        node.alt = alt
        assert gate.problems(node) == []
    node.alt, node.consent = "Ludzie na targach", "none"
    assert len(gate.problems(node)) == 1


def test_what_has_no_rules_of_its_own_is_ready(page):
    assert gate.problems(page("strona")) == []


def test_a_pasted_text_comes_back_as_it_will_be_stored(editor, page, image):
    target, picture = page("cel"), image("a")
    token = editor.get(f"/redakcja/tresci/{target.parent_id}/pliki").html.find(
        "input", {"name": "csrf_token"}
    )["value"]
    html = (f'<p onclick="x()">Zobacz <a href="http://localhost/cel#a">cel</a>'
            f'<script>alert(1)</script></p><img src="{picture.path}">')  # fmt: skip
    answer = editor.post("/redakcja/tekst/sprawdz", {"html": html, "csrf_token": token})

    assert answer.json["html"] == (
        f'<p>Zobacz <a href="node:{target.id}#a">cel</a></p>\n'
        f'<figure><img src="node:{picture.id}" alt=""></figure>'
    )
    assert answer.json["nodes"][str(picture.id)]["picture"].startswith("/obrazy/")
    assert answer.json["nodes"][str(target.id)]["path"] == "/cel"


def test_what_lacks_a_decision_cannot_be_published_and_the_page_says_why(
    db, person, log_in, image, place
):
    node = image("a")
    node.alt = ""
    db.flush()
    publisher = log_in(person(Role.PUBLISHER))
    address = f"/redakcja/tresci/{node.id}/publikuj"
    page = publisher.get(address)
    form = next(f for f in page.forms.values() if "seen" in f.fields)
    answer = form.submit(expect_errors=True)

    assert answer.status_int == 422
    assert "Opisz obraz albo" in answer.html.select_one("[data-summary]").get_text()
    assert answer.html.select_one("#f-gate")["href"] == f"/redakcja/tresci/{node.id}/opis"
    db.refresh(node)
    assert node.state is State.DRAFT

    node.alt = "Plac Wolności"
    db.flush()
    assert (
        next(f for f in publisher.get(address).forms.values() if "seen" in f.fields)
        .submit()
        .status_int
        == 303
    )
    db.refresh(node)
    assert node.state is State.PUBLISHED
