"""What is new to whom: everything that strangers can find for the first time, and nothing else."""

import shutil

import pytest

from tests.alerts.readers import ANNA, DAY, HOUR, START
from wielkopolskaes.alerts.models import Frequency
from wielkopolskaes.alerts.noticing import notice
from wielkopolskaes.search.index import Overtaxed
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import restrict, trash
from wielkopolskaes.tree.states import State


def test_a_new_item_that_fits_is_told_once(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")

    town.pass_time()
    town.pass_time(3 * HOUR)

    assert town.told() == [["Spółdzielnia w Pile"]]


def test_what_does_not_fit_is_not_told(town):
    town.subscribe()
    town.write("Gala w Poznaniu")

    town.pass_time()

    assert town.told() == []


def test_the_choices_of_a_search_count(town):
    town.subscribe(chosen=(("typ", "page"),))
    town.write("Spółdzielnia w Pile")

    town.pass_time()

    assert town.told() == []


def test_what_was_public_before_the_consent_is_not_told(town):
    town.write("Spółdzielnia w Pile")
    town.now += HOUR
    town.subscribe()

    town.pass_time()

    assert town.told() == []


def test_what_was_noticed_only_after_the_consent_is_not_told_either(town):
    town.write("Spółdzielnia w Pile")
    town.subscribe()
    town.write("Spółdzielnia w Kole")

    town.pass_time()

    assert town.told() == [["Spółdzielnia w Kole"]]


def test_an_old_item_that_fits_only_after_an_edit_is_not_told(town):
    old = town.write("Gala w Poznaniu")
    town.pass_time()
    town.subscribe()
    with town.work() as session:
        session.get(Node, old).title = "Spółdzielnia w Poznaniu"

    town.pass_time()

    assert town.told() == []


def test_an_old_item_that_was_away_is_not_told_when_it_comes_back(town):
    old = town.write("Spółdzielnia w Pile")
    town.pass_time()
    town.turn(old, State.ARCHIVED)
    town.subscribe()
    town.turn(old, State.PUBLISHED)

    town.pass_time()

    assert town.told() == []


def test_what_the_clock_publishes_is_told_then(town):
    town.write("Spółdzielnia w Pile", state=State.SCHEDULED, publish_at=START + DAY)
    town.pass_time()
    town.now += HOUR
    town.subscribe()

    town.pass_time(HOUR)
    before = town.told()
    town.pass_time(DAY)

    assert before == []
    assert town.told() == [["Spółdzielnia w Pile"]]


def test_what_a_section_brings_along_is_told(town):
    news = town.at("/aktualnosci")
    with town.work() as session:
        town.draft(session, "section", session.get(Node, news), "nowe", "Nowe")
    town.write("Spółdzielnia w Pile", under="/aktualnosci/nowe")
    town.subscribe()
    town.pass_time()
    before = town.told()

    town.turn(town.at("/aktualnosci/nowe"), State.PUBLISHED)
    town.pass_time()

    assert before == []
    assert town.told() == [["Spółdzielnia w Pile"]]


def test_what_strangers_cannot_see_is_in_no_letter(town):
    """Everything of this fits the search, and all of it is noticed with something that is told."""
    town.subscribe("sekret")
    hidden = {
        "szkic": town.write("Sekret szkicu", state=State.DRAFT),
        "plan": town.write("Sekret planu", state=State.SCHEDULED, publish_at=START + 9 * DAY),
        "kosz": town.write("Sekret kosza"),
        "archiwum": town.write("Sekret archiwum"),
        "czytelnicy": town.write("Sekret czytelni"),
        "koniec": town.write("Sekret przeszły", expires_at=START + HOUR / 60),
        "lista": town.write("Sekret poza listą", listed="false"),
    }
    with town.work() as session:
        trash(session, session.get(Node, hidden["kosz"]), now=town.now)
        restrict(session, session.get(Node, hidden["czytelnicy"]), restricted=True, now=town.now)
    town.turn(hidden["archiwum"], State.ARCHIVED)
    town.write("Sekret jawny")

    town.pass_time()
    town.pass_time(2 * HOUR)

    assert town.told() == [["Sekret jawny"]]
    said = " ".join(town.news())
    assert not [w for w in ("szkicu", "planu", "kosza", "archiwum", "czytelni") if w in said]


def test_nothing_is_told_before_the_index_knows_it(town):
    town.pass_time()
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.now += HOUR / 60
    town.drain()
    before = town.told()

    town.pass_time()

    assert before == []
    assert town.told() == [["Spółdzielnia w Pile"]]


def test_without_an_index_nothing_is_lost(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.now += HOUR / 60
    town.drain()
    town.pass_time()
    for path in town.registry.search.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    town.write("Spółdzielnia w Kole")
    town.now += 2 * HOUR
    town.drain()
    Indexer(town.registry).rebuild()
    town.pass_time()

    assert town.told() == [["Spółdzielnia w Pile"], ["Spółdzielnia w Kole"]]


def test_a_search_that_takes_too_long_holds_up_no_other(town):
    town.subscribe()
    town.subscribe("Piła", email="jan@example.org")
    town.write("Spółdzielnia w Pile")
    town.index()
    search, slow = town.registry.search.search, []

    def tire(query, allowed):
        if not slow:
            slow.append(query)
            raise Overtaxed
        return search(query, allowed)

    town.registry.search.search = tire
    town.pass_time()

    assert town.told(ANNA) == []
    assert town.told("jan@example.org") == [["Spółdzielnia w Pile"]]


def test_a_crash_while_noticing_loses_and_doubles_nothing(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.now += HOUR / 60
    town.index()

    for _ in range(3):
        town.crash_in(notice)
    town.drain()
    town.pass_time(3 * HOUR)

    assert town.told() == [["Spółdzielnia w Pile"]]


@pytest.mark.parametrize("frequency", Frequency)
def test_each_alert_tells_what_is_new_to_it(town, frequency):
    town.subscribe(frequency=frequency)
    town.subscribe("Piła", email="jan@example.org")
    town.write("Spółdzielnia w Pile")
    town.write("Spółdzielnia w Kole")

    town.pass_time()
    town.pass_time(7 * DAY)

    assert [sorted(titles) for titles in town.told(ANNA)] == [
        ["Spółdzielnia w Kole", "Spółdzielnia w Pile"]
    ]
    assert town.told("jan@example.org") == [["Spółdzielnia w Pile"]]
