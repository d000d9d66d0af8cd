"""A process that shows pages to strangers carries nothing that editing or files need."""

import json
import subprocess
import sys
from datetime import date

from tests.cache.portal import Portal
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import Base
from wielkopolskaes.settings import ROOT

SERVE = """
import json, linecache, sys
from webob import Request
from wielkopolskaes import main
settings, paths = json.loads(sys.argv[1])
app = main({}, **settings)
quoted = sorted(linecache.cache)
shown = [Request.blank(path).get_response(app).status_int for path in paths]
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps([shown, quoted, loaded]))
"""
# Forms, tables of words, pictures and documents, passwords, migrations, help.
HEAVY = {
    "deform", "chameleon", "peppercorn", "snowballstemmer", "whoosh", "yaml", "PIL",
    "openpyxl", "pypdf", "typst", "segno", "markdown_it", "nh3", "argon2", "cryptography", "pyotp",
    "alembic", "tqdm", "prometheus_client", "boto3", "lxml", "psycopg", "pydoc",
}  # fmt: skip


def test_strangers_are_shown_pages_without_what_editing_and_files_need(tmp_path):
    portal = Portal(f"sqlite:///{tmp_path}/portal.sqlite", tmp_path)
    Base.metadata.create_all(portal.registry.engine)
    portal.plant()
    news = portal.add(Section, listing="news")
    article = portal.add(Article, news, shown_on=date(2026, 1, 2))
    portal.close()

    shown, quoted, loaded = served(portal, ["/", news, article])

    assert (shown, quoted) == ([200, 200, 200], [])
    assert HEAVY & set(loaded) == set()


def served(portal, paths):
    """Start a process, ask it, and tell the answers, the sources it keeps and what it loaded."""
    settings = {
        "wielkopolskaes.var": str(portal.folder),
        "wielkopolskaes.database_url": portal.url,
        "wielkopolskaes.secret": "x" * 40,
        "wielkopolskaes.base_url": "http://localhost",
        "wielkopolskaes.worker_in_process": "false",
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVE, json.dumps([settings, paths])],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)
