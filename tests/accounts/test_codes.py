"""The second factor: setting it up, giving codes, recovery codes."""

import re
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import select

from tests.accounts.conftest import form_with
from wielkopolskaes.accounts import secondfactor
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Login, Person, RecoveryCode
from wielkopolskaes.audit.services import noted
from wielkopolskaes.security.permissions import Role

MASTER = "a secret of the portal, long enough for tests"


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def enrolled(known, db, registry, now):
    """Somebody with a second factor, and the secret in their app."""

    def enrolled(*roles):
        person, secret = known(*roles), secondfactor.new_secret()
        code = pyotp.TOTP(secret).generate_otp(step(now) - 1)
        codes = secondfactor.enrol(db, person, secret, code, registry.portal.secret, now)
        return person, secret, codes

    return enrolled


def step(now):
    return int(now.timestamp()) // 30


def code_of(secret, now=None):
    return pyotp.TOTP(secret).at(now or datetime.now(UTC))


def set_up(page):
    """Do what the person does with the telephone, and send the form."""
    form = form_with("offer", page)
    key = page.html.find("code").text.replace(" ", "")
    form["code"] = code_of(key)
    return key, form.submit(status="*")


def send_code(browser, code, field="code"):
    form = form_with(field, browser.get("/zaloguj/kod"))
    form[field] = code
    return form.submit(status="*")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PUBLISHER])
def test_nothing_opens_before_the_second_factor_that_a_role_asks_for(browser, known, enter, root,
                                                                       role):  # fmt: skip
    zofia = known(role)

    answer = enter(zofia.email, back="/redakcja")

    assert answer.location == "http://localhost/zaloguj/drugi-skladnik?powrot=%2Fredakcja"
    for address in ("/konto", "/redakcja", "/redakcja/osoby", "/konto/potwierdz"):
        assert browser.get(address).location.startswith("http://localhost/zaloguj?")
    assert zofia.name not in browser.get("/").text


def test_setting_it_up_completes_the_login_with_a_new_token(browser, db, known, enter, root):
    zofia = known(Role.ADMINISTRATOR)
    enter(zofia.email)
    before = browser.cookies["sesja"]

    _key, answer = set_up(browser.get("/zaloguj/drugi-skladnik"))

    codes = answer.html.find(class_="recovery-codes").find_all("code")
    assert len({code.text for code in codes}) == 10
    assert browser.cookies["sesja"].split(".")[0] != before.split(".")[0]
    assert browser.get("/redakcja/osoby").status_int == 200
    browser.reset()
    browser.set_cookie("sesja", before)
    assert zofia.name not in browser.get("/").text


def test_the_trail_says_who_set_it_up(browser, db, known, enter, root):
    zofia = known(Role.ADMINISTRATOR)
    enter(zofia.email)

    set_up(browser.get("/zaloguj/drugi-skladnik"))

    who = {e.action: e.actor.id for e in noted(db) if e.action.startswith(("second_", "recovery_"))}
    assert who == {"second_factor.enrolled": zofia.id, "recovery_codes.made": zofia.id}


def test_a_wrong_code_keeps_the_key(browser, known, enter, root):
    enter(known(Role.ADMINISTRATOR).email)
    page = browser.get("/zaloguj/drugi-skladnik")
    form = form_with("offer", page)
    form["code"] = "000000"

    again = form.submit(status=422)

    assert again.html.find("code").text == page.html.find("code").text
    assert set_up(again)[1].status_int == 200


def test_a_key_is_for_the_login_that_it_was_shown_to(registry):
    secret = registry.portal.secret
    sealed = secondfactor.offer(secret, "KEY", 1)

    assert secondfactor.accept_offer(secret, sealed, 1) == "KEY"
    for foreign, login in ((sealed, 2), ("nonsense", 1), ("", 1)):
        with pytest.raises(WrongCode):
            secondfactor.accept_offer(secret, foreign, login)


def test_the_page_has_no_style_of_its_own_and_a_key_to_type(browser, known, enter, root):
    enter(known(Role.ADMINISTRATOR).email)
    page = browser.get("/zaloguj/drugi-skladnik")

    assert page.html.find(class_="qr").find("svg") is not None
    assert page.html.find_all(style=True) == []
    assert re.fullmatch(r"([A-Z2-7]{4} ?){8}", page.html.find("code").text)


def test_the_password_and_a_code_open_the_desk(browser, db, enrolled, enter, root):
    zofia, secret, _codes = enrolled(Role.ADMINISTRATOR)

    assert enter(zofia.email).location == "http://localhost/zaloguj/kod"
    before = browser.cookies["sesja"]
    assert browser.get("/redakcja/osoby").status_int == 303
    assert send_code(browser, code_of(secret)).location == "http://localhost/redakcja"

    assert browser.get("/redakcja/osoby").status_int == 200
    assert browser.cookies["sesja"].split(".")[0] != before.split(".")[0]
    assert len(db.scalars(select(Login).where(Login.person_id == zofia.id)).all()) == 1


