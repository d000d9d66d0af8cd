"""Whatever is not public is nowhere: not on a page, in a list, a feed, a file, a cache."""

import pytest

from tests.content.items import HIDDEN, LONG_AGO, NOW, ONCE_PUBLIC, publish
from tests.databases import KINDS, own_database
from tests.site.world import Portal, World, at, canary
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state, restore, trash
from wielkopolskaes.tree.states import State


@pytest.fixture(scope="module", params=KINDS)
def database(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    with own_database(request.param, folder) as url:
        yield url, folder


@pytest.fixture(scope="module")
def world(database):
    portal = Portal(*database)
    yield World(portal, HIDDEN)
    portal.close()


def test_no_public_page_shows_anything_hidden(world):
    assert world.leaks(world.public) == {}


def test_no_feed_holds_anything_hidden(world):
    assert world.leaks(world.feeds) == {}


def test_no_site_map_holds_anything_hidden(world):
    pages = ["/mapa-serwisu", "/mapa-serwisu?lang=en"]
    assert world.leaks([*pages, "/sitemap.xml", "/sitemap-1.xml"]) == {}


def test_search_finds_nothing_hidden(world):
    found = {
        state: world.portal.get(f"/szukaj?q={state}x").html.select(".entries li")
        for state in world.states
    }
    assert {state: entries for state, entries in found.items() if entries} == {}


def test_a_page_of_search_results_leads_to_nothing_hidden(world):
    assert world.leaks(["/szukaj?q=title", "/szukaj?q=lead&strona=2&lang=en"]) == {}


def test_a_slip_of_the_pen_is_not_offered_anything_hidden(world):
    for path in list(world.paths.values())[::5]:
        answer = world.portal.get(f"{path[:-1]}")
        links = [link["href"] for link in answer.html.find_all("a")]
        assert path not in links


def test_a_hidden_address_looks_like_one_that_never_was(world):
    odd = {}
    for (state, kind), path in world.paths.items():
        answer = world.portal.get(path)
        wanted = 410 if state in ONCE_PUBLIC else 404
        # The way back of the look switches repeats the address that was asked for.
        text = answer.text.replace(path, "")
        told = answer.status_int != wanted or canary(state, kind) in text
        if told:
            odd[path] = answer.status_int
    assert odd == {}


def test_views_under_a_hidden_item_are_hidden_too(world):
    answers = {
        (path, name): world.portal.get(f"{path}/{name}").status_int
        for (_, kind), path in world.paths.items()
        if kind == "section"
        for name in ("feed.atom", "feed.json", "nic")
    }
    assert {asked: status for asked, status in answers.items() if status < 400} == {}


def test_files_of_hidden_items_are_not_served(world):
    assert len(world.files) == 2 * len(world.states)
    served = [
        (state, address)
        for (state, _), (sha, filename) in world.files.items()
        for address in [f"/pliki/{sha}/{filename}", *renditions(sha)]
        if world.portal.get(address).status_int != 404
    ]
    assert served == []


def renditions(sha):
    return [f"/obrazy/{sha}/{name}" for name in ("w40.avif", "w40.webp", "w40.png", "w40.jpg")]


@pytest.fixture(scope="module")
def shown(database, tmp_path_factory):
    """The same portal with everything in public, and the words that each address shows."""
    url, folder = database
    with own_database(url.partition(":")[0].partition("+")[0], folder) as other:
        portal = Portal(other, tmp_path_factory.mktemp("shown"))
        world = World(portal, {"jawny": publish})
        world.before = world.leaks(everywhere(world))
        yield world
        portal.close()


def everywhere(world):
    """List all addresses, those of the items that will be hidden, and a search."""
    return [*world.addresses, *world.paths.values(), "/szukaj?q=title", "/szukaj?q=title&strona=2"]


def files(world):
    return {
        f"/pliki/{sha}/{name}" if name else f"/obrazy/{sha}/w40.png"
        for sha, name in world.files.values()
    }


def test_the_same_addresses_show_what_is_public(shown):
    """Nothing above could fail if pages did not show what they are searched for."""
    standalone = {k for k, t in shown.portal.registry.content_types.items() if t.standalone}
    words = {kind: canary("jawny", kind) for kind in shown.portal.kinds}
    page = {kind for kind, path in zip(shown.portal.kinds, shown.paths.values(), strict=True)
            if words[kind] in shown.before[path]}  # fmt: skip
    listed = {kind for kind in standalone if words[kind] in shown.before["/dzial-jawny"]}
    in_feed = {kind for kind in standalone if words[kind] in shown.before["/feed.atom"]}
    results = [*shown.before["/szukaj?q=title"], *shown.before["/szukaj?q=title&strona=2"]]
    found = {kind for kind in standalone if words[kind] in results}
    mapped = {kind for kind in standalone if words[kind] in shown.before["/sitemap-1.xml"]}

    assert page == set(shown.portal.kinds)
    assert listed == found == mapped == standalone
    assert in_feed == standalone - {"section"}
    assert {shown.portal.get(address).status_int for address in files(shown)} == {200}


def back_to_public(session, item):
    change_state(session, item, State.PUBLISHED, now=LONG_AGO)


WAYS = {
    "archived": (lambda s, item: change_state(s, item, State.ARCHIVED, now=NOW), back_to_public),
    "withdrawn": (lambda s, item: change_state(s, item, State.DRAFT, now=NOW), back_to_public),
    "trashed": (
        lambda s, item: trash(s, item, now=NOW),
        lambda s, item: restore(s, item, now=NOW),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_leaves_the_public_leaves_the_page_cache_at_once(shown, way):
    hide, show = WAYS[way]
    ids = ids_of(shown, shown.paths.values())
    with shown.portal.work() as session:
        for id_ in ids:
            hide(session, session.get(Node, id_))
    left = shown.leaks(everywhere(shown))
    served = {shown.portal.get(address).status_int for address in files(shown)}
    with shown.portal.work() as session:
        for id_ in ids:
            show(session, session.get(Node, id_))

    assert left == {}
    assert served == {404}
    assert shown.leaks(everywhere(shown)) == shown.before


def test_what_is_in_a_section_leaves_the_page_cache_with_it(shown):
    hide, show = WAYS["withdrawn"]
    (section,) = ids_of(shown, ["/dzial-jawny"])
    with shown.portal.work() as session:
        hide(session, session.get(Node, section))
    left = shown.leaks(everywhere(shown))
    with shown.portal.work() as session:
        show(session, session.get(Node, section))

    assert left == {}
    assert shown.leaks(everywhere(shown)) == shown.before


def ids_of(world, paths):
    with world.portal.work() as session:
        return [at(session, path).id for path in paths]
