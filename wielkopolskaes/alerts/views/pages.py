"""What the pages of readers have in common."""

from typing import Any
from urllib.parse import urlencode

from wielkopolskaes.alerts.models import Alert, Frequency
from wielkopolskaes.alerts.wording import FREQUENCIES, described
from wielkopolskaes.search.followed import Followed, from_text
from wielkopolskaes.site.desk import Doors
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:alerts/templates/"
_DOORS = Doors(TEMPLATES)
show, dead_link = _DOORS.show, _DOORS.dead_link


def suffix(request: Request, **more: str) -> str:
    """Write what follows the path of an address in the language of this page."""
    pairs = {**({"lang": "en"} if request.locale_name == "en" else {}), **more}
    return f"?{urlencode(pairs)}" if pairs else ""


def frequencies(request: Request) -> list[tuple[str, str]]:
    """List how often an alert may write, for a list of choices."""
    return [(each.value, request.localizer.translate(FREQUENCIES[each])) for each in Frequency]


def frequency_of(value: str) -> Frequency | None:
    """Read one from a form."""
    return Frequency(value) if value in set(Frequency) else None


def told(request: Request, asked: Followed) -> dict[str, Any]:
    """Say a search: its words, its choices, its address."""
    labels = described(request.registry, request.dbsession, asked, request.now)
    choices = [request.localizer.translate(label) for label in labels]
    return {"words": asked.words, "choices": choices, "href": f"/szukaj?{asked.text}"}


def told_alert(request: Request, alert: Alert) -> dict[str, Any]:
    """Say what an alert looks for, and how often it writes."""
    often = request.localizer.translate(FREQUENCIES[alert.frequency])
    return {**told(request, from_text(alert.asked)), "alert": alert, "often": often}
