"""What is not public, as those see it who may; and that nobody else sees anything of it."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.content.items import FAR, HIDDEN
from tests.databases import KINDS, own_database
from tests.media.files import image_bytes, pdf
from tests.site.world import Portal, World
from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.content.funding.models import Funding
from wielkopolskaes.content.gallery.models import Gallery
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.media.services import add_document, add_image
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import restrict, trash
from wielkopolskaes.tree.states import State

DAY = timedelta(days=1)
PHOTO = image_bytes("JPEG", (700, 560))


@pytest.fixture
def image(db, make, root, registry):
    def image(slug="zdjecie", under=None, **fields):
        blob = add_image(db, registry.files, PHOTO, "a.jpg")
        values = {"sha256": blob.sha256, "mime": blob.mime, "width": 700, "height": 560}
        values |= {"alt": f"Opis {slug}"}
        return make(Image, under or root, slug, **(values | fields))

    return image


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR))


def bar(answer):
    found = answer.html.select_one(".preview-bar")
    return found and found.p.get_text(" ", strip=True).replace("\N{NO-BREAK SPACE}", " ")


def test_an_editor_sees_a_draft_under_a_bar_that_says_so(editor, browser, page):
    node = page("szkic", state=State.DRAFT, title="Nowa strona")
    answer = editor.get(node.path)

    assert answer.html.h1.get_text(strip=True) == "Nowa strona"
    assert bar(answer) == "Szkic. Tę stronę widzą tylko osoby z redakcji."
    assert answer.html.select_one(".preview-bar a")["href"] == f"/redakcja/tresci/{node.id}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.html.select_one("meta[name=robots]")["content"] == "noindex"
    assert browser.get(node.path, status=404)


def test_a_page_that_is_public_has_no_bar_and_is_the_same_for_everybody(editor, browser, page):
    path = page("strona", state=State.PUBLISHED).path
    mine, theirs = editor.get(path), browser.get(path)

    assert bar(mine) is None
    assert mine.html.main == theirs.html.main


@pytest.mark.parametrize(
    ("state", "instants", "words"),
    [
        (State.IN_REVIEW, {}, "Czeka na sprawdzenie"),
        (State.APPROVED, {}, "Zatwierdzone, jeszcze nieopublikowane"),
        (State.ARCHIVED, {}, "W archiwum"),
        (State.SCHEDULED, {"publish_at": FAR}, "Zaplanowane na 1 stycznia 2100, 01:00"),
        (State.PUBLISHED, {"expires_at": NOW - DAY}, "Publiczne do"),
    ],
)
def test_the_bar_names_the_reason(editor, page, state, instants, words):
    answer = editor.get(page("strona", state=state, **instants).path)

    assert words in bar(answer).replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_in_the_trash_is_shown_to_editors(db, editor, page):
    node = page("strona")
    trash(db, node, now=NOW)

    assert bar(editor.get(node.path)).startswith("W koszu.")


def test_a_published_page_below_a_draft_says_what_hides_it(editor, section, page):
    node = page("strona", section("dzial", state=State.DRAFT))

    assert bar(editor.get(node.path)).startswith("Dział powyżej nie jest publiczny.")


def test_readers_of_a_restricted_section_see_it_and_nobody_else_does(
    db, browser, person, log_in, section, page
):
    place = section("kadry")
    node, draft = page("strona", place), page("szkic", place, state=State.DRAFT)
    restrict(db, place, restricted=True, now=NOW)
    reader, other = log_in(person((Role.READER, place))), log_in(person())
    answer = reader.get(node.path)

    assert bar(answer) == "Dostęp ograniczony. Tę stronę widzą tylko osoby, którym dano dostęp."
    assert answer.html.select_one(".preview-bar a") is None
    assert [li.a.get_text() for li in reader.get(place.path).html.select(".entries li")] == [
        "strona"
    ]
    assert reader.get(draft.path, expect_errors=True).status_int in (403, 404)
    assert browser.get(node.path, expect_errors=True).status_int in (404, 410)
    assert other.get(node.path, expect_errors=True).status_int in (403, 404, 410)


def test_a_draft_shows_its_pictures_links_documents_and_funding(
    db, editor, browser, make, root, page, image, registry
):
    lead, inline, mark = (
        image(s, state=State.DRAFT) for s in ("glowne", "w-tekscie", "znak-funduszu")
    )
    blob = add_document(db, registry.files, pdf(), "plan.pdf")
    values = {"sha256": blob.sha256, "mime": blob.mime, "size": blob.size, "filename": "plan.pdf"}
    plan = make(Document, root, "plan", state=State.DRAFT, **values)
    funding = make(
        Funding, root, "fundusz", state=State.DRAFT, programme="Program", statement="Zdanie",
        marks=[{"alt": "Znak funduszu", "image": str(mark.id)}],
    )  # fmt: skip
    node = make(
        Article, root, "nowina", state=State.DRAFT, shown_on="2026-01-02",
        image=str(lead.id), funding=[str(funding.id)],
        body=f'<p>Zobacz <a href="{plan.path}">plan</a>.</p><img src="{inline.path}" alt="">',
    )  # fmt: skip
    answer = editor.get(node.path)
    alts = {img["alt"] for img in answer.html.main.find_all("img")}

    assert {"Opis glowne", "Opis w-tekscie", "Znak funduszu"} <= alts
    assert answer.html.select_one(".prose a")["href"] == "/plan"
    assert browser.get(node.path, status=404)


def test_lists_of_a_draft_hold_what_the_person_may_see(
    db, person, log_in, make, root, section, page, image
):
    place = section("dzial", state=State.DRAFT)
    gallery = make(Gallery, place, "galeria", state=State.DRAFT)
    image("w-galerii", gallery, state=State.DRAFT)
    page("szkic", place, state=State.DRAFT)
    trash(db, page("skasowana", place), now=NOW)
    editor = log_in(person(Role.EDITOR))
    titles = [li.h2.get_text(strip=True) for li in editor.get("/dzial").html.select(".entries li")]

    assert titles == ["galeria", "szkic"]
    assert len(editor.get("/dzial/galeria").html.select(".gallery li")) == 1


def test_somebody_with_one_section_sees_no_drafts_of_another(
    db, person, log_in, section, page, image
):
    mine, other = section("moj", state=State.DRAFT), section("inny", state=State.DRAFT)
    foreign = page("obca", other, title="Obca tajemnica")
    picture = image("obcy-obraz", other)
    node = page(
        "strona", mine, image=str(picture.id), related=[str(foreign.id)],
        body=f'<p><a href="{foreign.path}">tam</a></p>',
    )  # fmt: skip
    author = log_in(person((Role.AUTHOR, mine)))
    answer = author.get(node.path)

    assert "Obca tajemnica" not in answer.text
    assert "/inny" not in answer.text
    assert picture.sha256 not in answer.text
    assert author.get(foreign.path, expect_errors=True).status_int in (403, 404)


def address(node, name="w640.webp"):
    return f"/obrazy/{node.sha256}/{name}"


def test_a_picture_of_a_draft_is_sent_to_those_who_may_view_it_and_kept_by_nobody(
    editor, browser, person, log_in, section, image
):
    node = image(state=State.DRAFT, focal_x=30, focal_y=70)
    other = log_in(person((Role.EDITOR, section("obok"))))
    for name in ("w640.webp", "c320x240-30x70.webp"):
        found = editor.get(address(node, name))
        assert found.headers["Cache-Control"] == "private, no-store"
        assert found.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        browser.get(address(node, name), status=404)
        other.get(address(node, name), status=404)


def test_a_public_picture_is_for_ever_for_staff_too_but_not_as_a_draft_cuts_it(editor, image):
    shown, draft = image("jawny"), image("szkic", state=State.DRAFT, focal_x=30, focal_y=70)
    assert shown.sha256 == draft.sha256

    assert "immutable" in editor.get(address(shown)).headers["Cache-Control"]
    assert "no-store" in editor.get(address(draft, "c320x240-30x70.webp")).headers["Cache-Control"]


def test_a_document_of_a_draft_is_sent_to_those_who_may_view_it(
    db, editor, browser, make, root, registry
):
    blob = add_document(db, registry.files, pdf(), "tajny.pdf")
    values = {"sha256": blob.sha256, "mime": blob.mime, "size": blob.size, "filename": "tajny.pdf"}
    make(Document, root, "plan", state=State.DRAFT, **values)
    where = f"/pliki/{blob.sha256}/tajny.pdf"

    assert editor.get(where).headers["Cache-Control"] == "private, no-store"
    assert editor.get(where, headers={"Range": "bytes=0-3"}).body == b"%PDF"
    browser.get(where, status=404)


@pytest.fixture(scope="module", params=KINDS)
def world(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        yield World(portal, HIDDEN)
        portal.close()


def log_in_as_administrator(portal):
    token = tokens.new_token()
    with portal.work() as session:
        person = Person(email="a@example.org", name="A", password_hash="!", password_set_at=NOW)
        person.grants.append(RoleGrant(role=Role.ADMINISTRATOR))
        session.add(person)
        session.flush()
        session.add(
            Login(
                digest=tokens.digest_of(token), person_id=person.id, complete=True,
                second_factor=True, created_at=NOW, confirmed_at=NOW, expires_at=FAR,
            )
        )  # fmt: skip
    value = sessions.cookie_value(portal.registry.portal.secret, token, NOW)
    return {"Cookie": f"sesja={value}"}


def test_what_staff_look_at_reaches_no_public_page_and_no_cache(world):
    cookie = log_in_as_administrator(world.portal)
    before = len(world.portal.pages.store)
    shown = {path: world.portal.get(path, headers=cookie) for path in world.paths.values()}

    assert {answer.status_int for answer in shown.values()} == {200}
    assert {answer.headers["Cache-Control"] for answer in shown.values()} == {"no-store"}
    assert len(world.portal.pages.store) == before
    assert world.leaks(world.addresses) == {}
    for_staff = [world.portal.get(path, headers=cookie).text for path in world.public]
    assert [word for word in world.words for text in for_staff if word in text] == []
