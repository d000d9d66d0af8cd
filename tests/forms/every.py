"""The form of one field of each control, and values that it accepts."""

from wielkopolskaes.content.services import resolver
from wielkopolskaes.forms import Form
from wielkopolskaes.forms.specimens import EverySchema

GOOD = {
    "line": "Spółdzielnia",
    "radio": "green",
    "select": "brick",
    "integer": "1 200",
    "decimal": "12,5",
    "money": "1 234,50",
    "email": "biuro@example.org",
    "tel": "61 856 73 43",
    "password": " tajne hasło ",
    "date": "2026-05-01",
    "time": "9.30",
    "instant": "2026-05-01T14:30",
    "partial": "2012-05",
    "page": "/strona",
    "image": "/strona",
}


def every_form(request, **options):
    schema = EverySchema().bind(
        markup="html", resolve=resolver(request.dbsession), kind_of=None, hosts=()
    )
    return Form(schema, request, submit="Zapisz", **options)


def pairs_of(values):
    """The values as a browser sends them: `rename` around radio buttons, lists between markers."""
    pairs = []
    for name, value in values.items():
        pairs += _one(name, value)
    return pairs


def _one(name, value):
    if isinstance(value, dict):
        inside = [pair for each, one in value.items() for pair in _one(each, one)]
        return [("__start__", f"{name}:mapping"), *inside, ("__end__", f"{name}:mapping")]
    if isinstance(value, list):
        inside = [pair for one in value for pair in _one("item", one)]
        return [("__start__", f"{name}:sequence"), *inside, ("__end__", f"{name}:sequence")]
    return [(name, value)]
