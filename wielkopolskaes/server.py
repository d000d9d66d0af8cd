"""waitress, with the portal's own answer to what never reaches the application.

A request that is no HTTP, or too large for the server, is refused by the server itself: in plain
text, under waitress's name and without a header of ours. Here it gets the same page and headers
as any other refusal.
"""

from http.client import responses
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ErrorTask

from wielkopolskaes.security.edge import Edge
from wielkopolskaes.security.headers import Headers
from wielkopolskaes.security.incidents import plain_page

# HTTP's own answer to an unknown transfer coding is 501, but nothing is wrong at our side.
_OUR_CODES = {501: 400}


class PortalErrorTask(ErrorTask):
    """Writes the page of a refusal, with the headers that `make_server` left at the server."""

    def execute(self) -> None:
        code = _OUR_CODES.get(self.request.error.code, self.request.error.code)
        page = plain_page(code)
        headers: Headers = self.channel.server.portal_headers
        self.status = f"{code} {responses[code]}"
        self.response_headers += headers.complete(
            [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        )
        self.set_close_on_finish()
        self.content_length = len(page)
        self.write(page)


class PortalChannel(HTTPChannel):
    error_task_class = PortalErrorTask


def make_server(app: Edge, **options: Any) -> BaseWSGIServer | MultiSocketServer:
    """Open the sockets; `run()` of what is returned serves."""
    server = create_server(app, **options)
    several = isinstance(server, MultiSocketServer)
    for listener in list(server.map.values()) if several else [server]:
        if isinstance(listener, BaseWSGIServer):
            listener.channel_class = PortalChannel
            listener.portal_headers = app.headers
    return server


def serve(app: Edge, global_config: dict[str, str], **options: str) -> int:
    """Serve until stopped: the ``paste.server_runner`` of the ini files."""
    waitress.serve(app, _server=make_server, **options)
    return 0
