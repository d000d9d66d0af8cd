"""Paste from Word: hidden parts go, paragraphs that only look like lists become nested lists.

Word on the desktop writes ``<p style="mso-list:l0 level2 lfo1">`` with the bullet as text in a
``mso-list:Ignore`` span; Word online writes flat lists whose items say ``aria-level``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wielkopolskaes.content.richtext.fakes import number
from wielkopolskaes.content.richtext.lists import numbering
from wielkopolskaes.content.richtext.marks import is_hidden, style_of
from wielkopolskaes.content.richtext.reader import Leaf, Node

_LEVEL = re.compile(r"\bl[0-9]+ level([1-9])\b")
_MAX_WRAPPERS = 3


class Item(NamedTuple):
    """One item with its depth and the list that it asks for."""

    level: int
    list_name: str
    attrs: dict[str, str]
    node: Node


def rebuild(node: Node) -> Node:
    """Make real lists of Word's and drop what it hides, everywhere below."""
    children: list[Node | Leaf] = []
    items: list[Item] = []
    for child in node.children:
        if isinstance(child, Node) and is_hidden(child.attrs):
            continue
        found = _items(child)
        if found:
            items += found
        elif isinstance(child, Node) or child.void or child.text.strip():
            children += [*_nest(items), rebuild(child) if isinstance(child, Node) else child]
            items = []
        elif not items:
            children.append(child)
    node.children = [*children, *_nest(items)]
    return node


def _items(child: Node | Leaf) -> list[Item]:
    if not isinstance(child, Node):
        return []
    level = _word_level(child)
    if level and child.name == "p":
        return [_word_item(child, level)]
    return list(_online_items(child))


def _word_level(node: Node) -> int:
    if "mso-list" not in node.attrs.get("style", ""):
        return 0
    match = _LEVEL.search(style_of(node.attrs).get("mso-list", ""))
    return int(match[1]) if match else 0


def _word_item(node: Node, level: int) -> Item:
    marker = "".join(leaf.text for leaf in node.leaves() if _is_marker(leaf))
    rest = [c for c in node.children if not (isinstance(c, Leaf) and _is_marker(c))]
    name, attrs = _kind(marker.strip())
    kept = {key: value for key, value in node.attrs.items() if key == "lang"}
    return Item(level, name, attrs, Node("li", kept, rest))


def _is_marker(leaf: Leaf) -> bool:
    return any("ignore" in style_of(tag.attrs).get("mso-list", "") for tag in leaf.marks)


def _kind(marker: str) -> tuple[str, dict[str, str]]:
    """Read the list's name and numbering off a marker: "1.", "b)", "iv.", or any bullet."""
    sign = marker.strip("().")
    if sign == marker or not sign:
        return "ul", {}
    upper = sign.isupper()
    found = number(f"{sign.rpartition('.')[2].lower()}) x")
    if found is None:
        return "ul", {}
    kind = "i" if found.values.get("i") == 1 or "a" not in found.values else "a"
    kind = "1" if "1" in found.values else kind
    attrs = {"start": str(found.values[kind])}
    return "ol", attrs if kind == "1" else {**attrs, "type": kind.upper() if upper else kind}


def _online_items(node: Node) -> Iterator[Item]:
    """Yield the items of a flat list that says its depth in attributes."""
    for _ in range(_MAX_WRAPPERS):
        inner = [child for child in node.children if isinstance(child, Node)]
        if node.name == "div" and len(inner) == len(node.children) == 1:
            node = inner[0]
    if node.name not in ("ul", "ol"):
        return
    entries = [child for child in node.children if isinstance(child, Node)]
    if not all(entry.name == "li" and _online_level(entry) for entry in entries):
        return
    if any(inner.name in ("ul", "ol") for entry in entries for inner in _nodes(entry)):
        return
    for entry in entries:
        yield Item(_online_level(entry), node.name, dict(numbering(node)), entry)


def _nodes(node: Node) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, Node))


def _online_level(entry: Node) -> int:
    value = entry.attrs.get("data-aria-level") or entry.attrs.get("aria-level", "")
    return int(value) if value in tuple("123456789") else 0


def _nest(items: list[Item]) -> list[Node]:
    """Nest items by their levels."""
    tops: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for item in items:
        while stack and stack[-1][0] > item.level:
            stack.pop()
        if stack and stack[-1][0] == item.level and stack[-1][1].name != item.list_name:
            stack.pop()
        if not stack or stack[-1][0] < item.level:
            made = Node(item.list_name, item.attrs)
            (_last_item(stack[-1][1]).children if stack else tops).append(made)
            stack.append((item.level, made))
        stack[-1][1].children.append(item.node)
    return tops


def _last_item(node: Node) -> Node:
    last = node.children[-1]
    assert isinstance(last, Node)
    return last
