import pytest

from tests.content.items import publish
from tests.databases import KINDS, own_database
from tests.newsroom.desks import Desk
from tests.site.world import at
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.newsroom.files.services import Upload, replace_file
from wielkopolskaes.search.indexer import Indexer

PLAIN = {"in_menu": "false", "in_footer": "false", "lead": "", "body": "<p>Strona.</p>"}


class Archive(Desk):
    """A portal that holds documents, with a worker and an indexer that run when they are told."""

    def document(self, section, slug, data, name="plik.pdf", **values):
        """Add a draft with this file; `values` are fields of the item."""
        values = PLAIN | {"title": slug} | values
        with self.work() as session:
            under = at(session, section)
            node = self.add(session, "document", under, slug, slug, **values)
            self.put_in(session, node, data, name)
            return node.id

    def put_in(self, session, node, data, name="plik.pdf"):
        """Give the item another file, as the desk does."""
        content_type = self.registry.content_types["document"]
        upload = Upload(data, name)
        replace_file(session, self.registry.files, content_type, node, upload, now=node.updated_at)

    def settle(self):
        """Do what was promised; then let the index follow."""
        outcomes = Worker(self.registry).drain()
        Indexer(self.registry).catch_up()
        return outcomes

    def found(self, words, browser=None):
        """List the addresses that somebody finds."""
        page = (browser or self.browser).get("/szukaj", {"q": words}).html
        return [link["href"] for link in page.select(".hit h2 a")]


@pytest.fixture(scope="module", params=KINDS)
def archive(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    with own_database(request.param, folder) as url:
        archive = Archive(url, folder)
        with archive.work() as session:
            root = archive.add(session, "section", None, "", "Portal", listing="home")
            publish(session, root)
            publish(session, archive.add(session, "section", root, "do-pobrania", "Do pobrania"))
        yield archive
        archive.close()
