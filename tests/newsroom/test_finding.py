"""What pickers offer: items that the person may see, by words without their accents, by kind."""

import pytest

from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.newsroom.finding import AT_ONCE
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.states import State

FIND = "/redakcja/tresci/szukaj"


@pytest.fixture
def editor(log_in, person, root):
    return log_in(person(Role.EDITOR))


def found(app, query):
    return app.get(f"{FIND}.json?{query}").json


def test_words_are_found_without_their_accents(editor, page):
    node = page("zolc", title="Żółta łódź", state=State.DRAFT)
    (one,) = found(editor, "q=zolta")
    assert one.pop("note")
    assert one == {"id": node.id, "title": "Żółta łódź", "path": "/zolc", "kind": "page",
                   "state": "draft"}  # fmt: skip


def test_only_the_kinds_asked_for_are_offered(editor, page, make, root):
    page("dzial", title="Dział wspólny")
    make(Contact, root, "kontakt", title="Dział koordynacji", unit="Dział")
    assert [one["path"] for one in found(editor, "q=dzial&kind=contact")] == ["/kontakt"]
    assert len(found(editor, "q=dzial&kind=contact+page")) == 2
    assert len(found(editor, "q=dzial&kind=nic")) == 2


def test_before_a_word_is_typed_the_newest_of_a_kind_are_offered(log_in, person, section, make):
    ours, theirs = section("nasze"), section("cudze")
    for slug in ("stara", "nowa"):
        make(Contact, ours, slug, title=slug, unit="Dział")
    make(Contact, theirs, "tajna", title="tajna", unit="Dział", state=State.DRAFT)
    author = log_in(person((Role.AUTHOR, ours)))

    assert [one["title"] for one in found(author, "q=&kind=contact")] == ["nowa", "stara"]
    assert found(author, "q=") == []


def test_an_author_is_not_offered_what_only_others_may_see(log_in, person, section, make):
    ours, theirs = section("nasze"), section("cudze")
    make(Page, ours, "jawna", title="Sprawa jawna", state=State.DRAFT)
    make(Page, theirs, "tajna", title="Sprawa tajna", state=State.DRAFT)
    author = log_in(person((Role.AUTHOR, ours)))
    assert [one["path"] for one in found(author, "q=sprawa")] == ["/nasze/jawna"]
    answer = author.get(f"{FIND}?q=sprawa")
    assert "Sprawa jawna" in answer.text.replace("\xa0", " ")
    assert "tajna" not in answer.text


def test_there_are_never_more_than_a_list_can_show(editor, page):
    for number in range(AT_ONCE + 2):
        page(f"strona-{number}", title=f"Podobna {number}")
    assert len(found(editor, "q=podobna")) == AT_ONCE


def test_nothing_is_offered_for_nothing(editor, page):
    page("strona")
    assert found(editor, "") == found(editor, "q=+") == found(editor, "q=%25&kind=page") == []


@pytest.mark.parametrize("address", [FIND, f"{FIND}.json"])
def test_strangers_and_readers_find_nothing(browser, log_in, person, root, address):
    assert browser.get(address, {"q": "portal"}).status_int in {303, 403}
    reader = log_in(person((Role.READER, root)))
    assert reader.get(address, {"q": "portal"}, status=403)


def test_answers_are_kept_by_no_cache(editor):
    for address in (FIND, f"{FIND}.json"):
        assert editor.get(address).headers["Cache-Control"] == "no-store"
