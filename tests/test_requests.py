"""What the portal adds to requests reaches each of them, and what one keeps is its own."""

from pyramid.config import Configurator
from pyramid.response import Response

from wielkopolskaes.requests import with_one_class


def ask(app):
    from webtest import TestApp

    return TestApp(app).get("/").text


def test_requests_share_their_class_and_nothing_else():
    seen = []

    def view(request):
        seen.append(request)
        return Response(f"{request.number} {request.number} {request.twice(4)} {request.path_bare}")

    config = Configurator()
    config.add_request_method(lambda _: len(seen), "number", reify=True)
    config.add_request_method(lambda _, value: 2 * value, "twice")
    config.add_request_method(lambda request: request.path, "path_bare", property=True)
    config.add_route("all", "/")
    config.add_view(view, route_name="all")
    app = with_one_class(config.make_wsgi_app())
    assert [ask(app), ask(app)] == ["1 1 8 /", "2 2 8 /"]
    assert type(seen[0]) is type(seen[1])
