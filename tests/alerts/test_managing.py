"""Ending and changing alerts by the links in letters, without a login."""

import re

import pytest
from sqlalchemy import select

from tests.accounts.conftest import form_with
from tests.alerts.readers import ANNA, DAY, HOUR, token_in
from wielkopolskaes.alerts.models import Alert, Frequency, Reader
from wielkopolskaes.alerts.noticing import notice
from wielkopolskaes.alerts.writing import write
from wielkopolskaes.letters.models import Letter

JAN = "jan@example.org"


@pytest.fixture
def written(town):
    """Anna has two alerts, and a letter of the first one has come."""
    town.subscribe("spółdzielnia")
    town.subscribe("fundacja")
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    return town


def unsubscribe_address(message):
    return re.fullmatch(r"<http://localhost(/.+)>", message["List-Unsubscribe"])[1]


def one_click(town, address):
    """Post as a mail program does: no cookie, no token, no page before."""
    body = "List-Unsubscribe=One-Click"
    return town.stranger().post(address, body, status="*")


def searches(town, email=ANNA):
    with town.work() as session:
        query = select(Alert.asked).join(Reader).where(Reader.email == email)
        return sorted(session.scalars(query))


def own_page(town, browser=None):
    link = f"/powiadomienia/moje/{token_in(town.news()[-1], 'moje')}"
    return (browser or town.stranger()).get(link)


def test_a_mail_program_ends_the_alert_with_one_click(written):
    answer = one_click(written, unsubscribe_address(written.registry.mailer.sent[-1]))

    assert answer.status_int == 200
    assert "Set-Cookie" not in answer.headers
    assert searches(written) == ["q=fundacja"]


def test_a_second_click_says_the_same(written):
    address = unsubscribe_address(written.registry.mailer.sent[-1])

    first, second = one_click(written, address), one_click(written, address)

    assert (first.status_int, first.text) == (second.status_int, second.text)
    assert written.stranger().get(address).status_int == 200


def test_a_click_from_another_site_still_ends_it(written):
    address = unsubscribe_address(written.registry.mailer.sent[-1])
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}

    written.stranger().post(address, "List-Unsubscribe=One-Click", headers=headers, status=200)

    assert searches(written) == ["q=fundacja"]


def test_looking_at_the_page_ends_nothing_and_its_button_does(written):
    address = unsubscribe_address(written.registry.mailer.sent[-1])
    page = written.stranger().get(address)
    before = searches(written)

    next(f for f in page.forms.values() if "koniec" in f.action).submit(status=200)

    assert before == ["q=fundacja", "q=sp%C3%B3%C5%82dzielnia"]
    assert searches(written) == ["q=fundacja"]


@pytest.mark.parametrize("spoil", [lambda t: t[:-1] + "x", lambda t: "0" * 32 + t[32:],
                                   lambda t: t[:32], lambda t: "t" * 43])  # fmt: skip
def test_no_other_link_ends_or_shows_anything(written, spoil):
    end = token_in(written.news()[-1], "koniec")
    own = token_in(written.news()[-1], "moje")

    assert one_click(written, f"/powiadomienia/koniec/{spoil(end)}").status_int == 404
    for part, token in (("moje", own), ("koniec", end), ("moje", end[:32] + own[32:])):
        path = f"/powiadomienia/{part}/{spoil(token)}"
        assert written.stranger().get(path, status="*").status_int == 410
    assert len(searches(written)) == 2


def test_the_link_that_ends_does_not_open_the_others(written):
    end = token_in(written.news()[-1], "koniec")

    assert written.stranger().get(f"/powiadomienia/moje/{end}", status="*").status_int == 410


def test_the_page_shows_all_alerts_of_the_address_and_of_no_other(written):
    written.subscribe("tajne", email=JAN)
    page = own_page(written)

    assert [h.get_text(strip=True) for h in page.html.select("main h2")] == [
        "spółdzielnia", "fundacja",
    ]  # fmt: skip
    assert page.headers["Cache-Control"] == "no-store"
    assert "tajne" not in page.text


def test_the_frequency_is_changed_and_goes_for_what_waits(written):
    written.write("Spółdzielnia w Kole")
    written.pass_time()
    page = own_page(written)
    form = form_with("frequency", page)
    form["frequency"] = "weekly"

    shown = form.submit(status=303).follow()
    written.pass_time(2 * HOUR)
    sooner = len(written.news())
    written.pass_time(7 * DAY)

    assert shown.html.select_one("select option[selected]")["value"] == "weekly"
    assert sooner == 1
    assert written.told() == [["Spółdzielnia w Pile"], ["Spółdzielnia w Kole"]]


def test_sooner_means_sooner(town):
    town.subscribe(frequency=Frequency.WEEKLY)
    town.subscribe("Piła", frequency=Frequency.AT_ONCE)
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    form = form_with("frequency", own_page(town))
    form["frequency"] = "at_once"
    form.submit(status=303)

    town.pass_time(HOUR)

    assert len(town.told()) == 2


def test_one_alert_is_ended_on_the_page(written):
    form = next(f for f in own_page(written).forms.values() if f.action.endswith("/koniec"))

    form.submit(status=303)

    assert searches(written) == ["q=fundacja"]


def test_after_the_last_one_nothing_is_kept(written):
    page = own_page(written)
    form = next(f for f in page.forms.values() if "all" in f.fields)

    answer = form.submit(status=200)

    assert "Powiadomienia są zakończone" in answer.text
    assert written.kept() == []


def test_a_form_names_only_ones_own_alerts(written):
    written.subscribe("tajne", email=JAN)
    with written.work() as session:
        foreign = session.scalars(select(Alert.key).join(Reader).where(Reader.email == JAN)).one()
    page = own_page(written)
    for form in page.forms.values():
        if "alert" in form.fields:
            form["alert"].force_value(foreign)
            form.submit(status="*")

    assert searches(written, JAN) == ["q=tajne"]
    with written.work() as session:
        assert (
            session.scalars(select(Alert.frequency).where(Alert.key == foreign)).one() == "at_once"
        )


def test_a_letter_that_waits_is_not_sent_after_the_end(town):
    key = town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.now += HOUR
    town.index()
    town.run(notice)
    town.run(write, alert_key=key)
    with town.work() as session:
        text = session.scalars(select(Letter.text).where(Letter.key.startswith("alert:"))).one()
    one_click(town, f"/powiadomienia/koniec/{token_in(text, 'koniec')}")

    town.drain()

    assert town.news() == []
    assert town.kept() == []


def test_no_log_holds_a_link_of_a_letter(written, caplog):
    caplog.set_level("INFO", logger="wielkopolskaes.access")
    letter = written.news()[-1]
    for part in ("moje", "koniec"):
        written.stranger().get(f"/powiadomienia/{part}/{token_in(letter, part)}")

    paths = [record.path for record in caplog.records if record.name == "wielkopolskaes.access"]
    assert paths == ["/powiadomienia/moje/…", "/powiadomienia/koniec/…"]
