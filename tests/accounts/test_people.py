"""Roles, accounts and the pages that change them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.conftest import PASSWORD, form_with
from tests.accounts.letters import letters_to
from wielkopolskaes.accounts import roles, services
from wielkopolskaes.accounts.errors import LastAdministrator, NobodyTakesOver, NotGrantable
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.audit.services import NOTED
from wielkopolskaes.retention.people import erase
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

LONG_AGO = timedelta(minutes=11)


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def zofia(known, root):
    return known(Role.ADMINISTRATOR, name="Zofia Zarząd")


@pytest.fixture
def boss(log_in, zofia):
    return log_in(zofia)


def logins_of(db, person):
    return db.scalar(select(func.count()).where(Login.person_id == person.id))


def noted(db):
    return [e.action for e in db.info.get(NOTED, ()) if not e.action.startswith("item.")]


def send(app, address, page, **fields):
    token = form_with("csrf_token", app.get(page))["csrf_token"].value
    return app.post(address, {"csrf_token": token, **fields}, status="*")


def test_a_role_is_given_and_the_logins_end(boss, db, known, log_in, section):
    ewa, news = known(Role.AUTHOR), section("aktualnosci")
    log_in(ewa)
    here = f"/redakcja/osoby/{ewa.id}"

    answer = send(boss, f"{here}/rola", here, role="role:editor", section=str(news.id))

    assert answer.location == f"http://localhost{here}?zrobiono=rola"
    assert (Role.EDITOR, news.id) in [(g.role, g.node_id) for g in ewa.grants]
    assert logins_of(db, ewa) == 0
    assert "role.granted" in noted(db)


def test_a_role_is_taken_away_and_the_logins_end(boss, db, known, log_in):
    ewa = known(Role.AUTHOR, Role.EDITOR)
    stolen = log_in(ewa)
    here, grant = f"/redakcja/osoby/{ewa.id}", next(g for g in ewa.grants if g.role is Role.EDITOR)

    send(boss, f"{here}/rola/odbierz", here, grant=str(grant.id))

    assert [g.role for g in ewa.grants] == [Role.AUTHOR]
    assert ewa.name not in stolen.get("/").text
    assert "role.revoked" in noted(db)


def test_who_changes_their_own_roles_goes_on_with_a_new_token(boss, db, zofia):
    before, here = boss.cookies["sesja"], f"/redakcja/osoby/{zofia.id}"

    send(boss, f"{here}/rola", here, role="role:editor")

    assert boss.cookies["sesja"].split(".")[0] != before.split(".")[0]
    assert boss.get(here).status_int == 200
    boss.set_cookie("sesja", before)
    assert zofia.name not in boss.get("/").text


def test_somebody_elses_grant_is_not_found(boss, db, known, zofia):
    ewa = known(Role.AUTHOR)
    here = f"/redakcja/osoby/{ewa.id}"

    answer = send(boss, f"{here}/rola/odbierz", here, grant=str(zofia.grants[0].id))

    assert answer.status_int == 404
    assert [g.role for g in zofia.grants] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", ["role:owner", "role:everything", "", "system.Everyone"])
def test_what_is_no_role_is_not_given(boss, db, known, role):
    ewa = known()
    here = f"/redakcja/osoby/{ewa.id}"

    answer = send(boss, f"{here}/rola", here, role=role)

    assert answer.location == f"http://localhost{here}?odmowa=rola-nie"
    assert ewa.grants == []


def test_a_role_is_given_once_and_in_sections_only(db, known, now, page, section):
    ewa, news = known((Role.EDITOR, section("a"))), page("strona")
    again = db.scalars(select(RoleGrant)).one()

    for node in (news, db.get(Node, again.node_id)):
        with pytest.raises(NotGrantable):
            roles.grant(db, ewa, Role.EDITOR, node, now)


def test_the_last_administrator_stays(boss, db, zofia, known):
    known(Role.ADMINISTRATOR, closed_at=datetime.now(UTC))
    here = f"/redakcja/osoby/{zofia.id}"

    answer = send(boss, f"{here}/rola/odbierz", here, grant=str(zofia.grants[0].id))

    assert answer.location.endswith("?odmowa=administrator")
    assert [g.role for g in zofia.grants] == [Role.ADMINISTRATOR]
    known(Role.ADMINISTRATOR)
    assert send(boss, f"{here}/rola/odbierz", here, grant=str(zofia.grants[0].id)).status_int == 303
    assert zofia.grants == []


CHANGES = ("rola", "rola/odbierz", "adres", "zaproszenie", "drugi-skladnik", "zamkniecie")


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_asks_for_the_password_when_the_login_is_older(log_in, db, zofia, known, what):
    app = log_in(zofia, begun=datetime.now(UTC) - LONG_AGO)
    ewa = known(Role.AUTHOR)
    here = f"/redakcja/osoby/{ewa.id}"

    answer = send(app, f"{here}/{what}", here, role="role:editor", email="nowy@example.org")

    assert answer.location.startswith("http://localhost/konto/potwierdz?powrot=")
    assert [g.role for g in ewa.grants] == [Role.AUTHOR]
    assert noted(db) == []


def test_confirming_leads_back(log_in, db, zofia, known):
    app, ewa = log_in(zofia, begun=datetime.now(UTC) - LONG_AGO), known(Role.AUTHOR)
    here = f"/redakcja/osoby/{ewa.id}/zamkniecie"
    form = form_with("password", app.get(here).follow())

    form["password"] = "nie to hasło wcale"
    assert form.submit(status=422)
    assert noted(db)[-1] == "confirmation.failed"
    form["password"] = PASSWORD
    assert form.submit().location == f"http://localhost{here}"
    assert app.get(here).status_int == 200


def test_ten_wrong_passwords_are_enough(log_in, zofia):
    app = log_in(zofia)
    form = form_with("password", app.get("/konto/potwierdz"))
    form["password"] = "nie to hasło wcale"

    statuses = [form.submit(status="*").status_int for _ in range(11)]

    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.EDITOR, Role.AUTHOR, Role.READER])
def test_people_are_for_administrators(log_in, known, root, role):
    ewa = known(role)
    app = log_in(ewa)

    for address in ("", "/nowa", f"/{ewa.id}", f"/{ewa.id}/dostep"):
        assert app.get(f"/redakcja/osoby{address}", status=403)


def test_an_administrator_of_a_section_administers_no_people(log_in, known, section):
    app = log_in(known((Role.ADMINISTRATOR, section("aktualnosci"))))

    assert app.get("/redakcja/osoby", status=403)


def test_strangers_are_told_the_same_of_every_number(browser, zofia):
    def seen(number):
        answer = browser.get(f"/redakcja/osoby/{number}")
        return answer.status, answer.location.replace(str(number), "")

    assert seen(zofia.id) == seen(999_999_999)


def test_closing_hands_the_items_over(boss, db, known, log_in, page):
    ewa, jan = known(Role.AUTHOR), known(Role.EDITOR)
    item = page("strona")
    item.owner_id = ewa.id
    db.flush()
    changed, version = item.updated_at, item.version
    stolen, here = log_in(ewa), f"/redakcja/osoby/{ewa.id}/zamkniecie"

    assert send(boss, here, here).status_int == 422
    answer = send(boss, here, here, heir=str(jan.id), reason="odeszła")

    assert answer.status_int == 303
    db.refresh(item)
    assert (item.owner_id, item.updated_at, item.version) == (jan.id, changed, version)
    assert ewa.closed_at is not None
    assert (ewa.grants, ewa.password_hash) == ([], "")
    assert ewa.name not in stolen.get("/").text
    assert "person.closed" in noted(db)


def test_only_who_works_here_takes_items_over(db, known, now, page):
    ewa, reader = known(Role.AUTHOR), known(Role.READER)
    closed = known(Role.EDITOR, closed_at=now)
    page("strona").owner_id = ewa.id
    db.flush()

    for heir in (None, ewa, reader, closed):
        with pytest.raises(NobodyTakesOver):
            services.close(db, ewa, heir=heir, now=now)
    assert ewa.closed_at is None


def test_the_last_administrator_is_not_closed_and_nobody_closes_themselves(boss, db, zofia, known,
                                                                          now):  # fmt: skip
    with pytest.raises(LastAdministrator):
        services.close(db, zofia, heir=None, now=now)
    known(Role.ADMINISTRATOR)
    here = f"/redakcja/osoby/{zofia.id}/zamkniecie"

    assert send(boss, here, here).status_int == 422
    assert zofia.closed_at is None


def test_a_closed_account_is_opened_again_without_roles(boss, db, known, now):
    ewa = known(Role.AUTHOR)
    services.close(db, ewa, heir=None, now=now)
    here = f"/redakcja/osoby/{ewa.id}"

    send(boss, f"{here}/zaproszenie", here)

    assert ewa.closed_at is None
    assert ewa.grants == []
    assert len(letters_to(db, ewa.email)) == 1


def test_an_erased_person_stays_erased(boss, db, known, now):
    ewa = known(Role.AUTHOR)
    services.close(db, ewa, heir=None, now=now)
    erase(db, ewa, now=now)
    here = f"/redakcja/osoby/{ewa.id}"

    assert f"{here}/zaproszenie" not in boss.get(here).text
    assert send(boss, f"{here}/zaproszenie", here).status_int == 404
    assert send(boss, f"{here}/adres", here, email="ewa@example.org").status_int == 404
    assert ewa.closed_at is not None
    assert letters_to(db, ewa.email) == []


def test_whoever_was_never_here_or_is_no_more_gets_no_new_address(boss, db, known, now):
    closed, first = known(Role.AUTHOR), known(Role.ADMINISTRATOR)
    services.close(db, closed, heir=None, now=now)
    first.email, kept = "", closed.email

    for person in (closed, first):
        here = f"/redakcja/osoby/{person.id}"
        assert send(boss, f"{here}/adres", here, email="nowy@example.org").status_int == 404
    assert (closed.email, first.email) == (kept, "")


def test_an_address_that_no_letter_reaches_is_refused_on_the_page(boss):
    form = form_with("email", boss.get("/redakcja/osoby/nowa"))
    form["name"], form["email"] = "Łucja Nowak", "łucja@example.org"

    assert "łucja@example.org" in form.submit(status=422).text


def test_a_new_address_is_told_to_both(boss, db, known, log_in):
    ewa = known(Role.AUTHOR, email="stary@example.org")
    stolen, here = log_in(ewa), f"/redakcja/osoby/{ewa.id}"

    assert send(boss, f"{here}/adres", here, email="nie adres").status_int == 422
    send(boss, f"{here}/adres", here, email="Nowy@example.org")

    assert ewa.email == "nowy@example.org"
    assert [len(letters_to(db, f"{name}@example.org")) for name in ("stary", "nowy")] == [1, 1]
    assert ewa.name not in stolen.get("/").text


def test_inviting_by_the_page(boss, db, section):
    news = section("aktualnosci")
    form = form_with("email", boss.get("/redakcja/osoby/nowa"))
    form["name"], form["email"], form["section"] = "Jan Nowak", "jan@example.org", str(news.id)

    answer = form.submit()

    jan = db.scalars(select(Person).where(Person.email == "jan@example.org")).one()
    assert answer.location == f"http://localhost/redakcja/osoby/{jan.id}?zrobiono=zaproszenie"
    assert [(g.role, g.node_id) for g in jan.grants] == [(Role.AUTHOR, news.id)]
    assert form.submit(status=422)


def test_people_are_found_by_parts_of_their_names(boss, known):
    known(Role.AUTHOR, name="Łucja Żółć")

    for words in ("łucja", "lucja zolc", "ŻÓŁ"):
        assert "Łucja Żółć" in boss.get("/redakcja/osoby", {"q": words}).text
    assert "Łucja Żółć" not in boss.get("/redakcja/osoby", {"q": "nikogo takiego"}).text


def test_what_somebody_can_do_is_answered_from_the_rules(boss, known, section, page):
    news = section("aktualnosci")
    inside, outside = page("w-srodku", news), page("obok")
    ewa = known((Role.EDITOR, news))

    def may_change(item):
        answer = boss.get(f"/redakcja/osoby/{ewa.id}/dostep", {"adres": item.path})
        facts = answer.html.find(id="answer").find_all("div")
        said = {row.find("dt").text: row.find("dd").text.strip() for row in facts}
        return said.get("zmieniać", said.get("change"))

    assert may_change(inside) in {"yes", "tak"}
    assert may_change(outside) in {"no", "nie"}
    assert boss.get(f"/redakcja/osoby/{ewa.id}/dostep?adres=/nie-ma").status_int == 200


def test_the_last_login_can_be_ended_from_afar(log_in, db, known, root):
    ewa = known(Role.EDITOR)
    here, there = log_in(ewa), log_in(ewa)
    other = db.scalars(select(Login).order_by(Login.id.desc())).first()

    send(here, "/konto/logowania", "/konto", login=str(other.id))

    assert ewa.name not in there.get("/").text
    assert ewa.name in here.get("/").text


def test_nobody_ends_the_login_of_another(log_in, db, known, root):
    ewa, jan = known(Role.EDITOR), known(Role.EDITOR, name="Jan Nowak")
    theirs, mine = log_in(jan), log_in(ewa)
    login = db.scalars(select(Login).where(Login.person_id == jan.id)).one()

    for asked in (str(login.id), "x", "9" * 30, "-1"):
        assert send(mine, "/konto/logowania", "/konto", login=asked).status_int == 303
    assert jan.name in theirs.get("/").text


def test_a_changed_password_ends_the_other_logins(log_in, db, known, enter, root):
    ewa = known(Role.EDITOR)
    here, there = log_in(ewa), log_in(ewa)
    before = here.cookies["sesja"]
    form = form_with("old_password", here.get("/konto/haslo"))
    form["old_password"], form["password"] = PASSWORD, "trzy-kaczki-w-kapeluszach"

    assert form.submit().location == "http://localhost/konto?zrobiono=haslo"

    assert ewa.name in here.get("/").text
    assert ewa.name not in there.get("/").text
    here.set_cookie("sesja", before)
    assert ewa.name not in here.get("/").text
    assert enter(ewa.email, "trzy-kaczki-w-kapeluszach").status_int == 303
    assert len(letters_to(db, ewa.email)) == 1


def test_the_password_is_not_changed_without_the_old_one(log_in, known, root):
    ewa = known(Role.EDITOR)
    kept, app = ewa.password_hash, log_in(ewa)
    form = form_with("old_password", app.get("/konto/haslo"))
    form["old_password"], form["password"] = "nie to wcale", "trzy-kaczki-w-kapeluszach"

    assert form.submit(status=422)
    assert ewa.password_hash == kept


def test_ones_own_name_and_language(log_in, known, root):
    ewa = known(Role.EDITOR)
    app = log_in(ewa)

    assert send(app, "/konto", "/konto", name="", lang="pl").status_int == 422
    assert send(app, "/konto", "/konto", name="Ewa", lang="xx").status_int == 422
    assert (
        send(app, "/konto", "/konto", name="Ewa Nowa", lang="en", email="x@y.pl").status_int == 303
    )
    assert (ewa.name, ewa.lang) == ("Ewa Nowa", "en")
    assert 'lang="en"' in app.get("/konto").text
