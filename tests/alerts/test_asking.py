"""Asking for an alert: nobody is signed up by somebody else, and nobody learns who is."""

import re

import pytest
from sqlalchemy import select, update

from tests.accounts.conftest import form_with
from tests.alerts.readers import ANNA, DAY, HOUR, token_in
from wielkopolskaes.alerts.models import Alert, Reader, Wish
from wielkopolskaes.alerts.services import WISH_LIFE
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.security import limits

ASKED = "q=sp%C3%B3%C5%82dzielnia&typ=article"


@pytest.fixture
def ask(town):
    """Fill in the form and send it; returns the answer."""

    def ask(email=ANNA, asked=ASKED, browser=None, **fields):
        browser = browser or town.stranger()
        form = form_with("email", browser.get(f"/powiadomienia?{asked}"))
        form["email"] = email
        for name, value in fields.items():
            form[name].force_value(value)
        return form.submit(status="*")

    return ask


@pytest.fixture
def letters(town):
    def letters(email=ANNA):
        with town.work() as session:
            query = select(Letter).where(Letter.to == email).order_by(Letter.id)
            return session.scalars(query).all()

    return letters


def count(town, model):
    with town.work() as session:
        return len(session.scalars(select(model)).all())


def test_below_the_results_is_the_way_to_the_form(town):
    town.index()
    page = town.stranger().get(f"/szukaj?{ASKED}")

    link = page.html.find("a", string="Powiadom mnie o\N{NO-BREAK SPACE}nowych wynikach")
    assert link["href"] == f"/powiadomienia?{ASKED}"


def test_an_alert_begins_with_the_confirmation_and_no_sooner(town, ask, letters):
    answer = ask(frequency="weekly", lang="en")
    link = f"/powiadomienia/potwierdz/{token_in(letters()[0].text)}"
    browser = town.stranger()
    looked_at = browser.get(link)
    before = count(town, Alert)

    own = form_with("csrf_token", looked_at).submit().follow()

    assert answer.status_int == 303
    assert "List z\N{NO-BREAK SPACE}odnośnikiem" in answer.follow().text
    assert "spółdzielnia" in looked_at.text
    assert before == 0
    assert ANNA in own.text
    with town.work() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.asked, alert.lang, alert.frequency) == (ASKED, "en", "weekly")
        assert alert.reader.email == ANNA
    assert count(town, Wish) == 0
    assert letters() == []


def test_a_link_confirms_once(town, ask, letters):
    ask()
    link = f"/powiadomienia/potwierdz/{token_in(letters()[0].text)}"
    form = form_with("csrf_token", town.stranger().get(link))
    form.submit(status=303)

    assert form.submit(status="*").status_int == 410
    assert town.stranger().get(link, status="*").status_int == 410
    assert count(town, Alert) == 1


def test_a_link_confirms_for_two_days(town, ask, letters):
    ask()
    link = f"/powiadomienia/potwierdz/{token_in(letters()[0].text)}"
    with town.work() as session:
        long_ago = session.scalars(select(Wish.created_at)).one() - WISH_LIFE
        session.execute(update(Wish).values(created_at=long_ago))

    assert town.stranger().get(link, status="*").status_int == 410


def test_of_two_links_for_the_same_search_the_newer_one_works(town, ask, letters):
    ask()
    ask(frequency="weekly")
    old, new = (f"/powiadomienia/potwierdz/{token_in(letter.text)}" for letter in letters())

    assert town.stranger().get(old, status="*").status_int == 410
    assert town.stranger().get(new).status_int == 200


def test_the_database_holds_no_token(town, ask, letters):
    ask()
    token = token_in(letters()[0].text)
    with town.work() as session:
        assert token not in [wish.digest for wish in session.scalars(select(Wish))]


def test_the_answer_and_the_letter_are_the_same_for_an_address_that_has_alerts(town, ask, letters):
    town.subscribe(email="jan@example.org")
    known, unknown = ask("jan@example.org"), ask(ANNA)

    def said(answer):
        return answer.status_int, answer.headers["Location"], answer.text

    def plain(letter):
        return letter.subject, re.sub(r"potwierdz/[\w-]+", "", letter.text)

    assert said(known) == said(unknown)
    assert plain(letters("jan@example.org")[-1]) == plain(letters()[-1])


def test_a_search_that_is_confirmed_anew_stays_one_alert(town, ask, letters):
    for frequency in ("daily", "weekly"):
        ask(frequency=frequency)
        link = f"/powiadomienia/potwierdz/{token_in(letters()[-1].text)}"
        form_with("csrf_token", town.stranger().get(link)).submit(status=303)

    with town.work() as session:
        assert [alert.frequency for alert in session.scalars(select(Alert))] == ["weekly"]
    assert count(town, Reader) == 1


def test_the_first_letter_carries_no_words_of_whoever_asked(ask, letters):
    ask(asked="q=KUP+TERAZ+http%3A%2F%2Fevil.example%2F")

    said = letters()[0].subject + letters()[0].text + letters()[0].html
    assert "evil" not in said
    assert "KUP" not in said


def test_an_address_gets_only_so_many_letters_however_often_somebody_asks(town, ask, letters):
    most = limits.ALERT_ADDRESS.rates[0].most
    answers = [ask(asked=f"q=wyraz{number}") for number in range(most + 2)]

    assert [answer.status_int for answer in answers] == [303] * most + [429] * 2
    assert len(letters()) == most
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert 'value="anna@example.org"' in answers[-1].text


def test_a_place_asks_only_so_often_whatever_the_addresses(ask):
    most = limits.ALERT_NETWORK.rates[0].most
    answers = [ask(f"osoba{number}@example.org") for number in range(most + 1)]

    assert [answer.status_int for answer in answers] == [303] * most + [429]


def test_what_fills_in_the_hidden_field_hears_the_same_and_nothing_is_sent(town, ask, letters):
    answer = ask(strona_www="http://spam.example")

    assert answer.status_int == 303
    assert letters() == []
    assert count(town, Wish) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "anna"), ("email", ""), ("email", "a@b@c"), ("email", f"{'x' * 300}@example.org"),
     ("frequency", "hourly"), ("lang", "de")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(ask, letters, field, value):
    answer = ask(**{"email": ANNA, field: value})

    assert answer.status_int == 422
    assert answer.html.select_one(".error-summary a")["href"] == f"#{field}"
    if field != "email":
        assert f'value="{ANNA}"' in answer.text
    assert letters() == []


MUCH = "&".join("dzial=" + "(" * 70 + str(number) for number in range(10, 30))


@pytest.mark.parametrize("asked", ["", "q=", "q=*", "typ=article", f"q=a&{MUCH}"])
def test_a_search_that_asks_for_nothing_cannot_be_followed(town, asked):
    page = town.stranger().get(f"/powiadomienia?{asked}")

    assert page.status_int == 200
    assert page.html.select_one("input[name=email]") is None
    assert "Set-Cookie" not in page.headers


def test_one_address_has_an_end(town, ask, letters, monkeypatch):
    monkeypatch.setattr("wielkopolskaes.alerts.services.MOST", 1)
    town.subscribe("pierwsze")
    ask()
    link = f"/powiadomienia/potwierdz/{token_in(letters()[-1].text)}"

    answer = form_with("csrf_token", town.stranger().get(link)).submit(status="*")

    assert answer.status_int == 422
    assert count(town, Alert) == 1


def test_time_limits_are_what_the_page_says():
    assert WISH_LIFE == 2 * DAY == 48 * HOUR
