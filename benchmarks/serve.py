"""One server process to measure: a bare Pyramid view, or the portal; the same server for both.

It prints its port when it listens, and ends when its standard input does.
"""

import gc
import json
import logging
import sys
import threading
from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response

# As in production.ini.
THREADS = 2
# As many as an article of the measured portal has, so that the socket costs both the same.
BYTES = b"<p>The same bytes every time.</p>" * 400


def bare() -> Any:
    """The least that Pyramid can do."""
    config = Configurator()
    config.add_route("all", "/*path")
    config.add_view(lambda request: Response(BYTES), route_name="all")
    return config.make_wsgi_app()


def portal(settings: dict[str, str]) -> Any:
    from wielkopolskaes import main

    return main({}, **settings)


def serve(app: Any) -> None:
    from wielkopolskaes.server import make_server

    # Neither writes a line for each request: what is compared is the answers.
    for name in ("wielkopolskaes.access", "waitress.queue"):
        logging.getLogger(name).setLevel(logging.ERROR)
    gc.collect()
    options = {"host": "127.0.0.1", "port": 0, "threads": THREADS, "ident": ""}
    server = make_server(app, getattr(app, "headers", None), **options)
    print(server.effective_port, flush=True)
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    serve(portal(json.loads(sys.argv[1])) if len(sys.argv) > 1 else bare())