def test_whoever_turned_it_on_gives_a_code_whatever_their_role(browser, enrolled, enter, root):
    ewa, _secret, _codes = enrolled(Role.AUTHOR)

    assert enter(ewa.email).location == "http://localhost/zaloguj/kod"


def test_a_code_works_once(browser, enrolled, enter, root):
    zofia, secret, _codes = enrolled(Role.ADMINISTRATOR)
    code = code_of(secret)
    enter(zofia.email)
    send_code(browser, code)
    browser.reset()
    enter(zofia.email)

    assert send_code(browser, code).status_int == 422
    assert browser.get("/redakcja/osoby").status_int == 303


def test_codes_of_the_half_minutes_beside_are_taken_and_no_others(db, enrolled, registry, now):
    zofia, secret, _codes = enrolled(Role.ADMINISTRATOR)
    zofia.totp_step = 0
    db.flush()
    app, master = pyotp.TOTP(secret), registry.portal.secret

    for off in (-2, 2):
        with pytest.raises(WrongCode):
            secondfactor.check(db, zofia, app.generate_otp(step(now) + off), master, now)
    for off in (-1, 0, 1):
        secondfactor.check(db, zofia, app.generate_otp(step(now) + off), master, now)
    with pytest.raises(WrongCode):
        secondfactor.check(db, zofia, app.generate_otp(step(now)), master, now)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "0" * 1000])
def test_what_is_no_code_is_wrong(browser, enrolled, enter, root, code):
    zofia, _secret, _codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)

    assert send_code(browser, code).status_int == 422


@pytest.mark.parametrize("field", ["code", "recovery_code"])
def test_who_knows_the_password_and_no_code_leaves_a_trace(browser, db, enrolled, enter, root,
                                                           field):  # fmt: skip
    zofia, _secret, _codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)

    send_code(browser, "000000", field)

    last = noted(db)[-1]
    assert (last.action, last.subject.id) == ("second_factor.failed", zofia.id)
    assert "000000" not in str(last)


def test_five_wrong_codes_in_five_minutes(browser, enrolled, enter, root):
    zofia, secret, _codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)

    statuses = [send_code(browser, "000000").status_int for _ in range(6)]

    assert statuses == [422] * 5 + [429]
    assert send_code(browser, code_of(secret)).status_int == 429


def test_a_recovery_code_works_once(browser, enrolled, enter, root):
    zofia, _secret, codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)
    code = codes[0].upper().replace("-", " ")

    assert send_code(browser, code, "recovery_code").location == "http://localhost/redakcja"

    browser.reset()
    enter(zofia.email)
    assert send_code(browser, codes[0], "recovery_code").status_int == 422
    assert send_code(browser, codes[1], "recovery_code").status_int == 303


def test_new_recovery_codes_replace_the_old(db, enrolled, now):
    zofia, _secret, old = enrolled(Role.ADMINISTRATOR)
    new = secondfactor.make_recovery_codes(db, zofia)

    with pytest.raises(WrongCode):
        secondfactor.use_recovery_code(db, zofia, old[0], now)
    secondfactor.use_recovery_code(db, zofia, new[0], now)
    assert secondfactor.recovery_codes_left(db, zofia) == 9


def test_a_recovery_code_is_for_its_owner(db, enrolled, now):
    _zofia, _secret, codes = enrolled(Role.ADMINISTRATOR)
    ewa, _other, _codes = enrolled(Role.AUTHOR)

    with pytest.raises(WrongCode):
        secondfactor.use_recovery_code(db, ewa, codes[0], now)


def test_the_database_holds_neither_secret_nor_codes(db, enrolled):
    zofia, secret, codes = enrolled(Role.ADMINISTRATOR)

    kept = "".join(db.scalars(select(RecoveryCode.digest)).all()) + zofia.totp_secret
    assert secret not in kept
    assert codes[0] not in kept


def test_the_secrets_move_to_a_new_secret_of_the_portal(db, enrolled, registry, now):
    zofia, secret, _codes = enrolled(Role.ADMINISTRATOR)

    assert secondfactor.reencrypt(db, registry.portal.secret, MASTER) == 1

    secondfactor.check(db, zofia, pyotp.TOTP(secret).generate_otp(step(now) + 1), MASTER, now)


def test_an_unfinished_login_ends_after_half_an_hour(db, enrolled, enter, root):
    zofia, _secret, _codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)

    login = db.scalars(select(Login)).one()
    assert not login.complete
    assert (login.expires_at - login.created_at).total_seconds() == 1800


def test_the_step_without_a_login_leads_to_its_first(browser, root):
    for address in ("/zaloguj/kod", "/zaloguj/drugi-skladnik"):
        assert browser.get(address).location == "http://localhost/zaloguj"


def test_setting_it_up_is_no_way_around_the_code(browser, db, enrolled, enter, root):
    zofia, _secret, _codes = enrolled(Role.ADMINISTRATOR)
    enter(zofia.email)

    assert browser.get("/zaloguj/drugi-skladnik").location == "http://localhost/zaloguj"
    kept = db.scalar(select(Person.totp_secret).where(Person.id == zofia.id))
    assert kept == zofia.totp_secret
