"""Adding and changing items over HTTP."""

import pytest
from sqlalchemy import func, inspect, select

from tests.newsroom.desks import form_on
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR, name="Ewa Edytorka", lang="en"))


def opened(app, node):
    return form_on(app.get(f"/redakcja/tresci/{node.id}/edycja"))


def new_page(app, under, **fields):
    form = form_on(app.get(f"/redakcja/tresci/{under.id}/nowy/page"))
    for name, value in fields.items():
        form[name] = value
    return form


def test_a_new_page_is_a_draft_in_the_care_of_its_author(db, root, person, log_in):
    author = person(Role.AUTHOR)
    answer = new_page(log_in(author), root, title="Zażółć gęślą jaźń").submit()
    made = db.scalar(select(Node).where(Node.path == "/zazolc-gesla-jazn"))
    assert (made.state, made.owner_id, made.kind) == (State.DRAFT, author.id, "page")
    assert answer.status_int == 303
    assert answer.location.endswith(f"/redakcja/tresci/{made.id}?gotowe=created")


def test_a_live_page_is_corrected_at_once(page, editor, browser):
    node = page("o-nas", title="O nass")
    form = opened(editor, node)
    form["title"] = "O nas"
    assert form.submit().location.endswith("gotowe=saved_live")
    browser.get("/o-nas").mustcontain("O nas", no="O nass")


def test_an_address_that_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    root, page, editor
):
    page("nabor")
    for slug, words in (
        ("nabor", "Something is at this address"),
        ("szukaj", "The portal itself"),
        ("Zły adres", "small letters"),
    ):
        answer = new_page(editor, root, title="Nabór", slug=slug, body="<p>Treść</p>").submit(
            expect_errors=True
        )
        assert answer.status_int == 422
        form = form_on(answer)
        assert (form["slug"].value, form["body"].value) == (slug, "<p>Treść</p>")
        assert words.lower() in answer.text.lower()


def test_words_of_which_nothing_was_chosen_are_told_from_a_wrong_address(root, editor):
    for typed, words in (("krawcowa", "while you type"), ("/nie/ma", "no item at /nie/ma")):
        answer = new_page(editor, root, title="Nabór", image=typed).submit(expect_errors=True)
        assert words in answer.html.select_one("#form-image-e").get_text()
        assert form_on(answer)["image"].value == typed


def test_a_refused_form_can_be_sent_again(db, root, page, editor):
    page("nabor")
    form = form_on(new_page(editor, root, title="Nabór", slug="nabor").submit(expect_errors=True))
    form["slug"] = "nabor-2"
    assert form.submit().status_int == 303
    assert db.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_same_form_sent_again_leads_to_the_same_item(db, root, editor):
    form = new_page(editor, root, title="Raz")
    before = db.scalar(select(func.count()).select_from(Page))
    first, second = form.submit(), form.submit()
    assert first.location == second.location
    assert db.scalar(select(func.count()).select_from(Page)) == before + 1


def test_somebody_else_s_form_makes_nothing_before_it_is_sent_once_more(
    db, root, person, log_in, editor
):
    form = new_page(editor, root, title="Raz")
    form.submit()
    other = log_in(person(Role.EDITOR))
    theirs = new_page(other, root, title="Dwa")
    theirs["key"] = form["key"].value
    answer = theirs.submit(expect_errors=True)
    assert answer.status_int == 422
    assert form_on(answer).submit().status_int == 303
    assert db.scalar(select(Node.title).where(Node.path == "/dwa")) == "Dwa"


def test_only_types_that_make_sense_are_offered(root, page, editor, registry):
    offered = editor.get(f"/redakcja/tresci/{root.id}/nowy").text
    assert all(f"/nowy/{kind}" in offered for kind in ("page", "article", "section", "contact"))
    assert "/nowy/image" not in offered
    below = page("strona")
    assert "/nowy/article" not in editor.get(f"/redakcja/tresci/{below.id}/nowy").text
    for kind in ("article", "image", "nic"):
        editor.get(f"/redakcja/tresci/{below.id}/nowy/{kind}", status=404)


def test_what_both_changed_is_shown_side_by_side_and_what_one_changed_is_put_together(
    db, page, person, log_in, editor
):
    node = page("o-nas", title="Pierwszy tytuł", lead="Stary wstęp", body="<p>Ala ma kota.</p>")
    mine, other = opened(editor, node), opened(log_in(person(Role.EDITOR)), node)
    other["lead"], other["body"] = "Nowy wstęp", "<p>Ala ma psa.</p>"
    other.submit()
    mine["title"], mine["body"] = "Drugi tytuł", "<p>Ala ma rybę.</p>"
    answer = mine.submit(expect_errors=True)
    assert answer.status_int == 409
    answer.mustcontain("<del>psa</del>", "<ins>rybę</ins>")
    form = form_on(answer)
    assert form["title"].value == "Drugi tytuł"
    assert form["lead"].value == "Nowy wstęp"
    assert form["body"].value == "<p>Ala ma rybę.</p>"
    db.refresh(node)
    assert (node.title, node.body) == ("Pierwszy tytuł", "<p>Ala ma psa.</p>")
    assert form.submit().status_int == 303
    db.refresh(node)
    assert (node.title, node.lead, node.body) == (
        "Drugi tytuł", "Nowy wstęp", "<p>Ala ma rybę.</p>",
    )  # fmt: skip


