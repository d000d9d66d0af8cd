"""Adding and changing items over HTTP."""

import pytest
from sqlalchemy import func, select

from wielkopolskaes.content.page.models import Page
from wielkopolskaes.newsroom.models import Submission
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State


@pytest.fixture
def editor(person, log_in):
    return log_in(person(Role.EDITOR, name="Ewa Edytorka"))


def opened(app, node):
    return app.get(f"/redakcja/tresci/{node.id}/edycja").forms["form"]


def new_page(app, under, **fields):
    form = app.get(f"/redakcja/tresci/{under.id}/nowy/page").forms["form"]
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
