from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

from tests.accounts.conftest import PASSWORD, form_with
from wielkopolskaes.accounts import sessions
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.audit.services import NOTED
from wielkopolskaes.security.permissions import Role


def logins_of(db, person):
    return db.scalar(select(func.count()).where(Login.person_id == person.id))


def test_the_password_opens_the_desk(browser, known, enter, root):
    ewa = known(Role.EDITOR)

    answer = enter(ewa.email)

    assert (answer.status_int, answer.location) == (303, "http://localhost/redakcja")
    assert ewa.name in browser.get("/").text


def test_somebody_who_only_reads_gets_to_their_account(known, enter, root):
    assert enter(known(Role.READER).email).location == "http://localhost/konto"


def test_after_the_login_one_is_where_one_wanted_to_be(known, enter, root):
    answer = enter(known(Role.EDITOR).email, back="/redakcja/tresci")

    assert answer.location == "http://localhost/redakcja/tresci"


def test_the_way_back_never_leads_to_another_site(known, enter, root):
    answer = enter(known(Role.EDITOR).email, back="//evil.example/")

    assert answer.location == "http://localhost/redakcja"


def test_capitals_in_the_address_do_not_matter(known, enter, root):
    ewa = known(Role.EDITOR)

    assert enter(ewa.email.upper()).status_int == 303


def test_nobody_else_gets_in(db, known, enter, root):
    known_one, closed = known(Role.EDITOR), known(Role.EDITOR, closed_at=datetime.now(UTC))
    invited = known(Role.EDITOR)
    invited.password_hash = ""
    tries = [(known_one.email, "inny-rower-nad-wartą"), (closed.email,), (invited.email, ""),
             ("nikt@example.org",), ("",), (known_one.email, "")]  # fmt: skip

    answers = [enter(*each) for each in tries]

    assert [a.status_int for a in answers] == [422] * len(tries)
    assert db.scalar(select(func.count()).select_from(Login)) == 0


def test_the_answer_does_not_tell_whether_the_address_is_known(known, enter, root):
    ewa = known(Role.EDITOR, email="a@example.org")

    wrong = enter(ewa.email, "inny-rower-nad-wartą")
    unknown = enter("b@example.org", "inny-rower-nad-wartą")

    assert wrong.status == unknown.status
    assert wrong.text.replace("a@example.org", "b@example.org") == unknown.text
    assert set(wrong.headers) == set(unknown.headers)


def test_the_password_is_not_shown_again(known, enter, root):
    answer = enter(known(Role.EDITOR).email, "inny-rower-nad-wartą")

    assert "inny-rower" not in answer.text


def test_a_token_that_somebody_else_knows_is_dead_after_the_login(browser, db, known, enter, root):
    ewa = known(Role.EDITOR)
    enter(ewa.email)
    foreign = browser.cookies["sesja"]
    token = form_with("csrf_token", browser.get("/"))["csrf_token"].value
    form = {"email": ewa.email, "password": PASSWORD, "csrf_token": token}

    browser.post("/zaloguj", form, status=303)

    assert browser.cookies["sesja"].split(".")[0] != foreign.split(".")[0]
    assert logins_of(db, ewa) == 1
    assert "Wyloguj" not in with_cookie(browser, foreign).text


def test_logging_out_kills_a_stolen_cookie(browser, db, known, enter, root):
    ewa = known(Role.EDITOR)
    enter(ewa.email)
    stolen = browser.cookies["sesja"]

    form_with("csrf_token", browser.get("/")).submit(status=303)

    assert "sesja" not in browser.cookies
    assert logins_of(db, ewa) == 0
    assert ewa.name not in with_cookie(browser, stolen).text


def test_logging_out_twice_is_no_error(browser, db, known, enter, root):
    ewa = known(Role.EDITOR)
    enter(ewa.email)
    form = form_with("csrf_token", browser.get("/"))
    db.execute(delete(Login))

    assert form.submit().status_int == 303


def with_cookie(browser, cookie):
    browser.reset()
    browser.set_cookie("sesja", cookie)
    return browser.get("/")


def test_a_login_ends_after_an_hour_without_a_request(log_in, known, root):
    ewa = known(Role.EDITOR)
    idle = log_in(ewa, begun=datetime.now(UTC) - timedelta(minutes=61))
    busy = log_in(ewa, begun=datetime.now(UTC) - timedelta(minutes=59))

    assert ewa.name not in idle.get("/").text
    assert ewa.name in busy.get("/").text


def test_a_login_ends_after_twelve_hours_whatever_happens(registry, log_in, known, root):
    ewa = known(Role.EDITOR)
    app = log_in(ewa, begun=datetime.now(UTC) - timedelta(hours=12, minutes=1))
    token = app.cookies["sesja"].split(".")[0]
    now = datetime.now(UTC)
    app.set_cookie("sesja", sessions.cookie_value(registry.portal.secret, token, now))

    assert ewa.name not in app.get("/").text


