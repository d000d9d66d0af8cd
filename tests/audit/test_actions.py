"""Whatever the portal records has a name that people can read."""

import ast

from wielkopolskaes.audit.actions import ACTIONS, label
from wielkopolskaes.settings import ROOT


def constants(node):
    """The strings that an expression can be."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return set()


def recorded():
    for path in sorted((ROOT / "wielkopolskaes").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from ((path.relative_to(ROOT), *found) for found in calls(function))


def calls(function):
    assigned = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
            action = node.args[1]
            if isinstance(action, ast.Name):
                action = assigned.get(action.id)
            yield node.lineno, constants(action)


def test_every_recorded_action_is_known():
    found = list(recorded())

    unreadable = [f"{path}:{line}" for path, line, actions in found if not actions]
    unknown = {action for _path, _line, actions in found for action in actions} - set(ACTIONS)
    assert len(found) > 10
    assert unreadable == []
    assert unknown == set()


def test_labels_are_translatable_and_differ():
    assert all(each.domain == "wielkopolskaes" for each in ACTIONS.values())
    assert len(set(ACTIONS.values())) == len(ACTIONS)


def test_an_action_of_a_later_version_keeps_its_name():
    assert label("item.sung") == "item.sung"
