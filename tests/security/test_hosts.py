import pytest
from pyramid.response import Response

from tests.security.portals import call, edged, settings

PRODUCTION = {
    "production": True,
    "base_url": "https://www.example.pl",
    "hosts": ("www.example.pl", "es.example.pl"),
}


def where(request):
    return Response(request.route_url("where"))


def where_am_i(request):
    return Response(request.host_url)


def asking(portal, host, **environ):
    def add(config):
        config.add_route("where", "/where")
        config.add_view(where, route_name="where")

    return call(edged(portal, add), "/where", HTTP_HOST=host, **environ)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "www.example.pl.evil.example",
        "evil.example:443",
        "www.example.pl@evil.example",
        "www.example.pl/evil",
        "www.example.pl, evil.example",
        "localhost",
        "127.0.0.1:6543",
        "",
        " ",
        "\x00",
        "a" * 10_000,
    ],
)
def test_a_foreign_host_is_refused_and_never_echoed(host):
    status, headers, body = asking(settings(**PRODUCTION), host)

    assert status == 400
    assert "evil" not in str(headers) + body.decode()


@pytest.mark.parametrize(
    "host", ["www.example.pl", "WWW.Example.PL", "es.example.pl:8080", "www.example.pl."]
)
def test_absolute_addresses_come_from_the_settings_whatever_allowed_name_was_asked(host):
    status, _headers, body = asking(settings(**PRODUCTION), host)

    assert (status, body) == (200, b"https://www.example.pl/where")


def test_headers_of_a_proxy_do_not_change_the_address():
    forwarded = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "ftp"}

    _status, _headers, body = asking(settings(**PRODUCTION), "www.example.pl", **forwarded)

    assert body == b"https://www.example.pl/where"


@pytest.mark.parametrize("host", ["127.0.0.1:7000", "localhost:7000", "[::1]:7000"])
def test_in_development_a_loopback_name_keeps_its_port(host):
    _status, _headers, body = asking(settings(), host)

    assert body.decode() == f"http://{host}/where"


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("localhost:6543", "/healthz", 200),
        ("127.0.0.1:6543", "/readyz", 200),
        ("evil.example", "/healthz", 400),
        ("localhost:6543", "/healthz/", 400),
    ],
)
def test_in_production_a_loopback_name_is_good_for_probes_alone(host, path, status):
    def add(config):
        for name in ("healthz", "readyz"):
            config.add_route(name, f"/{name}")
            config.add_view(where_am_i, route_name=name)

    assert call(edged(settings(**PRODUCTION), add), path, HTTP_HOST=host)[0] == status
