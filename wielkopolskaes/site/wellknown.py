"""What machines ask for first: ``robots.txt`` and ``/.well-known/security.txt``."""

from datetime import UTC, datetime, time, timedelta

from pyramid.config import Configurator
from pyramid.response import Response

from wielkopolskaes.types import Request

VALID_FOR = timedelta(days=180)
ONE_DAY = 86_400
# Answers to what a reader typed, and a switch: nothing there for an index.
CLOSED_TO_ROBOTS = ("/szukaj", "/wyglad")


def security_txt(base_url: str, now: datetime) -> str:
    """Write the file of RFC 9116; it never runs out, because each reading renews it."""
    expires = datetime.combine(now.astimezone(UTC) + VALID_FOR, time(), UTC)
    lines = (
        f"Contact: {base_url}/kontakt",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: pl, en",
        f"Canonical: {base_url}/.well-known/security.txt",
    )
    return "\n".join(lines) + "\n"


def robots_txt(base_url: str) -> str:
    rules = "".join(f"Disallow: {path}\n" for path in CLOSED_TO_ROBOTS)
    return f"User-agent: *\n{rules}\nSitemap: {base_url}/sitemap.xml\n"


def show_security_txt(request: Request) -> Response:
    return _text(security_txt(request.portal.base_url, datetime.now(UTC)))


def show_robots_txt(request: Request) -> Response:
    return _text(robots_txt(request.portal.base_url))


def _text(text: str) -> Response:
    response = Response(text=text, content_type="text/plain", charset="utf-8")
    response.cache_expires(ONE_DAY)
    response.cache_control.public = True
    return response


def includeme(config: Configurator) -> None:
    for name, path, view in (
        ("security_txt", "/.well-known/security.txt", show_security_txt),
        ("robots_txt", "/robots.txt", show_robots_txt),
    ):
        config.add_route(name, path, request_method=("GET", "HEAD"))
        config.add_view(view, route_name=name)
