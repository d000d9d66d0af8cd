"""The content that the portal starts with, samples included: every item, every link."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urlsplit

import pytest
from sqlalchemy import select

from tests.databases import KINDS, own_database
from tests.site.world import Portal
from wielkopolskaes.content.loading import load
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.check import find_faults
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now

CONTENT = Path(__file__).parents[2] / "content"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    """The starting content and the samples, loaded and indexed."""
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        for tree in (CONTENT, CONTENT / "_demo"):
            with portal.work() as session:
                load(session, portal.registry, tree, now=NOW)
        Indexer(portal.registry).catch_up()
        yield portal
        portal.close()


@pytest.fixture(scope="module")
def crawl(portal):
    """Every answer that links lead to from both start pages: address to answer."""
    # That cards can be made is for tests/records/test_cards.py: a process each takes its time.
    portal.registry.card_setter = lambda card: b"%PDF-"
    answers, waiting = {}, ["/", "/en"]
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answers[address] = answer = read(portal, address)
        # What a narrowed list leads to, the whole list leads to as well.
        if answer.content_type == "text/html" and not is_unlisted(answer):
            waiting += local_links(answer)
    return answers


def is_unlisted(answer):
    """Tell whether a page asks search engines to leave it out: another order, a narrowed list."""
    return answer.html.find("meta", {"name": "robots", "content": "noindex"})


class Answer(NamedTuple):
    """What came, parsed once."""

    status_int: int
    content_type: str
    text: str
    html: Any


def read(portal, address):
    answer = portal.get(address)
    is_page = answer.content_type == "text/html"
    is_text = is_page or answer.content_type.endswith(("xml", "json"))
    return Answer(
        answer.status_int,
        answer.content_type,
        answer.text if is_text else "",
        answer.html if is_page else None,
    )


def local_links(answer):
    """List the addresses of this portal that a page leads to, pictures included."""
    found = [tag["href"] for tag in answer.html.find_all(["a", "link"], href=True)]
    found += [tag["src"] for tag in answer.html.find_all(["img", "script"], src=True)]
    local = (urldefrag(address.removeprefix("http://localhost"))[0] for address in found)
    return {address for address in local if address.startswith("/")}


def pages(crawl):
    return {a: answer for a, answer in crawl.items() if answer.content_type == "text/html"}


def test_loading_it_again_changes_nothing(portal):
    with portal.work() as session:
        reports = [load(session, portal.registry, tree, now=NOW)
                   for tree in (CONTENT, CONTENT / "_demo")]  # fmt: skip
    assert [(r.created, r.updated, r.kept) for r in reports] == [(0, 0, 0), (0, 0, 0)]


def test_its_tree_is_sound(portal):
    with portal.work() as session:
        assert find_faults(session) == []


def test_every_item_answers_as_its_state_says(portal):
    with portal.work() as session:
        items = [(node.path, node.is_public(NOW)) for node in session.scalars(select(Node))]
    wrong = {
        path: status
        for path, public in items
        if (status := portal.get(path).status_int) != (200 if public else 404)
    }
    assert wrong == {}
    assert len(items) > 80


def test_every_link_leads_somewhere(crawl):
    dead = {a: r.status_int for a, r in crawl.items() if r.status_int not in (200, 301)}
    assert dead == {}


def test_every_fragment_names_a_part_of_its_page(crawl):
    missing = []
    for address, answer in pages(crawl).items():
        for link in answer.html.find_all("a", href=True):
            target, fragment = urldefrag(link["href"])
            there = crawl.get(target or address)
            if fragment and there and there.html and not there.html.find(id=fragment):
                missing.append((address, link["href"]))
    assert missing == []


def test_no_page_holds_what_only_editors_should_see(crawl):
    leftovers = ("{phocagallery", "node:", "Lorem", "TODO", "None</", "%(", "${")
    found = {
        (address, text)
        for address, answer in pages(crawl).items()
        for text in leftovers
        if text in answer.text
    }
    assert found == set()


def test_no_link_is_empty(crawl):
    empty = [
        (address, str(link))
        for address, answer in pages(crawl).items()
        for link in answer.html.find_all("a")
        if not link.get("href") or not (link.get_text().strip() or link.find("img"))
    ]
    assert empty == []


def test_every_item_of_the_public_lists_can_be_reached_by_links(portal, crawl):
    kinds = standalone_kinds(portal.registry)
    query = select(Node.path).where(Node.kind.in_(kinds), Node.listed, published_now(NOW))
    with portal.work() as session:
        public = set(session.scalars(query))
    apart = {path for path in public if path.startswith("/zasoby")}
    assert public - apart - set(crawl) == set()


def test_every_section_leads_to_what_is_in_it(portal):
    with portal.work() as session:
        # Adoptions are told by readers: the English list begins empty, and the page says so.
        filled = Section.listing != "adoptions"
        query = select(Section.path).where(published_now(NOW), filled)
        sections = [path for path in session.scalars(query) if path not in ("/", "/en")]
    dead_ends = [
        path
        for path in sections
        if not any(link["href"].startswith(f"{path}/")
                   for link in read(portal, path).html.main.find_all("a", href=True)
                   if "/feed." not in link["href"])
    ]  # fmt: skip
    assert dead_ends == []


def test_every_page_has_one_heading_and_its_own_title(crawl):
    titles = {}
    for address, answer in pages(crawl).items():
        assert len(answer.html.find_all("h1")) == 1, address
        if is_unlisted(answer):
            continue
        titles.setdefault((answer.html.title.get_text(), answer.html.html["lang"]), []).append(
            address
        )
    assert {t: found for t, found in titles.items() if len(found) > 1} == {}


def test_no_id_stands_twice_on_a_page(crawl):
    twice = {}
    for address, answer in pages(crawl).items():
        ids = [tag["id"] for tag in answer.html.find_all(id=True)]
        if len(ids) != len(set(ids)):
            twice[address] = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    assert twice == {}


def test_the_declaration_is_linked_from_every_page_in_its_language(portal, crawl):
    addresses = {"pl": "/deklaracja-dostepnosci", "en": "/en/accessibility-statement"}
    lacking = []
    for address, answer in pages(crawl).items():
        links = {link["href"] for link in answer.html.find_all("a", href=True)}
        if addresses[answer.html.html["lang"]] not in links:
            lacking.append(address)
    assert lacking == []


@pytest.mark.parametrize("address", ["/nie-ma", "/en/missing", "/%ff", "/pliki/x/y", "/?q=%ff"])
def test_the_declaration_is_linked_from_error_pages(portal, address):
    answer = portal.get(address)

    assert answer.status_int in (400, 404)
    links = {link["href"] for link in answer.html.find_all("a", href=True)}
    assert links & {"/deklaracja-dostepnosci", "/en/accessibility-statement"}


def test_no_page_asks_another_host_for_anything(crawl):
    asked = set()
    for answer in pages(crawl).values():
        for tag in answer.html.find_all(["img", "script", "source", "iframe", "video", "form"]):
            address = tag.get("src") or tag.get("srcset") or tag.get("action") or ""
            asked.add(urlsplit(address).netloc)
        loaded = ("stylesheet", "icon", "preload")
        for tag in answer.html.find_all("link", rel=list(loaded)):
            asked.add(urlsplit(tag["href"]).netloc)
    assert asked == {""}
