"""A form that comes back after its login has ended."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256 as sha

import pyotp
import pytest
from sqlalchemy import delete, select

from tests.newsroom.desks import form_on
from wielkopolskaes.accounts import secondfactor, sessions
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.media.models import Blob
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State

PASSWORD = "trzy słowa i kropka."


@pytest.fixture
def somebody(person, registry):
    hashed = registry.passwords.hash(PASSWORD)

    def somebody(role=Role.EDITOR, **more):
        return person(role, password_hash=hashed, **more)

    return somebody


@pytest.fixture
def idle(registry):
    """Let a browser have been idle for two hours."""

    def idle(app):
        token = app.cookies["sesja"].strip('"').split(".")[0]
        secret, then = registry.portal.secret, datetime.now(UTC) - timedelta(hours=2)
        app.set_cookie("sesja", sessions.cookie_value(secret, token, then))
        return app

    return idle


@pytest.fixture
def typed(page):
    """Open an item's form and type into it."""
    node = page("o-nas", title="Stary tytuł", body="<p>Stary</p>")

    def typed(app):
        form = form_on(app.get(f"/redakcja/tresci/{node.id}/edycja"))
        form["title"], form["body"] = "Zażółć „gęślą” <jaźń>", "<p>Nowy &amp; długi</p>\n<p>x</p>"
        return form

    return typed


@pytest.fixture
def blob(db):
    def blob(name):
        sha256 = sha(name.encode()).hexdigest()
        db.add(Blob(sha256=sha256, upload_sha256=sha256, size=1, mime="image/png", width=1,
                    height=1))  # fmt: skip
        db.flush()
        return sha256

    return blob


def resumed(form, email, password=PASSWORD):
    """Log in on the page that has kept the form."""
    kept = form.submit(expect_errors=True).forms["login"]
    kept["email"], kept["password"] = email, password
    return kept.submit(expect_errors=True)


def test_nothing_typed_is_lost_and_the_save_goes_on(db, somebody, log_in, typed, idle):
    ewa = somebody()
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 403
    assert answer.headers["Cache-Control"] == "no-store"
    went_on = resumed(form, ewa.email)
    assert went_on.forms["form"].submit().location.endswith("gotowe=saved_live")
    node = db.scalar(select(Node).where(Node.path == "/o-nas"))
    assert node.title == "Zażółć „gęślą” <jaźń>"
    assert node.body == "<p>Nowy &amp; długi</p>\n<p>x</p>"


def test_what_was_typed_is_shown_under_the_names_of_its_fields(somebody, log_in, typed, idle):
    app = log_in(somebody())
    form = typed(app)
    idle(app)

    shown = form.submit(expect_errors=True).html.select_one(".kept")

    names = {name.get_text() for name in shown.select("dt")}
    assert "title" not in names
    assert names & {"Title", "Tytuł"}


def test_a_new_item_goes_on_too(db, root, somebody, log_in, idle):
    ewa = somebody()
    app = log_in(ewa)
    form = form_on(app.get(f"/redakcja/tresci/{root.id}/nowy/page"))
    form["title"] = "Nowa strona"
    idle(app)
    resumed(form, ewa.email).forms["form"].submit()
    assert db.scalar(select(Node.owner_id).where(Node.path == "/nowa-strona")) == ewa.id


def test_the_description_of_a_picture_goes_on_too(db, make, root, somebody, log_in, idle, blob):
    ewa = somebody()
    app = log_in(ewa)
    picture = make(Image, root, "targi", state=State.DRAFT, alt="x", sha256=blob("targi"),
                   mime="image/png", width=1, height=1)  # fmt: skip
    form = form_on(app.get(f"/redakcja/tresci/{picture.id}/opis"))
    form["alt"], form["credit"] = "Dwie osoby przy stole", "Jan Nowak"
    idle(app)
    shown = form.submit(expect_errors=True).html.select(".kept dd")
    assert {each.get_text() for each in shown} >= {"Dwie osoby przy stole", "Jan Nowak"}
    resumed(form, ewa.email).forms["form"].submit(status=303)
    db.expire_all()
    assert (picture.alt, picture.credit) == ("Dwie osoby przy stole", "Jan Nowak")


def test_a_wrong_password_loses_nothing(somebody, log_in, typed, idle):
    ewa = somebody()
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    answer = resumed(form, ewa.email, "nie to hasło, nie")
    assert answer.status_int == 422
    again = answer.forms["login"]
    assert again["password"].value == ""
    again["password"] = PASSWORD
    assert again.submit().forms["form"].submit().status_int == 303


