"""What a submission's cells say, read as text: where names come from, without running anything."""

import ast
import contextlib
import io
import re
import sys
import types
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from IPython.core.inputtransformer2 import classic_prompt, ipython_prompt, leading_indent

from course_utils.checks.core.reach import Definition, attribute_or_none

if TYPE_CHECKING:  # a student's machine has no nbformat, and asks for an earlier answer
    from nbformat.notebooknode import NotebookNode

_MAGIC = re.compile(r"^([ \t]*)(\w[\w., ]*=[ \t]*)?[%!?].*$", re.MULTILINE)
LARGEST_READ = 96 * 1024
"""Characters of a cell that is read: a syntax tree takes a thousand times that many bytes."""

UNCLEAR = frozenset("*")
"""What a cell binds of which nothing is known."""

_OTHER_LANGUAGE = re.compile(r"\s*%%(?!(?:time|timeit|capture|prun)\b)")
"""How a cell begins whose text does not run in the notebook: a file, another language."""

_BINDS_UNSEEN = frozenset(("exec", "globals", "locals", "vars", "__dict__"))
"""By these a cell can bind names that its text does not say."""

_QUESTION = re.compile(r"^([ \t]*)[\w.*]+\?{1,2}[ \t]*$", re.MULTILINE)


def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell, magics and all; None when Python cannot read it."""
    return _read(source)[1]


def is_python(source: str) -> bool:
    """Whether a cell's text runs in the notebook, and is no file and no other language."""
    return not _OTHER_LANGUAGE.match(source)


def readable(source: str) -> str:
    """A cell as text that Python reads, magics and all; the lines keep their numbers."""
    return _read(source)[0]


def _read(source: str) -> tuple[str, ast.Module | None]:
    """A cell as text that Python reads, and its tree.

    IPython's own translation of magics takes the square of a cell's length, and gives up after
    500 of them. Here each stands as None; the lines keep their numbers.
    """
    if len(source) > LARGEST_READ or not is_python(source):
        return source, None
    lines = lines_of(source)
    for without in (leading_indent, classic_prompt, ipython_prompt):
        lines = without(lines)
    plain = "".join(lines)
    for text in (plain, _QUESTION.sub(r"\1None", _MAGIC.sub(r"\1\2None", plain))):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return text, ast.parse(text)
    return source, None


def lines_of(source: str) -> list[str]:
    """The lines of a text as Python counts them: form feeds and U+2028 end none."""
    return io.StringIO(source, newline=None).readlines()


@lru_cache(maxsize=256)  # most cells of a class are the lesson's own
def names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a cell binds (`bound`), and those that it uses (`loaded`).

    What Python cannot read may bind any name, as a star import does: `*`.
    """
    tree = parsed(source)
    return (frozenset(bound(tree)), frozenset(loaded(tree))) if tree else (UNCLEAR, frozenset())


def bound(tree: ast.AST) -> set[str]:
    """The names that a piece of code binds for others, in its own scope and by `global`."""
    found: set[str] = set()
    for node in _outside_functions(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            found.add(node.id)
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            found.add(node.rest)
    found |= {
        name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names
    }
    return found


def loaded(tree: ast.AST) -> set[str]:
    """The names that a piece of code uses, those inside its functions included."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def needed(pieces: Sequence[tuple[Set[str], Set[str]]], names: Iterable[str]) -> list[int]:
    """Which pieces of code bind these names, or what those pieces use in their turn, in order.

    Args:
        pieces: for each the names that it binds, and those that it uses.
        names: what is wanted.
    """
    todo, chosen = set(names), set()
    done: set[str] = set()
    while todo:
        name = todo.pop()
        done.add(name)
        for index, (binds, uses) in enumerate(pieces):
            if name in binds and index not in chosen:
                chosen.add(index)
                todo |= uses - done
    return sorted(chosen)


def imports_of(notebook: "NotebookNode") -> tuple[str, ...]:
    """The modules that a notebook's cells import at their top level, each once."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    nodes = [node for tree in filter(None, map(parsed, code)) for node in tree.body]
    return tuple(dict.fromkeys(_imported(nodes)))


def _imported(nodes: list[ast.stmt]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.startswith("course_utils"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


class Definitions:
    """The functions and classes that the cells of a submission define, and what their names mean.

    Modules are never imported for this: what the grader has not loaded is known by name only. What
    a text does not tell for certain (a name bound in a branch, a loop, by a decorator's result) is
    not known: then the student's process is asked (see `checks.core.rules`). After a cell that may
    bind any name (`globals()`, a star import of a module that is not loaded here) nothing is.
    """

    def __init__(self) -> None:
        self._scope: dict[str, Any] = {}
        self._is_clear = True

    def add(self, source: str, *, failed: bool = False) -> None:
        """Take in a cell that has been run; of one that failed nothing is known for certain."""
        text, tree = _read(source)
        if tree is None:
            return
        lines = lines_of(text)
        self._is_clear = self._is_clear and not _binds_unseen(tree)
        for statement in tree.body:
            self._scope |= dict.fromkeys(bound(statement))
            if not failed:
                self._take(statement, lines)

    def definition(self, name: str) -> Definition:
        """What the name stands for, as `checks.core.rules` judges it.

        Raises:
            OSError: when the cells do not say it for certain.
        """
        found = self._scope.get(name)
        if not self._is_clear or not isinstance(found, Definition):
            raise OSError(f"the submission does not say for certain what {name} is")
        return found

    def _take(self, node: ast.stmt, lines: list[str]) -> None:
        scope = self._scope
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not node.decorator_list:
                text = "".join(lines[node.lineno - 1 : node.end_lineno])
                scope[node.name] = Definition(text, scope)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                scope[alias.asname or name] = _module(name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                self._take_from(node.module, alias)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    scope[target.id] = self._value(node, lines)

    def _take_from(self, module: str, alias: ast.alias) -> None:
        if alias.name == "*":
            found = _module(module)
            if module not in sys.modules:
                self._scope.update(dict.fromkeys(self._scope))
            public = [name for name in dir(found) if not name.startswith("_")]
            names = attribute_or_none(found, "__all__") or public
            self._scope |= {name: attribute_or_none(found, name) for name in names}
            return
        value = attribute_or_none(_module(module), alias.name)
        named = types.SimpleNamespace(__module__=module, __name__=alias.name)
        self._scope[alias.asname or alias.name] = named if value is None else value

    def _value(self, node: ast.Assign, lines: list[str]) -> Any:
        """What an assignment gives its name: another name's value, a lambda, or nothing known."""
        if isinstance(node.value, ast.Lambda):
            text = "".join(lines[node.lineno - 1 : node.end_lineno])
            return Definition(text, self._scope)
        parts, current = [], node.value
        while isinstance(current, ast.Attribute):
            parts.append(current.attr)
            current = current.value
        if not isinstance(current, ast.Name):
            return None
        value = self._scope.get(current.id)
        for part in reversed(parts):
            value = attribute_or_none(value, part)
        return value


def _binds_unseen(tree: ast.AST) -> bool:
    """Whether a cell, or a function that it defines, can bind names that its text does not say."""
    nodes = list(ast.walk(tree))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return not _BINDS_UNSEEN.isdisjoint(used)


def _module(name: str) -> types.ModuleType:
    return sys.modules.get(name) or types.ModuleType(name)


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it in order, but those inside functions, classes and lambdas."""
    inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, inner):
            todo += reversed(list(ast.iter_child_nodes(node)))
