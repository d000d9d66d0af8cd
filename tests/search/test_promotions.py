"""Items that editors promote: met by lemma, shown to whom they may be shown, kept in order."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from tests.conftest import LONG_AGO, NOW
from tests.databases import KINDS
from tests.search.searching import NEWS, searching
from tests.site.world import at
from wielkopolskaes.accounts.models import RoleGrant
from wielkopolskaes.audit.models import Event
from wielkopolskaes.cache.changes import touch
from wielkopolskaes.clock import day_of
from wielkopolskaes.newsroom.references import used_on
from wielkopolskaes.search.models import Promotion
from wielkopolskaes.search.promotions import TAG
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state, trash
from wielkopolskaes.tree.states import State

HOME = "/redakcja/wyszukiwarka"
TODAY = day_of(NOW)


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searching(request.param, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture
def editor(portal):
    """The browser of an editor of everything; what they promote is gone after the test."""
    yield portal.log_in(portal.person(Role.EDITOR))
    with portal.work() as session:
        session.execute(delete(Promotion))
        touch(session, TAG)


@pytest.fixture
def promoted(portal, editor):
    """Promote an item as the form does."""

    def promoted(phrases, path="/o-nas/szkolenia", **fields):
        form = editor.get(f"{HOME}/polecane/nowe").forms["form"]
        form["phrases"], form["item"] = phrases, path
        for name, value in fields.items():
            form[name] = value
        return form.submit(expect_errors=True)

    return promoted


@pytest.fixture
def shown(portal):
    def shown(query, app=None, **more):
        page = (app or portal.stranger()).get("/szukaj", {"q": query, **more}).html
        return [link.get_text().replace("\xa0", " ") for link in page.select(".promoted h3 a")]

    return shown


def buttons(editor, ending):
    """The forms of the list that post to such an address, from the top."""
    forms = dict.fromkeys(editor.get(HOME).forms.values())
    return [form for form in forms if form.action.endswith(ending)]


@pytest.mark.parametrize(
    ("query", "is_met"),
    [
        ("nabór wniosków", True),
        ("wniosek z naboru", True),
        ("NABORY wnioskow 2026", True),
        ("nabór", False),
        ("nabór -wniosek", False),
        ("kurs", True),
        ("szkoleniami", True),
        ("gala", False),
        ("typ:article", False),
    ],
)  # fmt: skip
def test_all_words_of_a_phrase_are_met_in_any_form_and_order(promoted, shown, query, is_met):
    promoted("nabór wniosków\nszkolenie")
    assert shown(query) == (["Szkolenia"] if is_met else [])


def test_it_stands_on_the_first_page_with_its_note_even_above_nothing(portal, promoted):
    promoted("żyrafa", note="Zapisy do piątku.")
    page = portal.get("/szukaj", params={"q": "żyrafy"}).html
    assert page.select_one("#polecane").get_text(strip=True) == "Polecane"
    assert "Zapisy do piątku." in page.select_one(".promoted").get_text().replace("\xa0", " ")
    assert page.select(".hit") == []


def test_only_who_may_see_the_item_sees_it_promoted(portal, editor, promoted, shown):
    promoted("tajne", "/o-nas/szkic")
    assert shown("tajne") == []
    assert shown("tajne", editor) == ["Szkic o spółdzielniach"]
    promoted("warsztat")
    assert shown("warsztaty") == ["Szkolenia"]
    with portal.work() as session:
        change_state(session, at(session, "/o-nas/szkolenia"), State.ARCHIVED, now=LONG_AGO)
    assert shown("warsztaty") == []
    with portal.work() as session:
        change_state(session, at(session, "/o-nas/szkolenia"), State.PUBLISHED, now=LONG_AGO)


def test_after_its_last_day_it_is_shown_no_more(editor, promoted, shown):
    promoted("wczoraj", until=(TODAY - timedelta(days=1)).isoformat())
    promoted("dzisiaj", until=TODAY.isoformat())
    assert shown("wczoraj dzisiaj") == ["Szkolenia"]
    assert shown("wczoraj") == []
    listed = editor.get(HOME).html.select(".children > li")
    assert ["Zakończone" in row.get_text() for row in listed] == [True, False]


def test_they_stand_in_the_order_of_the_list_and_each_once(editor, promoted, shown):
    promoted("fundacja")
    promoted("fundacja\nfundusz", "/aktualnosci/n0")
    promoted("fundusz")
    assert shown("fundacje fundusz") == ["Szkolenia", NEWS[0][0]]
    higher = [form for form in buttons(editor, "/kolejnosc") if "wyzej" in form.text]
    answer = higher[0].submit("dokad").follow()
    assert "Kolejność" in answer.html.select_one(".notice").get_text()
    assert shown("fundacje fundusz") == [NEWS[0][0], "Szkolenia"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phrases": ""}, "Wypełnij to pole"),
        ({"phrases": "…"}, "„…” musi mieć od jednego"),
        ({"phrases": "a b c d e f g h i"}, "musi mieć od jednego do 8 słów"),
        ({"phrases": "kurs\nkursy"}, "„kursy” to to samo wyszukiwanie co „kurs”"),
        ({"phrases": "x", "path": "/nie-ma"}, "/nie-ma"),
        ({"phrases": "x", "path": ""}, "Wypełnij to pole"),
        ({"phrases": "x", "until": "kiedyś"}, "kiedyś"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept(promoted, fields, words):
    answer = promoted(**fields)
    assert answer.status_int == 422
    assert words in answer.text.replace("\xa0", " ")
    assert answer.forms["form"]["phrases"].value == fields["phrases"]


def test_the_same_item_is_promoted_once_for_a_search(promoted):
    promoted("kurs\nwarsztat")
    answer = promoted("warsztaty")
    assert "Ta treść jest już polecana dla „warsztaty”" in answer.text.replace("\xa0", " ")


def test_a_promotion_is_changed_and_ended_with_events(portal, editor, promoted, shown):
    promoted("hipopotam")
    form = editor.get(HOME).click(href=r"/polecane/\d+$").forms["form"]
    assert form["phrases"].value == "hipopotam"
    form["phrases"] = "nosorożec"
    form.submit()
    assert (shown("hipopotam"), shown("nosorożce")) == ([], ["Szkolenia"])
    buttons(editor, "/koniec")[0].submit()
    assert shown("nosorożec") == []
    with portal.work() as session:
        events = session.query(Event).filter(Event.subject_kind == "promotion").order_by(Event.id)
        last = [(event.action, event.before, event.after) for event in events][-3:]
    assert [action for action, *_rest in last] == [
        "promotion.added", "promotion.changed", "promotion.removed",
    ]  # fmt: skip
    assert last[1][1:] == ({"phrases": "hipopotam"}, {"phrases": "nosorożec"})


def test_whoever_removes_the_item_reads_what_it_is_promoted_for(portal, promoted):
    promoted("kurs\nnabór")
    with portal.work() as session:
        usage = used_on(session, at(session, "/o-nas"), identity=None, now=LONG_AGO)
        id_ = at(session, "/o-nas/szkolenia").id
    assert usage.searches == ["kurs", "nabór"]
    publisher = portal.log_in(portal.person(Role.PUBLISHER))
    assert "kurs, nabór" in publisher.get(f"/redakcja/tresci/{id_}/usun").text


def test_an_item_that_is_deleted_for_good_takes_its_promotion_along(portal, promoted):
    with portal.work() as session:
        place = at(session, "/o-nas")
        gone = portal.make(session, "page", place, "do-kosza", "Do kosza")
        id_ = gone.id
    promoted("kosz", "/o-nas/do-kosza")
    with portal.work() as session:
        trash(session, session.get(Node, id_), now=LONG_AGO)
    with portal.work() as session:
        session.execute(Node.__table__.delete().where(Node.id == id_))
    with portal.work() as session:
        assert session.query(Promotion).count() == 0


def test_an_editor_of_one_section_may_not_change_the_searches_of_all(portal):
    author, scoped = portal.person(Role.AUTHOR), portal.person(Role.EDITOR)
    with portal.work() as session:
        grant = session.query(RoleGrant).filter_by(person_id=scoped).one()
        grant.node_id = at(session, "/o-nas").id
    for person in (author, scoped):
        assert portal.log_in(person).get(HOME, expect_errors=True).status_int == 403
    for role in (Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        assert portal.log_in(portal.person(role)).get(HOME).status_int == 200