def test_a_page_moves_the_hour_on_and_writes_nothing(log_in, known, queries, root):
    app = log_in(known(Role.EDITOR), begun=datetime.now(UTC) - timedelta(minutes=50))
    before = app.cookies["sesja"]
    queries.clear()

    answer = app.get("/")

    assert "sesja" in answer.headers["Set-Cookie"]
    assert app.cookies["sesja"] != before
    assert [q for q in queries if not q.startswith(("SELECT", "SAVEPOINT"))] == []


def test_the_cookie_is_for_this_site_and_not_for_scripts(known, enter, root):
    cookies = enter(known(Role.EDITOR).email).headers.getall("Set-Cookie")

    cookie = next(c for c in cookies if c.startswith("sesja="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_cookie_that_was_changed_opens_nothing(log_in, known, root):
    ewa = known(Role.EDITOR)
    app = log_in(ewa)
    token, used, signature = app.cookies["sesja"].split(".")
    for forged in (f"{token}.{int(used) + 1}.{signature}", f"{token}.{used}.{'0' * 64}", token):
        assert ewa.name not in with_cookie(app, forged).text


def test_strangers_at_the_desk_are_led_to_the_login(browser, root):
    answer = browser.get("/konto?a=1")

    assert answer.location == "http://localhost/zaloguj?powrot=%2Fkonto%3Fa%3D1"
    assert browser.post("/konto", status=403)


def test_public_pages_set_no_cookie_and_the_form_sets_its_own(browser, root):
    assert "Set-Cookie" not in browser.get("/").headers
    assert browser.get("/zaloguj").headers["Set-Cookie"].startswith("formularz=")
    assert "Set-Cookie" not in browser.get("/zaloguj").headers


def test_a_page_costs_somebody_logged_in_one_question_more(browser, log_in, known, page, queries):
    page("strona")
    app = log_in(known(Role.EDITOR))

    def asked(one):
        one.get("/strona")
        queries.clear()
        one.get("/strona")
        return len(queries)

    assert asked(app) <= asked(browser) + 1


def test_the_bar_leads_to_the_desk_and_to_the_page_one_may_edit(browser, log_in, known, section,
                                                               page):  # fmt: skip
    news = section("aktualnosci")
    item, other = page("w-srodku", news), page("obok")
    app = log_in(known((Role.EDITOR, news), name="Ewa <b>Próba</b>"))

    def links(one, path):
        return {a["href"] for a in one.get(path).html.find(class_="service").find_all("a")}

    assert {"/redakcja", "/konto", f"/redakcja/tresci/{item.id}/edycja"} <= links(app, item.path)
    assert f"/redakcja/tresci/{other.id}/edycja" not in links(app, other.path)
    assert links(browser, item.path) & {"/redakcja", "/konto", "/zaloguj"} == {"/zaloguj"}
    assert "Ewa &lt;b&gt;" in app.get(item.path).text


def test_nothing_of_a_person_stays_on_the_pages_of_others(browser, log_in, known, page):
    page("strona")
    ewa, jan = known(Role.EDITOR, name="Ewa Kanarek"), known(Role.READER, name="Jan Szpak")
    first, second = log_in(ewa), log_in(jan)

    assert "Ewa Kanarek" in first.get("/strona").text
    assert "Jan Szpak" in second.get("/strona").text
    assert "Ewa Kanarek" not in second.get("/strona").text
    assert "csrf_token" not in browser.get("/strona").text
    assert "Kanarek" not in browser.get("/strona").text


def test_events_name_who_and_from_where_but_never_what_was_typed(db, known, enter, root):
    ewa = known(Role.EDITOR)
    enter(ewa.email, "zły-pies-na-łańcuchu")
    enter("ktos@example.org", "zły-pies-na-łańcuchu")
    enter(ewa.email)

    events = [e for e in db.info[NOTED] if e.action.startswith("login.")]
    assert [e.action for e in events] == ["login.failed"] * 2 + ["login.succeeded"]
    assert events[2].actor == (ewa.id, ewa.name, "")
    assert "ktos@" not in str(events)
    assert "pies" not in str(events)


def test_a_form_that_was_open_for_too_long_is_shown_again(browser, known, root):
    ewa = known(Role.EDITOR)
    form = form_with("password", browser.get("/zaloguj?powrot=/redakcja"))
    form["email"], form["password"] = ewa.email, PASSWORD
    browser.reset()

    again = form_with("password", form.submit(status=400))

    assert again["email"].value == ewa.email
    again["password"] = PASSWORD
    assert again.submit().location == "http://localhost/redakcja"
