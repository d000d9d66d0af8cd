"""The headers that every answer carries.

A header that a view has set stays as it is: files bring a stricter content policy of their own.
"""

from collections.abc import Mapping, Sequence

from wielkopolskaes.settings import Settings

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Only features that browsers know: an unknown name is an error in the reader's console.
CLOSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
TWO_YEARS = 63_072_000


def headers_of(portal: Settings) -> tuple[tuple[str, str], ...]:
    """Name and value of each header, for this portal's settings."""
    secure = portal.base_url.startswith("https:")
    return (
        ("Content-Security-Policy", _content_policy(secure)),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", ", ".join(f"{name}=()" for name in CLOSED_FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        *((("Strict-Transport-Security", f"max-age={TWO_YEARS}"),) if secure else ()),
    )


def framing(portal: Settings, hosts: Sequence[str]) -> dict[str, str]:
    """Return the headers of a page that may hold frames of these hosts, and of no others.

    Other services do not say that they may be embedded in isolated pages, so such a page is none.
    """
    secure = portal.base_url.startswith("https:")
    frames = " ".join(f"https://{host}" for host in hosts)
    return {
        "Content-Security-Policy": _content_policy(secure, {"frame-src": frames}),
        "Cross-Origin-Embedder-Policy": "unsafe-none",
    }


def _content_policy(secure: bool, more: Mapping[str, str] | None = None) -> str:
    policy = CONTENT_POLICY | dict(more or {})
    rules = [f"{name} {sources}" for name, sources in policy.items()]
    return "; ".join(rules + ["upgrade-insecure-requests"] * secure)


class Headers:
    """Completes the header list of an answer; made once, used for every request."""

    def __init__(self, portal: Settings) -> None:
        self.all = list(headers_of(portal))
        # As a server writes them.
        self.text = "".join(f"{name}: {value}\r\n" for name, value in self.all)
        self._by_name = {name.lower(): (name, value) for name, value in self.all}

    def complete(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Add what is missing; where nothing is there yet, `all` is the end of the list."""
        present = {name.lower() for name, _value in headers}
        if present.isdisjoint(self._by_name):
            return headers + self.all
        return headers + [each for low, each in self._by_name.items() if low not in present]