def test_their_text_can_be_taken_for_a_field(db, page, person, log_in, editor):
    node = page("o-nas", title="Stary", body="<p>Stary</p>")
    mine, other = opened(editor, node), opened(log_in(person(Role.EDITOR)), node)
    other["title"], other["body"] = "Ich", "<p>Ich</p>"
    other.submit()
    mine["title"], mine["body"] = "Mój", "<p>Mój</p>"
    conflict = mine.submit(expect_errors=True)
    fields = [*form_on(conflict).submit_fields(), ("take", "title")]
    answer = editor.post(f"/redakcja/tresci/{node.id}/edycja", fields)
    form = form_on(answer)
    assert (form["title"].value, form["body"].value) == ("Ich", "<p>Mój</p>")
    assert "porownanie-body" in answer.text
    assert "porownanie-title" not in answer.text
    assert form.submit().status_int == 303
    db.refresh(node)
    assert (node.title, node.body) == ("Ich", "<p>Mój</p>")


def test_a_double_click_on_save_is_no_conflict(page, editor):
    form = opened(editor, page("o-nas"))
    form["title"] = "Nowy"
    assert form.submit().location.endswith("saved_live")
    assert form.submit().location.endswith("unchanged")


def test_a_step_of_the_workflow_in_between_is_no_conflict(page, editor, db):
    node = page("o-nas")
    form = opened(editor, node)
    node.in_menu, node.in_menu = True, False
    node.position += 1
    db.flush()
    form["title"] = "Nowy"
    assert form.submit().status_int == 303


def test_a_form_without_version_overwrites_nothing(page, editor, db):
    node = page("o-nas", title="Tytuł")
    form = opened(editor, node)
    form["title"], form["version"], form["base"] = "Inny", "", ""
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 409
    db.refresh(node)
    assert node.title == "Tytuł"


def test_no_column_that_is_no_field_can_be_set(db, root, page, person, log_in, registry):
    editor = log_in(person(Role.EDITOR))
    node = page("o-nas")
    columns = {a.key for a in inspect(Page).column_attrs}
    fields = {field.name for field in registry.content_types["page"].schema().children}
    protected = columns - fields
    before = {name: getattr(node, name) for name in protected}
    forged = [(name, value) for name in sorted(protected | {"slug", "parent"})
              for value in ("1", "trashed") if name not in ("version", "key")]  # fmt: skip
    address = f"/redakcja/tresci/{node.id}/edycja"
    form = form_on(editor.get(address))
    form["title"] = "Nowy"
    editor.post(address, [*form.submit_fields(), *forged], status=303)
    db.refresh(node)
    written = {"version", "updated_at", "card", "rendered", "folded", "dated_on"}
    after = {name: getattr(node, name) for name in protected}
    assert {n for n in protected if before[n] != after[n]} <= written
    assert after["version"] == before["version"] + 1


def test_no_column_that_is_no_field_can_be_set_on_a_new_item(db, root, person, log_in):
    author = person(Role.AUTHOR)
    forged = [("id", "7"), ("owner_id", "1"), ("state", "published"), ("path", "/x"),
              ("parent_id", "1"), ("version", "9"), ("visible_from", "2000-01-01"),
              ("publish_at", "2000-01-01"), ("restricted", "true"), ("position", "5")]  # fmt: skip
    author_app = log_in(author)
    form = new_page(author_app, root, title="Nowa")
    author_app.post(f"/redakcja/tresci/{root.id}/nowy/page", [*form.submit_fields(), *forged])
    made = db.scalar(select(Node).where(Node.path == "/nowa"))
    assert (made.owner_id, made.state, made.version) != (1, State.PUBLISHED, 9)
    assert made.owner_id == author.id
    assert made.visible_from is None
    assert made.publish_at is None
    assert not made.restricted


def test_a_person_without_the_right_gets_no_form(page, person, log_in, browser):
    node = page("o-nas")
    address = f"/redakcja/tresci/{node.id}/edycja"
    log_in(person(Role.AUTHOR)).get(address, status=403)
    assert browser.get(address).location.startswith("http://localhost/zaloguj?")
    assert browser.get("/redakcja/tresci/999999/edycja").status_int == 303


def test_what_somebody_may_not_see_does_not_exist_for_them(page, section, person, log_in):
    here, there = section("tu"), section("tam")
    draft = page("szkic", there, state=State.DRAFT)
    app = log_in(person((Role.EDITOR, here)))
    app.get(f"/redakcja/tresci/{draft.id}/edycja", status=404)
    app.get("/redakcja/tresci/999999/edycja", status=404)


def test_an_item_is_put_into_somebody_s_care(db, page, person, log_in):
    node, ola = page("o-nas"), person(Role.AUTHOR, name="Ola Autorka")
    app = log_in(person(Role.EDITOR))
    form = form_on(app.get(f"/redakcja/tresci/{node.id}/opiekun"))
    form["person"] = str(ola.id)
    form.submit()
    db.refresh(node)
    assert node.owner_id == ola.id


def test_a_key_of_a_translation_that_is_taken_is_refused_in_words(page, editor):
    page("a", translation_key="wspolny")
    form = opened(editor, page("b"))
    form["translation_key"] = "wspolny"
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 422
    assert form_on(answer)["translation_key"].value == "wspolny"
