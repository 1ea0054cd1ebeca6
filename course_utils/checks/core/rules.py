"""What an answer may not use, judged on its syntax tree."""

import ast
import builtins
import dis
import inspect
import textwrap
import types
from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Forbid:
    """Names that an answer may not use, directly, through an alias or through an import.

    Each is a package (`scipy`) or a full name in one (`numpy.pad`). `because` completes the
    message: what to do instead.
    """

    names: tuple[str, ...]
    because: str
    needs_source: bool = True
    """Whether an answer whose source cannot be read is refused."""

    def also(self, *names: str) -> "Forbid":
        """The same rule with more names."""
        return replace(self, names=(*self.names, *names))

    def violation(self, function: Callable) -> str:
        """What the answer uses although it may not, in words; empty when it obeys."""
        try:
            names = _names_used(function)
        except (OSError, TypeError, SyntaxError):
            if not self.needs_source:
                return ""
            return (
                f"The source of {getattr(function, '__name__', 'your answer')} cannot be read: "
                "write it with `def` in the answer's cell."
            )
        for name, line in names:
            for forbidden in self.names:
                if name == forbidden or name.startswith(forbidden + "."):
                    return (
                        f"Line {line} uses {forbidden}, which is not allowed here: {self.because}"
                    )
        return ""


OWN_WORK = Forbid(
    (
        *("course_utils", "importlib", "inspect", "gc", "ctypes", "sys.modules"),
        *("builtins.exec", "builtins.eval", "builtins.compile", "builtins.__import__"),
        *("builtins.globals", "builtins.vars"),
    ),
    "an answer does its own work, without the course's code and without looking into Python.",
    needs_source=False,
)
"""Holds for every exercise. (The source of a class in a notebook cannot always be read.)"""

NUMPY_INDEXING = Forbid(("torch", "scipy"), "write it with NumPy's indexing and arithmetic.")
NUMPY_AND_OWN_FUNCTIONS = Forbid(
    ("torch", "scipy", "sklearn"), "write it with NumPy's arithmetic and your own functions."
)
NUMPY_NOT_SKLEARN = Forbid(("sklearn", "torch"), "write it with NumPy.")
NUMPY_OR_PLAIN_PYTHON = Forbid(("sklearn", "scipy"), "write it with NumPy or plain Python.")
PYTORCH_NOT_TORCHVISION = Forbid(("torchvision",), "build it from nn.Conv2d and its companions.")


_MARKS = tuple(f"course_utils.authoring.answers.{mark}" for mark in ("wrong", "neutral", "variant"))
"""Decorators that mark a sample answer and are no part of it."""


@dataclass(frozen=True, eq=False)
class Definition:
    """The text of a function or class, and what the names mean that it sees."""

    source: str
    scope: Mapping[str, Any]


class Written(ABC):
    """An answer that lives in another process: its text is in the submission."""

    @abstractmethod
    def definition(self) -> Definition:
        """Its text.

        Raises:
            OSError: when the submission does not define it.
        """


def _definition(function: Callable | Definition) -> Definition:
    if isinstance(function, Definition):
        return function
    if isinstance(function, Written):
        return function.definition()
    function = inspect.unwrap(function)
    return Definition(_source(function), _scope(function))


@lru_cache(maxsize=64)  # to find the source of a class, Python parses its whole file
def _source(function: Callable) -> str:
    return inspect.getsource(function)


def _names_used(function: Callable) -> Iterator[tuple[str, int]]:
    """Every dotted name that a function and its own helpers use, with the line in its source."""
    todo, seen = [function], set()
    used = []
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        definition = _definition(current)
        tree, outside = _parsed(definition.source)
        known = ChainMap(definition.scope, vars(builtins))
        scope = {name: known[name] for name in outside if name in known}
        for node in _own_nodes(tree, current):
            for name, value in _resolve(node, scope):
                if name in _MARKS:
                    continue
                used.append((name, node.lineno))
                if _is_helper(value, function):
                    todo.append(value)
    return iter(used)


@lru_cache(maxsize=64)  # every rule asks, and every run of a check
def _parsed(source: str) -> tuple[ast.Module, set[str]]:
    """The syntax tree, and the names that some part of it takes from outside."""
    tree = ast.parse(textwrap.dedent(source))
    todo, found = [compile(tree, "answer", "exec")], set()
    while todo:
        code = todo.pop()
        todo += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
        found |= {
            instruction.argval
            for instruction in dis.get_instructions(code)
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
        }
    return tree, found


def _own_nodes(tree: ast.AST, function: Callable) -> Iterator[ast.AST]:
    """The nodes of a function; the source of a lambda is the whole statement around it."""
    if getattr(function, "__name__", "") != "<lambda>":
        return ast.walk(tree)
    lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
    return (node for each in lambdas for node in ast.walk(each))


def _scope(function: Callable) -> dict[str, Any]:
    """The names that a function or class sees: its module's and its closure's."""
    if isinstance(function, type):
        module = inspect.getmodule(function)
        return dict(vars(module)) if module else {}
    closure = inspect.getclosurevars(function)
    return {**function.__globals__, **closure.nonlocals}


def _resolve(node: ast.AST, scope: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The full names that a node stands for, and the objects where they can be had."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, None
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield f"{node.module}.{alias.name}", None
    elif isinstance(node, ast.Name) and node.id in scope:
        value = scope[node.id]
        yield _full_name(value), value
    elif isinstance(node, ast.Attribute):
        parts = [node.attr]
        while isinstance(node.value, ast.Attribute):
            node = node.value
            parts.append(node.attr)
        if isinstance(node.value, ast.Name) and node.value.id in scope:
            value = scope[node.value.id]
            dotted = ".".join([_full_name(value), *reversed(parts)])
            for part in reversed(parts):
                value = getattr(value, part, None)
            yield dotted, value
            if value is not None:
                yield _full_name(value), value


def _full_name(value: Any) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    module = getattr(value, "__module__", None)
    name = getattr(value, "__name__", None)
    return f"{module}.{name}" if isinstance(module, str) and isinstance(name, str) else ""


def _is_helper(value: Any, function: Callable) -> bool:
    """Whether a value is a function or class from where the answer itself comes from."""
    if isinstance(value, Definition):
        return True
    same = getattr(value, "__module__", None) == getattr(function, "__module__", "")
    return same and isinstance(value, types.FunctionType | type)
