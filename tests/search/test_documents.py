"""What the search reads: every text that a reader can read, and nothing that is a setting."""

from datetime import UTC, datetime

import pytest

from tests.content.items import publish
from tests.databases import KINDS, own_database
from tests.site.world import Portal, at
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.search.documents import all_documents, all_ids, documents
from wielkopolskaes.tree.services import trash

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    """Every type of content once, each text field with the type's own word."""
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        with portal.work() as session:
            root = portal.add(session, "section", None, "", "Portal", listing="home")
            publish(session, root)
            for kind in portal.kinds:
                node = portal.add(session, kind, root, kind, f"słowo{kind}")
                publish(session, node)
        yield portal
        portal.close()


@pytest.fixture
def found(portal):
    with portal.registry.dbsession_factory() as session:
        return {document.kind: document for document in all_documents(session, portal.registry)
                if document.section}  # fmt: skip


def test_every_type_that_has_a_page_of_its_own_is_read(portal, found):
    assert sorted(found) == sorted(standalone_kinds(portal.registry))


def test_all_texts_are_read_without_their_markup(found):
    project = found["project"]
    for name in ("problem", "aims", "recipients", "effects", "full_name", "name", "label"):
        assert f"słowoproject {name}" in project.text, name
    assert "<" not in project.text
    assert project.title == "słowoproject title"
    assert "słowoproject lead" not in project.text


def test_settings_and_addresses_are_no_text(found):
    for document in found.values():
        assert "https://" not in document.text
        assert f"{document.kind} owner" not in document.text
        assert "translation_key" not in document.text


def test_a_document_knows_its_section_its_day_and_the_year_of_news(found):
    assert found["article"].section == "article"
    assert found["article"].day.isoformat() == "2020-01-02"
    assert found["article"].year == 2020


def test_what_is_in_the_trash_is_not_read_nor_what_lies_under_it(tmp_path):
    with own_database("sqlite", tmp_path) as url:
        portal = Portal(url, tmp_path)
        with portal.work() as session:
            root = portal.add(session, "section", None, "", "Portal", listing="home")
            section = portal.add(session, "section", root, "dzial", "Dział")
            page = portal.add(session, "page", section, "strona", "Strona")
            hidden = portal.add(session, "page", root, "cicha", "Cicha", listed="false")
            ids = [section.id, page.id, hidden.id]
        with portal.work() as session:
            found = documents(session, portal.registry, ids)
            assert sorted(found) == [section.id, page.id]
            trash(session, at(session, "/dzial"), now=NOON)
        with portal.work() as session:
            assert documents(session, portal.registry, ids) == {}
            assert all_ids(session, portal.registry) == [root.id]
        portal.close()
