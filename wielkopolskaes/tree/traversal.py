"""From a URL path to an item in one query."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPServiceUnavailable
from pyramid.traversal import split_path_info
from sqlalchemy import BindParameter, Select, bindparam, func, inspect, select
from sqlalchemy.orm import Session, class_mapper, load_only
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from wielkopolskaes.db import opened_session, read, writes
from wielkopolskaes.tree.models import MAX_PATH, Node
from wielkopolskaes.types import Request

# What permissions, breadcrumbs and redirects need of each item on the way.
ON_THE_WAY = (
    Node.id, Node.kind, Node.version, Node.parent_id, Node.slug, Node.path, Node.title,
    Node.nav_title, Node.lang, Node.state, Node.first_public_at, Node.visible_from,
    Node.visible_until, Node.restricted, Node.readable_from, Node.readable_until, Node.owner_id,
)  # fmt: skip
# Every page asks this: the statement is built once.
_LINEAGE = (
    select(Node)
    .where(Node.path.in_(bindparam("paths", expanding=True)))
    .order_by(func.length(Node.path))
    .options(load_only(*ON_THE_WAY))
)


class SiteRoot:
    """What the traverser is registered for; it holds nothing and grants nothing."""

    def __init__(self, request: Request) -> None:
        self.request = request


def prefixes(segments: Sequence[str]) -> list[str]:
    """List the paths of everything that could stand on the way, root first."""
    paths, path = ["/"], ""
    for segment in segments:
        path = f"{path}/{segment}"
        if len(path) > MAX_PATH:
            break
        paths.append(path)
    return paths


def load_lineage(session: Session, segments: Sequence[str]) -> list[Node]:
    """Load the items along the path, root first, up to the deepest that exists.

    They come with the columns of ON_THE_WAY; `load_rest` brings the others of one item.
    """
    nodes = session.scalars(_LINEAGE, {"paths": prefixes(segments)}).all()
    put_in_line(nodes)
    return list(nodes)


class Above(NamedTuple):
    """An item on the way to another one, as far as pages for readers tell of it."""

    id: int
    kind: str
    path: str
    title: str
    nav_title: str | None
    lang: str


def look_up(request: Request, segments: Sequence[str]) -> Node | None:
    """Load the deepest item along the path, for a session that is read once and holds nothing.

    It is what `load_lineage` would end with, at a part of the price: the ORM's way of loading
    costs more than the query. The item is in no session yet (`hold` puts it there): it has the
    columns of ON_THE_WAY, and fails when asked for more. The row of an item that stands right
    there is remembered until the item changes; what is found on the way to nothing is not.
    """
    paths = prefixes(segments)
    row = request.recall(
        ("row", paths[-1]), _tags, lambda: _read_deepest(request.dbsession, paths),
        _stands_at(paths[-1]),
    )  # fmt: skip
    return None if row is None else _detached(row)


def hold(session: Session, node: Node) -> Node:
    """Put an item that was looked up into a session: what it has not, is loaded when asked for."""
    held = session.identity_map.get(identity_key(type(node), node.id))
    if held is None:
        session.add(node)
    return held or node


def find_deepest(request: Request, segments: Sequence[str]) -> Node | None:
    """Look the deepest item up, and hold it in the request's session."""
    node = look_up(request, segments)
    return None if node is None else hold(request.dbsession, node)


def recall_above(request: Request, node: Node) -> list[Above]:
    """List what stands above the item, the nearest first, remembered for all items of one place.

    One query the first time; as `look_up`, for a session that is only read.
    """
    return [Above(**{name: row[name] for name in Above._fields}) for row in _above(request, node)]


def attach_above(request: Request, node: Node) -> bool:
    """Attach to the item what stands above it, as items of the request's session.

    False where its address does not tell what stands above.
    """
    session, rows = request.dbsession, _above(request, node)
    if (rows[0]["id"] if rows else None) != node.parent_id:
        return False
    put_in_line([*(attach(session, row) for row in reversed(rows)), node])
    return True


def put_in_line(way: Sequence[Node]) -> None:
    """Let each item, root first, know the one above it."""
    for parent, child in pairwise(way):
        set_committed_value(child, "parent", parent)


def is_only_read(request: Request) -> bool:
    """Tell whether rows may become items as they are.

    A session that holds items already may hold these, or know better than the table.
    """
    held = opened_session(request) or ()
    return not writes(request) and not any(isinstance(each, Node) for each in held)


def attach(session: Session, row: dict[str, Any]) -> Node:
    """Make the item of a row, which has COLUMNS, in a session that `is_only_read`."""
    return hold(session, _detached(row))


