"""The table of all views: nobody gets through whom it does not name, nobody named is refused."""

import re
from datetime import timedelta

import pytest
import yaml

from tests.conftest import LONG_AGO, NOW
from tests.content.items import filled
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.media.models import Blob
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.settings import ROOT
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import restrict, trash
from wielkopolskaes.tree.states import State

TABLE = yaml.safe_load((ROOT / "schemas" / "permissions.yaml").read_text(encoding="utf-8"))
VIEWS = TABLE["views"]
STATES = list(TABLE["items"]["seen"])
LETTERS = TABLE["everybody"].split()
ROLES = {
    "R": Role.READER, "U": Role.AUTHOR, "O": Role.AUTHOR, "E": Role.EDITOR,
    "P": Role.PUBLISHER, "A": Role.ADMINISTRATOR,
}  # fmt: skip
# Addresses of views that are not about an item. What they name does not exist: whoever gets
# through hears so, and whoever does not is refused before.
MISSING = "999999"
PARTS = {"sha": "0" * 64, "name": "320.webp", "filename": "a.pdf", "release": "0", "number": "1",
         "token": "t" * 43, "kind": "page", "subpath": "css/site.css", "id": MISSING,
         "code": "NIC", "format": "bib", "ending": "ttl"}  # fmt: skip


def views(registry):
    """Name every view but those of errors: `route METHOD`, or `item's type/name METHOD`.

    A route whose factory gives one of several contexts has a view for each: `route/context`.
    """
    for entry in registry.introspector.get_category("views"):
        view = entry["introspectable"]
        context = view["context"]
        if isinstance(context, type) and issubclass(context, Exception):
            continue
        if view["route_name"] is None and not (
            isinstance(context, type) and issubclass(context, Node)
        ):
            continue
        methods = view["request_methods"] or ("GET",)
        name = view["route_name"] or f"{context.__name__}/{view['name']}"
        if view["route_name"] and isinstance(context, type):
            name = f"{name}/{context.__name__}"
        for method in [methods] if isinstance(methods, str) else methods:
            if method != "HEAD":
                yield f"{name} {method}"


def test_every_view_has_its_row_and_every_row_its_view(registry):
    assert sorted(VIEWS) == sorted(set(views(registry)))


def test_no_view_hides_behind_the_name_of_another(registry):
    named = list(views(registry))
    assert sorted(set(named)) == sorted(named)


def test_every_view_names_its_permission(registry):
    unnamed = [
        entry["introspectable"]["route_name"]
        for entry in registry.introspector.get_category("views")
        if (entry["introspectable"]["route_name"] or "").startswith(("desk.", "account."))
        and not any(r.category_name == "permissions" for r in entry["related"])
    ]
    assert unnamed == []


@pytest.fixture
def everybody(db, browser, person, log_in, section):
    """A browser for each letter of the table; all roles hold in the section `tu` alone."""
    here, elsewhere = section("tu"), section("gdzie-indziej")
    people = {letter: person((role, here)) for letter, role in ROLES.items() if letter != "A"}
    people |= {"N": person(), "X": person((Role.EDITOR, elsewhere))}
    people["A"] = person(Role.ADMINISTRATOR)
    browsers = {letter: log_in(who) for letter, who in people.items()}
    return {"S": browser, **browsers}, people, here


@pytest.fixture
def in_state(registry, db, make, everybody):
    """Make an item in the section, in the care of O, in any state of the table."""
    _browsers, people, here = everybody

    def in_state(model, state):
        under = here
        if state == "restricted":
            under = make(Section, here, "dla-wybranych")
            restrict(db, under, restricted=True, now=LONG_AGO)
        wanted = {"restricted": State.PUBLISHED, "expired": State.PUBLISHED,
                  "trashed": State.DRAFT}.get(state) or State(state)  # fmt: skip
        item = make(
            model, under, "rzecz", state=wanted, **fields_of(registry, model, db),
            publish_at=NOW + timedelta(days=2) if state == "scheduled" else None,
            expires_at=NOW - timedelta(days=1) if state == "expired" else None,
        )  # fmt: skip
        item.owner_id = people["O"].id
        db.flush()
        if state == "trashed":
            trash(db, item, now=NOW)
        return item

    return in_state


def fields_of(registry, model, db):
    """Fill in every field of a type; a picture or a document has a file, too."""
    content_type = registry.content_types[model.__mapper__.polymorphic_identity]
    fields = filled(content_type.schema(), "Słowo", {})
    if "sha256" not in model.__mapper__.c:
        return fields
    blob = {"sha256": "a" * 64, "mime": "image/png", "size": 1, "width": 1, "height": 1}
    if db.get(Blob, blob["sha256"]) is None:
        db.add(Blob(upload_sha256="b" * 64, **blob))
    return (
        fields
        | {n: v for n, v in blob.items() if n in model.__mapper__.c}
        | ({"filename": "a.pdf"} if "filename" in model.__mapper__.c else {})
    )


