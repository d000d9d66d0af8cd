"""Editors decide about adoptions, and whoever told of one hears of it in their language."""

from datetime import timedelta

from sqlalchemy import select

from tests.accounts.conftest import form_with
from tests.adoptions.conftest import OLA
from wielkopolskaes.adoptions import queries
from wielkopolskaes.adoptions.models import Contact
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import restore, trash
from wielkopolskaes.tree.states import State

# After so long the job that answers has run.
ONE_TURN = timedelta(minutes=11)


def refusal_of(village, editor):
    return editor.get(f"/redakcja/tresci/{village.adoption().id}/odmow")


def reason_form(page):
    return next(form for form in page.forms.values() if "reason" in form.fields)


def test_the_desk_counts_and_lists_what_waits(village, confirmed, editor):
    before = editor.get("/redakcja").text
    confirmed()

    assert "zgłoszone wdrożenie" not in before
    assert "1 zgłoszone wdrożenie czeka" in editor.get("/redakcja").text.replace("\xa0", " ")
    page = editor.get("/redakcja/wdrozenia")
    assert OLA in page.text
    assert "Spółdzielnia Kanarek" in page.text


def test_whoever_waits_longest_can_be_asked_and_refused_however_many_came_later(
    village, confirmed, editor, monkeypatch
):
    monkeypatch.setattr(queries, "SHOWN", 1)
    confirmed()
    confirmed(email="druga@example.org")

    waiting = editor.get("/redakcja/wdrozenia").html.find(id="czekaja").find_parent("section")
    assert OLA in waiting.get_text()
    assert waiting.select('a[href$="/odmow"]')


def test_an_author_sees_no_contacts(village, confirmed):
    confirmed()
    author = village.log_in(village.person(Role.AUTHOR))

    page = author.get("/redakcja/wdrozenia")
    assert OLA not in page.text
    assert "Kanarek" not in page.text


def test_a_refusal_is_told_with_its_reason_in_the_language_of_the_teller(
    village, confirmed, editor
):
    confirmed(lang="en")
    form = reason_form(refusal_of(village, editor))
    form["reason"] = "Brakuje opisu & efektów."
    done = form.submit().follow()
    again = form.submit(status="*")

    assert OLA not in done.html.select_one("#czekaja").find_parent("section").get_text()
    assert again.status_int in (303, 403)
    assert village.adoption().state is State.TRASHED
    last = village.letters()[-1]
    assert "We cannot publish it." in last
    assert "Brakuje opisu & efektów." in last
    assert len([text for text in village.letters() if "cannot publish" in text]) == 1


def test_a_refusal_needs_a_reason(village, confirmed, editor):
    confirmed()
    for reason in ("  ", "x" * 1001):
        form = reason_form(refusal_of(village, editor))
        form["reason"] = reason
        answer = form.submit(status=422)
        assert answer.html.select_one("#reason").get_text().strip() == reason.strip()
    assert village.adoption().state is State.IN_REVIEW


def test_who_told_hears_once_that_it_is_public(village, confirmed):
    confirmed()
    for state in (State.APPROVED, State.PUBLISHED):
        village.turn(village.adoption().id, state)
    for _ in range(2):
        village.pass_time()

    told = [text for text in village.letters() if village.adoption().path in text]
    assert len(told) == 1
    assert "/wdrozylismy/moje/" in told[0]


def test_what_is_thrown_away_without_a_word_is_not_written_about(village, confirmed, editor):
    confirmed()
    letters = len(village.letters())
    page = editor.get(f"/redakcja/tresci/{village.adoption().id}/usun")
    next(form for form in page.forms.values() if form.action.endswith("/usun")).submit()
    village.pass_time()

    assert len(village.letters()) == letters
    with village.work() as session:
        assert session.scalars(select(Contact)).one().decided_at


def test_who_told_hears_of_what_was_brought_back_from_the_trash_and_published(village, confirmed):
    confirmed()
    for step in (trash, restore):
        with village.work() as session:
            step(session, session.get(Node, village.adoption().id), now=village.now)
        village.pass_time(ONE_TURN)
    assert village.letters() == []
    for state in (State.APPROVED, State.PUBLISHED):
        village.turn(village.adoption().id, state)
    for _ in range(2):
        village.pass_time(ONE_TURN)

    assert [village.adoption().path in text for text in village.letters()] == [True]


def test_an_editor_forgets_who_told_when_asked(village, confirmed, editor):
    confirmed()
    for state in (State.APPROVED, State.PUBLISHED):
        village.turn(village.adoption().id, state)
    village.pass_time()
    page = editor.get("/redakcja/wdrozenia")
    next(f for f in page.forms.values() if f.action.endswith("zapomnij-kontakt")).submit()

    assert village.kept(OLA) == []
    assert village.get(village.adoption().path).status_int == 200


def test_somebody_who_asks_about_their_data_is_told_of_adoptions_and_can_have_them_erased(
    village, confirmed, tell
):
    confirmed()
    tell()
    boss = village.log_in(village.person(Role.ADMINISTRATOR))
    form = form_with("email", boss.get("/redakcja/praca/powiadomienia"))
    form["email"] = OLA
    found = form.submit()

    listed = found.html.find(id="znalezione").find_next("ul").get_text()
    assert "System wsparcia" in listed
    assert "jeszcze nie" in listed
    next(form for form in found.forms.values() if form.action.endswith("/usun")).submit()
    assert village.kept(OLA) == []
    assert village.adoption().state is State.IN_REVIEW
