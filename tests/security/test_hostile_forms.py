"""Forms that no page of ours would send: files in place of words, endless and foreign numbers."""

import re
from datetime import UTC, datetime

import pytest
from webtest import Upload

from wielkopolskaes.content.page.models import Page
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.settings import ROOT
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

READ = re.compile(r"(?:POST\.get\(|posted\(request, |typed\(request, )\"(\w+)\"")
KEPT = {"csrf_token", "seen"}
NAMES = sorted(
    {name for path in (ROOT / "wielkopolskaes").rglob("*.py")
     for name in READ.findall(path.read_text(encoding="utf-8"))} - KEPT
)  # fmt: skip
HOSTILE = {
    "a file": lambda: Upload("a.txt", b"x", "text/plain"),
    "a file of nothing": lambda: Upload("", b"", "application/octet-stream"),
    "digits": lambda: "9" * 5000,
    "foreign digits": lambda: "٣" * 8,
    "something long": lambda: "a" * 70_000,
}


@pytest.fixture
def items(root, make, db):
    draft = make(Page, root, "szkic", state=State.DRAFT)
    thrown = make(Page, root, "w-koszu", state=State.DRAFT)
    trash(db, thrown, now=datetime.now(UTC))
    return draft, make(Page, root, "strona"), thrown


def addresses(registry, node):
    """Every address of the desk that takes a form, about this item where it is about one."""
    parts = {"id": str(node.id), "kind": "page"}
    category = registry.introspector.get_category
    patterns = {
        route["introspectable"]["name"]: route["introspectable"]["pattern"]
        for route in category("routes")
    }
    for entry in category("views"):
        view = entry["introspectable"]
        pattern = patterns.get(view["route_name"], "")
        if pattern.startswith("/redakcja/") and "POST" in (view["request_methods"] or ()):
            yield re.sub(r"\{(\w+)(:[^}]*)?\}", lambda m: parts.get(m[1], "x"), pattern)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_field_can_break_a_form_of_the_desk(registry, log_in, person, items, kind):
    app = log_in(person(Role.ADMINISTRATOR))
    token = app.get("/konto/haslo").html.find("input", {"name": "csrf_token"})["value"]
    assert {"under", "slug", "id", "dokad", "reason", "html"} <= set(NAMES)
    broken = {}
    for node in items:
        own = {"csrf_token": token, "seen": node.state.value}
        for path in sorted(set(addresses(registry, node))):
            form = own | {name: HOSTILE[kind]() for name in NAMES}
            answer = app.post(path, form, status="*")
            if answer.status_int >= 500:
                broken[path] = answer.status_int

    assert broken == {}