def test_tries_are_limited_as_at_the_door(somebody, log_in, typed, idle):
    ewa = somebody()
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    kept = form.submit(expect_errors=True).forms["login"]
    kept["email"], kept["password"] = ewa.email, "nie to hasło, nie"
    codes = [kept.submit(expect_errors=True).status_int for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_the_second_factor_is_asked_for(db, somebody, log_in, typed, idle, registry):
    ewa = somebody(Role.PUBLISHER)
    secret = secondfactor.new_secret()
    then = datetime.now(UTC) - timedelta(minutes=5)
    code = pyotp.TOTP(secret).at(then)
    secondfactor.enrol(db, ewa, secret, code, registry.portal.secret, then)
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    asked = resumed(form, ewa.email)
    assert "form" not in asked.forms
    app.get("/redakcja", status=303)
    asked.forms["login"]["code"] = "000000"
    wrong = asked.forms["login"].submit(expect_errors=True)
    assert wrong.status_int == 422
    wrong.forms["login"]["code"] = pyotp.TOTP(secret).now()
    went_on = wrong.forms["login"].submit()
    assert went_on.forms["form"].submit().status_int == 303


def test_somebody_else_sees_the_text_and_saves_nothing_unasked(db, somebody, log_in, typed, idle):
    ewa, ola = somebody(name="Ewa"), somebody(name="Ola Druga")
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    answer = resumed(form, ola.email)
    answer.mustcontain("Ola Druga", "Nowy &amp;amp; długi")
    assert db.scalar(select(Node.title).where(Node.path == "/o-nas")) == "Stary tytuł"


def test_somebody_without_the_right_saves_nothing(db, somebody, log_in, typed, idle):
    ewa, ola = somebody(), somebody(Role.AUTHOR)
    app = log_in(ewa)
    form = typed(app)
    idle(app)
    answer = resumed(form, ola.email).forms["form"].submit(expect_errors=True)
    assert answer.status_int == 403
    assert db.scalar(select(Node.title).where(Node.path == "/o-nas")) == "Stary tytuł"


def test_a_login_that_was_ended_elsewhere_is_no_other_case(db, somebody, log_in, typed):
    ewa = somebody()
    app = log_in(ewa)
    form = typed(app)
    db.execute(delete(Login).where(Login.person_id == ewa.id))
    answer = resumed(form, ewa.email)
    assert answer.forms["form"].submit().status_int == 303


def test_who_has_logged_in_again_in_another_window_is_asked_once(db, somebody, log_in, typed):
    ewa = somebody()
    app = log_in(ewa)
    form = typed(app)
    app.set_cookie("sesja", log_in(ewa).cookies["sesja"].strip('"'))
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 403
    assert db.scalar(select(Node.title).where(Node.path == "/o-nas")) == "Stary tytuł"
    assert answer.forms["form"].submit().status_int == 303


@pytest.fixture
def button(page, somebody, log_in):
    """A button of an item's page, and whose browser shows it."""
    draft = page("szkic", state=State.DRAFT)
    ewa = somebody()
    app = log_in(ewa)
    forms = app.get(f"/redakcja/tresci/{draft.id}").forms.values()
    return draft, ewa, app, next(form for form in forms if form.action.endswith("/zglos"))


def test_a_button_pressed_after_the_login_has_ended_leads_to_the_login(button, idle):
    draft, _ewa, app, form = button
    idle(app)

    answer = form.submit(expect_errors=True)

    assert answer.status_int == 403
    assert "Logowanie wygasło" in answer.html.main.get_text()
    assert f"%2Fredakcja%2Ftresci%2F{draft.id}" in answer.html.main.select_one("a.button")["href"]
    assert draft.state == State.DRAFT


def test_a_button_of_an_earlier_login_leads_to_the_page_as_it_is_now(button, log_in):
    draft, ewa, app, form = button
    app.set_cookie("sesja", log_in(ewa).cookies["sesja"].strip('"'))

    answer = form.submit(expect_errors=True)

    assert answer.status_int == 400
    assert answer.html.main.select_one("a.button")["href"] == f"/redakcja/tresci/{draft.id}"
    assert draft.state == State.DRAFT


def test_a_form_that_is_not_ours_is_shown_to_nobody(root, page, browser, somebody, log_in):
    node = page("o-nas")
    address = f"/redakcja/tresci/{node.id}/edycja"
    fields = {"title": "obca treść", "csrf_token": "0" * 32 + "." + "0" * 64}
    for app in (browser, log_in(somebody())):
        answer = app.post(address, fields, expect_errors=True)
        assert answer.status_int in (400, 403)
        assert "obca treść" not in answer.text


def test_it_leads_nowhere_else(somebody, log_in, typed, idle):
    app = log_in(somebody())
    form = typed(app)
    idle(app)
    kept = form.submit(expect_errors=True).forms["login"]
    for target in ("https://example.org/", "//example.org/redakcja/tresci/1", "/konto",
                   "/redakcja/tresci/1/../../../konto", "/redakcja/tresci/1/usun"):  # fmt: skip
        kept["target"] = target
        assert kept.submit(expect_errors=True).status_int == 400


def test_the_login_that_a_browser_has_ends_with_the_new_one(db, somebody, log_in, typed, root):
    ewa = somebody()
    app = log_in(ewa)
    before = db.scalars(select(Login.digest)).all()
    app.post("/redakcja/dalej", {
        "csrf_token": form_on(app.get(f"/redakcja/tresci/{root.id}/edycja"))["csrf_token"].value,
        "target": f"/redakcja/tresci/{root.id}/edycja", "kept": "[]", "step": "password",
        "email": ewa.email, "password": PASSWORD,
    }, status=200)  # fmt: skip
    after = db.scalars(select(Login.digest)).all()

    assert len(before) == len(after) == 1
    assert before != after
