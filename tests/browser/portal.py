"""The real portal in a process of its own: a fresh folder, the starting content, the samples."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import select

from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import make_engine
from wielkopolskaes.tree.models import Node

ROOT = Path(__file__).resolve().parents[2]
INI = str(ROOT / "development.ini")
CLI = "import sys; from wielkopolskaes.cli import main; sys.exit(main(sys.argv[1:]))"
START_SECONDS = 60


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running(var):
    """Yield the address of a portal that serves from `var`; it ends with the block."""
    url = f"http://localhost:{free_port()}"
    env = os.environ | {"WIELKOPOLSKAES_VAR": str(var), "WIELKOPOLSKAES_BASE_URL": url}
    env.pop("WIELKOPOLSKAES_DATABASE_URL", None)
    cli = [sys.executable, "-c", CLI, "--config", INI]
    for verb in (["init"], ["load-content", "--demo"]):
        subprocess.run([*cli, *verb], env=env, cwd=ROOT, check=True, capture_output=True)
    serve = [sys.executable, "-m", "pyramid.scripts.pserve", INI, f"http_port={url[17:]}"]
    with (var / "log").open("wb") as log:
        server = subprocess.Popen(serve, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(url, server, var / "log")
        yield url
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def wait_for(url, server, log):
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{url}/healthz", timeout=1):
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"the portal did not start:\n{log.read_text()}")


def one_of_each(var):
    """Name an address for every kind of page and every state of a list that the portal has."""
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    shown = Node.visible_from.is_not(None)
    with engine.connect() as connection:
        kinds = connection.execute(select(Node.kind, Node.path).where(shown).order_by(Node.id))
        found = dict(reversed(kinds.all()))
        listings = select(Section.__table__.c.listing, Node.__table__.c.path).join(
            Node.__table__, Node.__table__.c.id == Section.__table__.c.id
        )
        found |= {f"section: {name}": path for name, path in connection.execute(listings)}
    engine.dispose()
    return found | {
        "start page": "/",
        "English": "/en",
        "film: own file": "/filmy/chleb-z-lisowek",
        "film: another service": "/filmy/spacer-nad-warta",
        "section: second page": "/aktualnosci?strona=2",
        "page without pictures": "/polityka-prywatnosci",
        "search": "/szukaj",
        "search: results": "/szukaj?q=ekonomia",
        "search: nothing found": "/szukaj?q=qqqq",
        "alerts": "/powiadomienia?q=ekonomia",
        "alerts: nothing to follow": "/powiadomienia",
        "map of counties": "/baza-rezultatow/mapa",
        "site map": "/mapa-serwisu",
        "not found": "/nie-ma-takiej-strony",
        "not found: similar": "/projekty/wcess",
        "malformed": "/szukaj?q=%ff",
        "style guide": "/styleguide",
    }