def pattern_of(registry, route):
    category = registry.introspector.get_category("routes")
    return next(
        entry["introspectable"]["pattern"]
        for entry in category
        if entry["introspectable"]["name"] == route
    )


def address(registry, route, **parts):
    """Fill in the route's pattern."""
    pattern = re.sub(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}", r"{\1}", pattern_of(registry, route))
    pattern = pattern.replace("*subpath", "{subpath}")
    return pattern.format(**{**PARTS, **parts})


def ask(db, app, method, path, **fields):
    """Ask with a valid token, undo what the answer did, and return the answer."""
    savepoint = db.begin_nested()
    if method == "GET":
        answer = app.get(path, expect_errors=True)
    else:
        form = {"csrf_token": token_of(app), **fields}
        answer = app.post(path, form, expect_errors=True)
    if savepoint.is_active:
        savepoint.rollback()
    db.expire_all()
    # Here no worker runs, and no migration has: that is what this one view is there to say.
    assert answer.status_int < 500 or path == "/readyz", f"{method} {path}: {answer.status}"
    return answer


def token_of(app):
    """Read the token of the person's login, or of a stranger's browser, from a page, once."""
    if not hasattr(app, "token"):
        page = app.get("/konto", expect_errors=True)
        page = (page if page.status_int == 200 else app.get("/zaloguj")).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        app.token = found[1] if found else ""
    return app.token


def is_refused(answer):
    """Tell a refusal from "there is no such thing", which only those within hear.

    The door remembers where somebody wanted to go; pages of the login itself do not.
    """
    to_login = "/zaloguj?powrot=" in answer.headers.get("Location", "")
    return to_login or answer.status_int in {400, 403}


@pytest.mark.parametrize("row", [name for name, who in VIEWS.items() if isinstance(who, dict)])
def test_views_of_an_item_open_to_whom_the_table_names(row, registry, db, everybody, in_state):
    name, method = row.split()
    browsers, _people, _here = everybody
    allowed = TABLE["items"][VIEWS[row]["item"]]
    deviations = []
    for state in STATES if db.get_bind().dialect.name == "sqlite" else ["draft", "published"]:
        # The rules are the same on PostgreSQL; test_access.py compares them there state by state.
        savepoint = db.begin_nested()
        item = in_state(model_of(registry, name), state)
        path = address_of(registry, name, item)
        for letter, app in browsers.items():
            answer = ask(db, app, method, path)
            got = not (is_refused(answer) or answer.status_int in {404, 410})
            if got != (letter in allowed[state].split()):
                deviations.append(f"{state}: {letter} {'gets through' if got else 'is refused'}")
        savepoint.rollback()
        db.expire_all()
    assert deviations == []


ABOUT = dict.fromkeys(("desk.add", "desk.add_kind", "desk.children", "desk.order"), Section)
ABOUT |= {"desk.upload": Section, "desk.describe": Image, "desk.replace": Image}


def model_of(registry, name):
    """Choose an item that the view is for."""
    if "/" not in name:
        return ABOUT.get(name, Article)
    wanted = name.split("/")[0]
    return next(t.model for t in registry.content_types.values() if t.model.__name__ == wanted)


def address_of(registry, name, item):
    if "/" in name:
        return f"{item.path.rstrip('/')}/{name.split('/')[1]}".rstrip("/")
    return address(registry, name, id=item.id)


PRIVATE = ("people", "staff", "editors", "administrators")


@pytest.mark.parametrize("row", [name for name, who in VIEWS.items() if who in PRIVATE])
def test_other_private_views_open_to_whom_the_table_names(row, registry, db, everybody):
    name, method = row.split()
    path = address(registry, name)

    refused = {
        letter for letter, app in everybody[0].items() if is_refused(ask(db, app, method, path))
    }

    assert refused == set(LETTERS) - set(TABLE[VIEWS[row]].split())


# What these forms need, to be more than a malformed request.
FIELDS = {
    "desk.resume POST": {"target": "/redakcja/tresci/1/edycja"},
    "search.click POST": {"bilet": f"2026-05-04.pl.{'0' * 32}.{'0' * 64}", "miejsce": "1"},
}
# No address leads there but a form whose login has ended: tests/newsroom/test_expired.py.
EXPIRED = {row for row in VIEWS if "/Expired " in row}


def test_views_for_everybody_refuse_nobody(registry, db, everybody):
    rows = {name for name, who in VIEWS.items() if who == "everybody"} - EXPIRED
    refused = []
    # Whoever leaves has left: that form comes last.
    for row in sorted(rows, key=lambda row: ("logout" in row, row)):
        name, method = row.split()
        for letter, app in everybody[0].items():
            answer = ask(db, app, method, address(registry, name), **FIELDS.get(row, {}))
            if is_refused(answer):
                refused.append((row, letter, answer.status))

    assert refused == []