def _above(request: Request, node: Node) -> list[dict[str, Any]]:
    paths = prefixes(node.path.strip("/").split("/"))[:-1]
    if node.path == "/":
        return []

    def load() -> list[dict[str, Any]]:
        found = read(request.dbsession, _ABOVE, {"paths": paths})
        return [dict(row._mapping) for row in found]

    return request.recall(
        ("above", paths[-1]), lambda rows: [f"node:{row['id']}" for row in rows], load,
        lambda rows: len(rows) == len(paths),
    )  # fmt: skip


def _read_deepest(session: Session, paths: list[str]) -> dict[str, Any] | None:
    values = {f"p{number}": path for number, path in enumerate(paths)}
    row = read(session, _deepest(len(paths)), values).first()
    return None if row is None else dict(row._mapping)


def _tags(row: dict[str, Any] | None) -> list[str]:
    return [f"node:{row['id']}"] if row else []


def _stands_at(path: str) -> Callable[[dict[str, Any] | None], bool]:
    return lambda row: row is not None and row["path"] == path


_TABLE = Node.__table__
# Those of ON_THE_WAY, for `attach`.
COLUMNS = [_TABLE.c[attribute.key] for attribute in ON_THE_WAY]
_ABOVE = (
    select(*COLUMNS)
    .where(_TABLE.c.path.in_(bindparam("paths", expanding=True)))
    .order_by(func.length(_TABLE.c.path).desc())
)


@cache
def _deepest(count: int) -> Select[Any]:
    paths: list[BindParameter[str]] = [bindparam(f"p{number}") for number in range(count)]
    deepest = func.length(_TABLE.c.path).desc()
    return select(*COLUMNS).where(_TABLE.c.path.in_(paths)).order_by(deepest).limit(1)


def _detached(row: dict[str, Any]) -> Node:
    """Make the item of a row as the ORM makes it when it finds the row in a cache."""
    node: Node = class_mapper(Node).polymorphic_map[row["kind"]].class_manager.new_instance()
    node.__dict__.update(row)
    # As `make_transient_to_detached` does, which finds out anew each time what is not loaded.
    state = inspect(node)
    state.key = identity_key(Node, row["id"])
    state.expired_attributes.update(_not_on_the_way(type(node)))
    return node


@cache
def _not_on_the_way(model: type[Node]) -> frozenset[str]:
    names = {attribute.key for attribute in inspect(model).column_attrs}
    return frozenset(names - {attribute.key for attribute in ON_THE_WAY})


def load_rest(session: Session, node: Node) -> None:
    """Load the other columns of an item with one query, those of its own type's table too.

    Reading the attributes would load them as well, one query for each; columns that are
    always deferred are left to that.
    """
    names, statement = _rest(type(node))
    if names and names[0] not in node.__dict__:
        row = read(session, statement, {"id": node.id}).one()
        for name, value in zip(names, row, strict=True):
            set_committed_value(node, name, value)


@cache
def _rest(model: type[Node]) -> tuple[list[str], Select[Any]]:
    known = {attribute.key for attribute in ON_THE_WAY}
    mapper = inspect(model)
    rest = [a for a in mapper.column_attrs if not a.deferred and a.key not in known]
    columns = [attribute.columns[0] for attribute in rest]
    query = select(*columns).select_from(mapper.persist_selectable)
    return [a.key for a in rest], query.where(Node.__table__.c.id == bindparam("id"))


class NodeTraverser:
    """Pyramid's walk from the root to the context, at the same cost for any depth."""

    def __init__(self, root: SiteRoot) -> None:
        self.root = root

    def __call__(self, request: Request) -> dict[str, Any]:
        """Find the context; what is left of the path names a view."""
        if request.matched_route is not None:
            return _found(self.root, self.root, subpath=request.matchdict.get("subpath", ()))
        segments = split_path_info(request.path_info)
        context = self._find(request, segments)
        if context is None:
            raise HTTPServiceUnavailable("The portal has no content yet.")
        depth = context.path.count("/") if context.path != "/" else 0
        # No view of an item takes a subpath: what is left must be the name of a view, whole.
        return _found(self.root, context, "/".join(segments[depth:]), traversed=segments[:depth])

    @staticmethod
    def _find(request: Request, segments: Sequence[str]) -> Node | None:
        if not is_only_read(request):
            return next(reversed(load_lineage(request.dbsession, segments)), None)
        found = look_up(request, segments)
        # The page of an item may be kept, and then needs no session: its view holds the item.
        if found is None or found.path == prefixes(segments)[-1]:
            return found
        return hold(request.dbsession, found)


def _found(
    root: Any,
    context: Any,
    view_name: str = "",
    *,
    subpath: Sequence[str] = (),
    traversed: Sequence[str] = (),
) -> dict[str, Any]:
    return {
        "root": root,
        "context": context,
        "view_name": view_name,
        "subpath": tuple(subpath),
        "traversed": tuple(traversed),
        "virtual_root": root,
        "virtual_root_path": (),
    }
