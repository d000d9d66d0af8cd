"""Small portals for tests: real Pyramid applications behind the real edge, no database."""

from dataclasses import replace
from io import BytesIO

import webtest
from pyramid.config import Configurator
from pyramid.response import Response

from wielkopolskaes.security.edge import Edge
from wielkopolskaes.settings import load


def settings(**changes):
    return replace(load({}, {}), **changes)


def greet(request):
    dict(request.cookies)
    return Response("hello " + request.params.get("q", ""), content_type="text/plain")


def take(request):
    fields = [(name, getattr(value, "filename", value)) for name, value in request.POST.items()]
    return Response(json_body=fields)


def router(portal, add_views=lambda config: None):
    with Configurator() as config:
        config.registry.portal = portal
        config.add_request_method(lambda request: portal, "portal", property=True)
        config.include("wielkopolskaes.site.errors")
        config.add_route("hello", "/hello")
        config.add_view(greet, route_name="hello")
        config.add_route("form", "/form")
        config.add_view(take, route_name="form", request_method="POST")
        add_views(config)
        return config.make_wsgi_app()


def edged(portal=None, add_views=lambda config: None):
    portal = portal or settings()
    app = router(portal, add_views)
    return Edge(app, app, portal)


def browser(**kw):
    return webtest.TestApp(edged(**kw))


def call(app, path="/hello", *, method="GET", query="", body=b"", **environ):
    """One raw WSGI request: status, headers and body, with none of a client's tidying."""
    caught = {}

    def start_response(status, headers, exc_info=None):
        caught.update(status=int(status[:3]), headers=headers)

    asked = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    } | environ
    pieces = app(asked, start_response)
    content = b"".join(pieces)
    if hasattr(pieces, "close"):
        pieces.close()
    return caught["status"], caught["headers"], content
