"""Which problems a function may raise, as far as its text says: what it raises, and what it calls by name."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from plumbing.problems import Problem
from tests.architecture.tree import packages


def raised_by(function: Callable[..., Any]) -> set[type[Problem]]:
    """The problems of the function and of everything of ours that it calls."""
    found: set[type[Problem]] = set()
    seen: set[Any] = set()
    waiting: list[Any] = [function]
    while waiting:
        function = inspect.unwrap(waiting.pop())
        if function in seen or not _is_ours(function):
            continue
        seen.add(function)
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        names = _Names(function)
        found |= {kind for kind in map(names.raised, _raises(tree)) if kind is not None}
        waiting += [called for call in _calls(tree) if (called := names.called(call)) is not None]
    return found


class _Names:
    """What names mean inside a function: its module's globals, and its parameters by their annotations."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._globals: dict[str, Any] = function.__globals__
        self._parameters = get_type_hints(function)

    def raised(self, statement: ast.Raise) -> type[Problem] | None:
        """The class in `raise X`, `raise X(…)` or `raise X.at(…)`."""
        node = statement.exc
        while isinstance(node, ast.Call | ast.Attribute):
            node = node.func if isinstance(node, ast.Call) else node.value
        found = self._globals.get(node.id) if isinstance(node, ast.Name) else None
        return found if isinstance(found, type) and issubclass(found, Problem) else None

    def called(self, node: ast.expr) -> Callable[..., Any] | None:
        """The function of ours behind `f(…)`, `Class(…)`, `module.f(…)` or `parameter.method(…)`."""
        found = self._value(node)
        if isinstance(found, type):
            return found.__dict__.get("__post_init__") or found.__dict__.get("__init__")
        return found if inspect.isfunction(found) else getattr(found, "__func__", None)

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Name):
            return self._globals.get(node.id, self._parameters.get(node.id))
        if isinstance(node, ast.Attribute):
            return inspect.getattr_static(self._value(node.value), node.attr, None)
        return None


def _is_ours(function: Any) -> bool:
    """A function with a text of its own in one of our packages; what a dataclass generates has none."""
    if not inspect.isfunction(function) or function.__code__.co_filename.startswith("<"):
        return False
    return function.__module__.split(".")[0] in packages()


def _raises(tree: ast.AST) -> Iterator[ast.Raise]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Raise))


def _calls(tree: ast.AST) -> Iterator[ast.expr]:
    return (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
