"""A form that is opened and saved as it is changes nothing at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, inspect, select

from tests.databases import KINDS, own_database
from tests.newsroom.desks import Desk, form_on, sent_by_browser
from wielkopolskaes.content.loading import load
from wielkopolskaes.content.services import write
from wielkopolskaes.newsroom.editing.values import stored_values, uses_of
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node, Reference

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module", params=KINDS)
def desk(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        desk = Desk(url, folder)
        for tree in (CONTENT, CONTENT / "_demo"):
            with desk.work() as session:
                load(session, desk.registry, tree, now=datetime.now(UTC))
        yield desk
        desk.close()


def snapshot(desk):
    """Read every column of every item, and all references."""
    with desk.work() as session:
        items = {
            node.id: {a.key: getattr(node, a.key) for a in inspect(type(node)).column_attrs}
            for node in session.scalars(select(Node))
        }
        columns = (Reference.source_id, Reference.role, Reference.position, Reference.target_id)
        references = sorted(tuple(row) for row in session.execute(select(*columns)))
    return items, references


def test_every_item_of_the_starting_content_survives_its_form(desk):
    app = desk.log_in(desk.person(Role.ADMINISTRATOR))
    before = snapshot(desk)
    changed = {}
    for id_, item in before[0].items():
        address = f"/redakcja/tresci/{id_}/edycja"
        form = form_on(app.get(address))
        answer = app.post(address, sent_by_browser(form), expect_errors=True)
        if "gotowe=unchanged" not in answer.headers.get("Location", ""):
            changed[item["path"]] = answer.status
    assert changed == {}
    assert {item["kind"] for item in before[0].values()} == set(desk.kinds)
    assert snapshot(desk) == before


def test_the_form_of_a_news_item_takes_five_queries_and_thirty_kilobytes(desk):
    app = desk.log_in(desk.person(Role.EDITOR))
    with desk.work() as session:
        id_ = session.scalar(select(Node.id).where(Node.kind == "article").order_by(Node.path))
    address = f"/redakcja/tresci/{id_}/edycja"
    app.get(address)
    seen = []
    note = lambda _connection, _cursor, statement, *_rest: seen.append(statement)  # noqa: E731
    event.listen(desk.registry.engine, "before_cursor_execute", note)
    try:
        answer = app.get(address)
    finally:
        event.remove(desk.registry.engine, "before_cursor_execute", note)
    statements = [line for line in seen if not line.startswith("BEGIN")]
    assert len(statements) <= 5, "\n".join(s[:90] + " ... " + s[-60:] for s in statements)
    assert len(answer.body) <= 30_000


def test_it_is_as_true_when_the_item_is_written_anyway(desk):
    """What a save writes of an unchanged form is what was there: texts, references, card."""
    with desk.work() as session:
        for node in session.scalars(select(Node)):
            content_type = desk.registry.content_types[node.kind]
            schema = content_type.schema()
            values = stored_values(schema, node, uses_of(session, node))
            before = (node.rendered, node.card, node.folded, node.dated_on, node.image_id)
            uses = uses_of(session, node)
            write(session, node, content_type, values)
            assert (node.rendered, node.card, node.folded, node.dated_on, node.image_id) == before
            assert uses_of(session, node) == uses
        session.rollback()
