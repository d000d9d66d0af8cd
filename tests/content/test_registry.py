"""A new type, built as docs/content-types.md says, works everywhere by its registration alone."""

import multiprocessing
from dataclasses import replace

import pytest
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationConflictError

from tests.databases import KINDS, own_database
from wielkopolskaes.content import TYPES
from wielkopolskaes.content.registry import standalone_kinds

FILES = {
    "index.md": "kind: section\ntitle: Portal\nlang: pl\nlisting: home",
    "praca/index.md": "kind: section\ntitle: Praca\nlisting: list",
    "praca/kucharz.md": "kind: offer\ntitle: Kucharz\nshown_on: 2026-01-02\napply_by: 2026-02-03",
    "powitanie.md": "kind: page\ntitle: Powitanie\nrelated: [/praca/kucharz]",
}


def told_by_another_process(url, folder, results):
    from tests.content.offer import tell

    results.send(tell(url, folder))


@pytest.fixture(scope="module", params=KINDS)
def told(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("offers")
    for path, front in FILES.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{front}\n---\nTreść.\n", encoding="utf-8")
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    with own_database(request.param, folder) as url:
        process = spawn.Process(target=told_by_another_process, args=(url, folder, there))
        process.start()
        there.close()
        try:
            yield here.recv()
        finally:
            process.join()
            here.close()


def test_an_item_of_a_new_type_is_wherever_items_are(told):
    assert {a: seen for a, seen in told["public"].items() if seen != (200, True)} == {}


def test_lists_get_what_the_new_type_keeps_for_them(told):
    assert told["card"] == {"apply_by": "2026-02-03"}


def test_a_draft_of_a_new_type_is_nowhere(told):
    assert {a for a, (_, found) in told["draft"].items() if found} == set()
    assert told["draft"]["/praca/kucharz"] == (410, False)


@pytest.fixture
def config():
    config = Configurator()
    config.include("wielkopolskaes.content")
    config.commit()
    return config


def test_every_type_of_the_list_is_registered_under_its_name(config):
    assert sorted(config.registry.content_types) == sorted(TYPES)


def test_a_kind_registered_twice_is_refused(config):
    offer = replace(config.registry.content_types["page"], kind="offer")

    def one(config):
        config.add_content_type(offer)

    def other(config):
        config.add_content_type(offer)

    config.include(one)
    config.include(other)
    with pytest.raises(ConfigurationConflictError, match="'content type', 'offer'"):
        config.commit()


def test_things_made_to_be_shown_inside_others_do_not_stand_alone(config):
    apart = set(TYPES) - set(standalone_kinds(config.registry))

    assert apart == {"contact", "funding", "image", "partner", "quotation"}
