"""Which problems a function may raise, as far as its text says: what it raises, and what it calls by name.

What a `try` catches, and does not raise again as it is, ends there.
"""

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
    waiting: list[tuple[Any, _Caught]] = [(function, ())]
    while waiting:
        function, caught = waiting.pop()
        function = inspect.unwrap(function)
        if (function, caught) in seen or not _is_ours(function):
            continue
        seen.add((function, caught))
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        names = _Names(function)
        for node, also in _walked(tree, names, caught):
            if isinstance(node, ast.Raise):
                kind = names.raised(node)
                found |= set() if kind is None or issubclass(kind, also) else {kind}
            elif isinstance(node, ast.Call):
                waiting.append((names.called(node.func), also))
    return found


type _Caught = tuple[type[BaseException], ...]


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

    def caught(self, handler: ast.ExceptHandler) -> _Caught:
        """The classes in `except X` and `except (X, Y)`; none when it raises what it caught again."""
        if any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler)):
            return ()
        named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        kinds = [self._value(node) for node in named if node is not None]
        return tuple(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseException))

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


def _walked(tree: ast.AST, names: _Names, caught: _Caught) -> Iterator[tuple[ast.AST, _Caught]]:
    """Every node, with what is caught when it raises."""
    yield tree, caught
    inside = tree.body if isinstance(tree, ast.Try) else []
    here = sorted({*caught, *(kind for one in tree.handlers for kind in names.caught(one))}, key=repr) if inside else []
    for child in ast.iter_child_nodes(tree):
        yield from _walked(child, names, tuple(here) if child in inside else caught)
