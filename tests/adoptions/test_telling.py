"""Telling of an adoption: nobody is named against their will, and a second click adds nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.adoptions.conftest import OLA, TOLD, confirm
from tests.alerts.readers import DAY
from tests.conftest import NOW
from wielkopolskaes.adoptions import services
from wielkopolskaes.adoptions.models import Adoption, AdoptionWish, Contact
from wielkopolskaes.results.models import Result
from wielkopolskaes.retention.services import apply
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.states import State

AT_ONCE = 6
BAD = {
    "organisation": " ", "organisation_kind": "x", "area": "9999", "adopted_on": "2999",
    "adapted": "", "effect": "x" * 3001, "name": "", "email": "kanarek",
}  # fmt: skip


def test_the_page_of_a_result_leads_to_its_form(village):
    page = village.get("/baza/r1")
    link = page.html.find("a", href="/wdrozylismy?r=D0104")
    assert "Wdrożyliśmy" in link.get_text()
    assert "System wsparcia" in village.get(link["href"]).text


def test_what_is_told_waits_for_its_address_and_then_for_the_editors(village, tell):
    browser = village.stranger()
    answer = tell(browser, may_name=True)
    before = village.count(Adoption)
    own = confirm(village, browser)

    assert "List z\N{NO-BREAK SPACE}odnośnikiem" in answer.follow().text
    assert before == 0
    assert "Czeka na redakcję" in own.text
    with village.work() as session:
        node = session.scalars(select(Adoption)).one()
        assert (node.state, node.organisation, node.area) == (
            State.IN_REVIEW, "Spółdzielnia Kanarek", "3019",
        )  # fmt: skip
        assert node.title == "System wsparcia – powiat pilski, 2024"
        assert node.adapted == "<p>Zaczęliśmy od klubu.</p>\n<p>&lt;b&gt;Bez&lt;/b&gt; lidera.</p>"
    assert village.count(AdoptionWish) == 0
    village.browser.get(village.adoption().path, status=404)


def test_names_that_may_not_be_published_stand_on_no_page(village, confirmed):
    confirmed(may_name=False)
    village.turn(village.adoption().id, State.APPROVED)
    village.turn(village.adoption().id, State.PUBLISHED)
    Indexer(village.registry).catch_up()

    node = village.adoption()
    for address in (node.path, "/baza/r1", "/baza/wdrozenia", "/szukaj?q=pilski", "/feed.atom"):
        text = village.get(address).text
        for secret in ("Kanarek", "Tajna", OLA):
            assert secret not in text, address
    assert village.get("/szukaj?q=Kanarek").html.select(".hit") == []


def test_a_published_adoption_stands_with_its_result_and_among_the_stories(village, confirmed):
    confirmed(may_name=True)
    for state in (State.APPROVED, State.PUBLISHED):
        village.turn(village.adoption().id, state)
    Indexer(village.registry).catch_up()

    result = village.get("/baza/r1").html
    entry = result.find(id="wdrozenia").find_next("li").get_text().replace("\xa0", " ")
    assert "Spółdzielnia Kanarek, powiat pilski" in entry
    assert "2024" in entry
    for asked in ("rezultat=D0104", "powiat=3019", "od=2024", "organizacja=ngo"):
        found = village.get(f"/baza/wdrozenia?{asked}").html
        assert [plate.contents[0] for plate in found.select(".hit .plate")] == ["2024"]
    assert village.get("/baza/wdrozenia?od=2023").html.select(".hit") == []


@pytest.mark.parametrize("field", BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(village, tell, field):
    answer = tell(**{field: BAD[field]})

    assert answer.status_int == 422
    assert answer.html.select(f".field.bad [name={field}]")
    kept = "organisation" if field != "organisation" else "name"
    assert answer.forms["form"][kept].value == TOLD[kept]
    assert village.letters() == []


def test_a_refusal_says_what_to_do_and_nothing_that_only_machines_say(village, tell):
    answer = tell(name="a" * 200, area="999999")
    errors = answer.html.select(".field.bad .error")
    said = [each.get_text(" ", strip=True).replace("\xa0", " ") for each in errors]
    assert said == [
        "Błąd: Na liście nie ma pozycji „999999”.",
        "Błąd: Skróć ten tekst: może mieć najwyżej 120 znaków.",
    ]


def test_the_same_form_sent_again_makes_one(village, tell):
    browser = village.stranger()
    form = browser.get("/wdrozylismy?r=D0104").forms["form"]
    first, second = tell(browser, form), tell(browser, form)

    assert (first.status_int, second.status_int) == (303, 303)
    assert len(village.letters()) == 1
    confirm(village, browser)
    assert tell(browser, form).status_int == 303
    assert village.count(AdoptionWish) == 0
    assert village.count(Adoption) == 1


def test_a_link_confirms_once(village, tell):
    browser = village.stranger()
    tell(browser)
    link = re.search(r"http://localhost(/wdrozylismy/potwierdz/\S+)", village.letters()[0])[1]
    form = next(f for f in browser.get(link).forms.values() if "potwierdz" in f.action)
    form.submit()

    assert form.submit(status="*").status_int == 410
    assert browser.get(link, status=410).html.h1
    assert village.count(Adoption) == 1


def test_too_many_are_told_to_wait_and_keep_what_they_typed(village, tell):
    answers = [tell(browser=village.stranger()) for _ in range(6)]

    assert [answer.status_int for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].forms["form"]["adapted"].value.startswith("Zaczęliśmy")


def test_a_program_that_fills_in_everything_tells_nothing(village, tell):
    assert tell(strona_www="http://spam.example").status_int == 303
    assert village.letters() == []


@pytest.mark.parametrize("code", ["SZKIC", "D9999", "'"])
def test_there_is_no_form_for_a_result_that_nobody_may_see(village, code):
    page = village.stranger().get(f"/wdrozylismy?r={code}", status=404)
    assert "form" not in page.forms
    assert "Szkic" not in page.text


def test_a_teller_takes_back_what_is_not_published_yet(village, confirmed):
    own = confirmed()
    form = next(form for form in own.forms.values() if "/moje/" in form.action)
    gone = form.submit().follow()

    assert gone.status_int == 200
    assert village.adoption().state is State.TRASHED
    assert village.kept(OLA) == []
    assert form.submit(status="*").status_int == 410


def test_a_teller_takes_back_what_was_to_be_published_later(village, confirmed):
    own = confirmed(may_name=True)
    village.turn(village.adoption().id, State.APPROVED)
    village.turn(village.adoption().id, State.SCHEDULED, publish_at=datetime.now(UTC) + DAY)
    page = village.stranger().get(own.request.path)
    assert "wdrożenie nie zostanie" in page.text.replace("\xa0", " ")
    next(form for form in page.forms.values() if "/moje/" in form.action).submit()

    assert village.adoption().state is State.TRASHED


def test_those_who_confirm_the_same_at_once_all_reach_the_editors(village):
    tokens = [told_by(village, f"osoba{n}@example.org") for n in range(AT_ONCE)]
    content_type = village.registry.content_types["adoption"]

    def confirm_one(token):
        with village.work() as session:
            services.confirm(session, content_type, token, NOW)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(confirm_one, token) for token in tokens]:
            done.result()
    with village.work() as session:
        slugs = set(session.scalars(select(Adoption.slug)))
    first = "d0104-powiat-pilski"
    assert slugs == {first, *(f"{first}-{n}" for n in range(2, AT_ONCE + 1))}


def told_by(village, email):
    """Tell of an adoption; returns what the letter's link holds."""
    told = {**TOLD, "email": email, "may_name": False}
    with village.work() as session:
        result = session.scalars(select(Result).where(Result.code == "D0104")).one()
        services.tell(session, result, told, key=email, lang="pl", now=NOW)
    return re.search(r"/potwierdz/(\S+)", village.letters(email)[-1])[1]


def test_a_teller_takes_the_name_of_a_published_one_back(village, confirmed):
    own = confirmed(may_name=True)
    for state in (State.APPROVED, State.PUBLISHED):
        village.turn(village.adoption().id, state)
    path = village.adoption().path
    before = village.get(path).text
    next(form for form in own.forms.values() if "/moje/" in form.action).submit()

    assert "Kanarek" in before
    assert "Kanarek" not in village.get(path).text
    assert "Kanarek" not in village.get("/baza/r1").text
    assert village.kept(OLA) == []


def test_what_is_kept_of_a_teller_goes_when_its_time_is_over(village, tell, confirmed):
    confirmed()
    tell(email="druga@example.org")
    for _applied in apply(village.registry, now=NOW + 400 * DAY):
        pass

    assert village.count(AdoptionWish) == village.count(Contact) == 0
    assert village.kept(OLA) == village.kept("druga@example.org") == []
    assert village.count(Adoption) == 1
