"""A browser in a few words, so that people know their own logins from foreign ones."""

from wielkopolskaes.accounts.logins import Device
from wielkopolskaes.security.networks import network_of
from wielkopolskaes.types import Request

# The first that the browser's line holds; many of them claim to be several.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
             ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def device_of(request: Request) -> Device:
    """Tell from where a request comes."""
    line = request.user_agent or ""
    named = [
        next((name for sign, name in known if sign in line), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return Device(", ".join(filter(None, named)), network_of(request.remote_addr))
