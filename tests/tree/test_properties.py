"""Random sequences of the tree's verbs: paths, parents, order and windows always agree."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.databases import KINDS, own_database
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import Base, for_writing, make_engine
from wielkopolskaes.tree import services
from wielkopolskaes.tree.check import find_faults
from wielkopolskaes.tree.models import Node, Redirect
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.queries import published_now, readable_now
from wielkopolskaes.tree.slugs import SlugError
from wielkopolskaes.tree.states import State
from wielkopolskaes.tree.visibility import EVER, NEVER, own_window

REFUSALS = (SlugError, PathTooLong, services.CannotHoldItself, services.NotAllowedNow,
            services.NotTheChildren, services.ParentInTrash)  # fmt: skip

index = st.integers(0, 11)
slug = st.sampled_from(["a", "b", "c", "a-b"])
operation = st.one_of(
    st.tuples(st.just("place"), index, slug),
    st.tuples(st.just("move"), index, index),
    st.tuples(st.just("rename"), index, slug),
    st.tuples(st.just("reverse"), index),
    st.tuples(st.just("trash"), index),
    st.tuples(st.just("restore"), index),
    st.tuples(st.just("restrict"), index, st.booleans()),
    st.tuples(st.just("state"), index, st.sampled_from(list(State)), st.integers(-2, 2)),
)


def apply(db, name, *args):
    nodes = db.scalars(select(Node).order_by(Node.id)).all()
    pick = nodes[args[0] % len(nodes)]
    if name == "place":
        services.place(db, Section(title="x"), under=pick, slug=args[1])
    elif name == "move":
        services.move(db, pick, under=nodes[args[1] % len(nodes)], now=NOW)
    elif name == "rename":
        services.rename(db, pick, args[1], now=NOW)
    elif name == "reverse":
        children = select(Node.id).where(Node.parent_id == pick.id).order_by(Node.position.desc())
        services.reorder(db, pick, db.scalars(children).all(), now=NOW)
    elif name == "restrict":
        services.restrict(db, pick, restricted=args[1], now=NOW)
    elif name == "state":
        at = NOW + timedelta(days=args[2])
        services.change_state(db, pick, args[1], now=NOW, publish_at=at)
    else:
        getattr(services, name)(db, pick, now=NOW)


def check(db):
    db.flush()
    db.expire_all()
    nodes = {node.id: node for node in db.scalars(select(Node))}
    for node in nodes.values():
        parent = nodes.get(node.parent_id)
        assert node.path == (f"{parent.path.rstrip('/')}/{node.slug}" if parent else "/")
        window, restricted = seen(node, nodes)
        assert (NEVER if restricted else window) == (node.visible_from, node.visible_until)
        assert (window if restricted else NEVER) == (node.readable_from, node.readable_until)
    siblings = [(node.parent_id, node.position) for node in nodes.values()]
    assert len(set(siblings)) == len(siblings)
    assert len({node.path for node in nodes.values()}) == len(nodes)
    assert [r.path for r in db.scalars(select(Redirect)) if nodes[r.node_id].path == r.path] == []
    assert set(db.scalars(select(Node.id).where(published_now(NOW)))) == {
        node.id for node in nodes.values() if node.is_public(NOW)
    }
    assert set(db.scalars(select(Node.id).where(readable_now(NOW)))) == {
        node.id for node in nodes.values() if node.is_readable(NOW)
    }
    assert find_faults(db) == []


def seen(node, nodes):
    """Its window cut by those of all above it, and whether anything on the way is restricted."""
    window, restricted = EVER, False
    while node is not None:
        own = own_window(node.state, node.publish_at, node.expires_at)
        window, restricted = own.within(window), restricted or node.restricted
        node = nodes.get(node.parent_id)
    return window, restricted


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(operation, min_size=1, max_size=14))
def test_any_sequence_of_verbs_leaves_the_tree_consistent(engine, operations):
    with engine.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint") as db:
            root = services.plant(db, Section(title="root"))
            services.change_state(db, root, State.PUBLISHED, now=NOW)
            for name, *args in operations:
                with suppress(REFUSALS):
                    apply(db, name, *args)
                check(db)
        outer.rollback()


@pytest.fixture(params=KINDS)
def committed(request, tmp_path):
    """An engine on a database of its own, where transactions really commit."""
    with own_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def in_transaction(engine, verb):
    with Session(for_writing(engine)) as db, db.begin():
        verb(db)


def at_once(engine, verbs):
    """Run each verb in a thread and a transaction of its own; a refusal is an answer too."""
    barrier = Barrier(len(verbs))
    failures = []

    def run(verb):
        barrier.wait()
        try:
            in_transaction(engine, verb)
        except REFUSALS:
            pass
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def grow(db):
    root = services.plant(db, Section(title="root"))
    for name in "abcd":
        branch = services.place(db, Section(title=name), under=root, slug=name)
        for leaf in "xyz":
            services.place(db, Section(title=leaf), under=branch, slug=leaf)


def by_path(db, path):
    return db.scalar(select(Node).where(Node.path == path))


def mover(source, target):
    def verb(db):
        node, under = by_path(db, source), by_path(db, target)
        if node is not None and under is not None:
            services.move(db, node, under=under, now=NOW)

    return verb


def test_moves_at_the_same_time_cannot_corrupt_the_tree(committed):
    in_transaction(committed, grow)
    for _ in range(3):
        at_once(committed, [mover("/a", "/b"), mover("/b", "/a"), mover("/c/x", "/a/x"),
                            mover("/a/x", "/d"), mover("/d", "/c")])  # fmt: skip
        in_transaction(committed, check)

    with Session(committed) as db:
        assert db.scalar(select(func.count()).select_from(Node)) == 17


def test_of_two_who_want_a_slug_at_the_same_time_one_gets_it(committed):
    in_transaction(committed, grow)

    def claim(db):
        services.place(db, Section(title="new"), under=by_path(db, "/a"), slug="nowe")

    at_once(committed, [claim, claim, claim])
    in_transaction(committed, check)
    with Session(committed) as db:
        assert db.scalar(select(func.count()).where(Node.path == "/a/nowe")) == 1


def test_who_archives_a_section_that_was_moved_meanwhile_hides_what_is_in_it(committed):
    def open_all(db):
        grow(db)
        for node in db.scalars(select(Node).order_by(func.length(Node.path))):
            services.change_state(db, node, State.PUBLISHED, now=NOW)

    in_transaction(committed, open_all)
    with Session(committed) as reader:
        stale = by_path(reader, "/a/x")
        reader.rollback()
    in_transaction(committed, lambda db: services.rename(db, by_path(db, "/a"), "inna", now=NOW))

    def archive(db):
        db.add(stale)
        services.change_state(db, stale, State.ARCHIVED, now=NOW)

    in_transaction(committed, archive)
    in_transaction(committed, check)


def test_two_who_throw_an_item_away_at_the_same_time_lose_nothing(committed):
    in_transaction(committed, grow)

    def throw_away(db):
        item = by_path(db, "/a")
        if item is not None:
            services.trash(db, item, now=NOW)

    at_once(committed, [throw_away, throw_away])
    in_transaction(committed, check)
    with Session(committed) as db:
        [item] = db.scalars(select(Node).where(Node.state == State.TRASHED))
        assert item.trashed_from is State.DRAFT
