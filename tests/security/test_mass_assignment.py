"""Every column of every table is added to every form: only what a form offers is changed."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from tests.content.items import filled
from tests.security.test_matrix import pattern_of, views
from wielkopolskaes.accounts.services import invite
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.db import Base
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.results.models import Result
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

CANARY, LATER = "kanarek7391", datetime(2031, 7, 7, 7, 7, tzinfo=UTC)
NOW = datetime.now(UTC)
# Forms that end the login they are sent under, or belong to a login that is not complete; and
# clicks, which are no form (tests/search/report/test_clicks.py); and what programs ask by POST
# without changing anything.
ELSEWHERE = {"account.logout", "account.code", "account.enrol", "desk.resume", "search.click"}
ELSEWHERE |= {"oai"}
FEWEST_TAKEN = 25


@pytest.fixture
def things(registry, db, make, root, section, person):
    """Something of every kind that a form is about: the numbers by the beginning of a route."""
    body = filled(registry.content_types["article"].schema(), "Słowo", {})
    news = section("aktualnosci")
    draft = make(Article, news, "szkic", state=State.DRAFT, **body)
    waiting = make(Article, news, "czeka", state=State.DRAFT, **body)
    online = make(Article, news, "jest", **body)
    result = make(Result, news, "rezultat", **filled(
        registry.content_types["result"].schema(), "Słowo", {}))  # fmt: skip
    thrown = make(Article, news, "w-koszu", state=State.DRAFT, **body)
    waiting.state = State.IN_REVIEW
    trash(db, thrown, now=NOW)
    ewa = person(Role.EDITOR, name="Ewa Próba", totp_secret="x", totp_enrolled_at=NOW)
    invite(db, email="jan@example.org", name="Jan", now=NOW)
    job = Job(kind="sweep", payload={}, run_after=NOW, dead_at=NOW)
    version = PublicVersion(node_id=result.id, number=1, since=NOW, until=NOW, content={"a": "b"})
    db.add_all((job, version))
    db.flush()
    items = [node.id for node in (news, draft, waiting, online, thrown)]
    return {"desk.person": [ewa.id], "desk.letter": [db.scalar(select(Letter.id))],
            "desk.job": [job.id], "desk.version": [version.id], "desk.": items,
            "account.": [ewa.id], "alerts.": [1], "adoptions.": [1]}  # fmt: skip


def addresses(registry, things):
    """Every address that takes a form, with each thing that it may be about."""
    for row in sorted(set(views(registry))):
        route, method = row.split()
        if method != "POST" or "/" in route or route in ELSEWHERE:
            continue
        pattern = pattern_of(registry, route)
        ids = next(ids for start, ids in things.items() if route.startswith(start))
        for id_ in ids if "{id" in pattern else ids[:1]:
            parts = {"id": str(id_), "kind": "page", "token": "t" * 43}
            yield re.sub(r"\{(\w+)(:(?:[^{}]|\{[^{}]*\})*)?\}", lambda m: parts[m[1]], pattern)  # noqa: B023


def form_for(app, path):
    """Find the form that our own pages send to the address: its names, and what it would send."""
    above = path.rpartition("/")[0]
    for shown in (path, above, above.rpartition("/")[0], f"{above}?stan=martwe"):
        page = app.get(shown, status="*")
        if page.content_type != "text/html":
            continue
        for form in page.forms.values():
            if form.method.upper() == "POST" and urlsplit(urljoin(shown, form.action)).path == path:
                return names_in(form), form.submit_fields()
    token = next(f for f in app.get("/konto").forms.values() if "csrf_token" in f.fields)
    return {"csrf_token"}, [("csrf_token", token["csrf_token"].value)]


def names_in(form):
    """Name what the form offers, the groups that its structure markers name too."""
    names = set(filter(None, form.fields))
    return names | {v.partition(":")[0] for n, v in form.submit_fields() if n == "__start__"}


def forged(offered, things):
    """Give every column that the form does not offer a value that would be seen."""
    kinds = {int: str(things["desk."][0]), bool: "1", datetime: LATER.isoformat(),
             date: LATER.date().isoformat()}  # fmt: skip
    found = {"state": "published", "role": "role:administrator", "kind": "page"}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            try:
                kind = column.type.python_type
            except NotImplementedError:
                kind = str
            found.setdefault(column.name, kinds.get(kind, CANARY))
    return [(name, value) for name, value in found.items() if name not in offered]


def stored(db):
    """Read every table: what is there, and how often each value that no chance has made."""
    rows, counted = [], Counter()
    for table in Base.metadata.sorted_tables:
        for row in db.execute(select(table)).mappings():
            rows.append(str(dict(row)))
            for name, value in row.items():
                is_key = table.c[name].primary_key or table.c[name].foreign_keys
                if isinstance(value, int) and not is_key and name not in MOVING:
                    counted[table.name, name, value] += 1
                elif name in ("state", "role", "trashed_from", "kind", "owner_id", "parent_id"):
                    counted[table.name, name, str(value)] += 1
    return rows, counted


# Seconds and numbers of the moment.
MOVING = {"totp_step", "newest_id", "start_id", "subject_id", "actor_id"}


def test_no_form_changes_what_it_does_not_offer(registry, db, log_in, person, things):
    app = log_in(person(Role.ADMINISTRATOR, totp_enrolled_at=NOW))
    changed, taken = {}, 0
    for path in addresses(registry, things):
        offered, fields = form_for(app, path)
        found = []
        for more in ([], forged(offered, things)):
            savepoint = db.begin_nested()
            answer = app.post(path, [*fields, *more], status="*")
            found.append((answer.status_int, *stored(db)))
            if savepoint.is_active:
                savepoint.rollback()
            db.expire_all()
        (status, _rows, plain), (code, rows, counts) = found
        taken += status == 303
        odd = [row for row in rows if CANARY in row or "2031" in row]
        if odd or code != status or plain != counts:
            changed[path] = (status, code, odd, plain - counts, counts - plain)

    assert changed == {}
    assert taken > FEWEST_TAKEN
