"""Which version of its check judges an exercise: a digest of the code that decides.

That is the test cell, what its names stand for in the lesson's own cells, and every module of the
package that these lead to. Comments, line breaks and empty lines do not enter it.
"""

import ast
import contextlib
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from course_utils.judging.cells import grade_id, is_demo, is_test

CHECKS = "checks"
"""Where a graded notebook's metadata has the versions, under our key."""

_MAGIC = re.compile(r"^[%!].*$", re.M)
_PACKAGE = Path(__file__).resolve().parents[1]


def check_versions(template: NotebookNode) -> dict[str, str]:
    """The version of each check of a unit, by the name of its test cell.

    Another minor version of Python may give other digests of the same code.

    Args:
        template: the unit without answers (`overlay.template`).
    """
    code = [cell for cell in template.cells if cell.cell_type == "code" and not is_demo(cell)]
    bound: dict[str, ast.stmt] = {}
    for cell in code:
        if grade_id(cell) is None:
            bound |= _bound(_parsed(cell.source))
    return {
        str(grade_id(cell)): _version(_parsed(cell.source), bound) for cell in code if is_test(cell)
    }


def _version(test: ast.Module, bound: dict[str, ast.stmt]) -> str:
    texts = [ast.dump(test)]
    todo: list[ast.AST] = [test]
    modules: set[str] = set()
    seen: set[str] = set()
    while todo:
        node = todo.pop()
        for name, attribute in _used(node):
            statement = bound.get(name)
            if isinstance(statement, ast.Import | ast.ImportFrom):
                modules |= _imported(statement, name, attribute)
            elif statement is not None and name not in seen:
                seen.add(name)
                texts.append(ast.dump(statement))
                todo.append(statement)
        modules |= set(_imports(node))
    texts += [f"{module} {_digest(module)}" for module in _reached(modules)]
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def _parsed(source: str) -> ast.Module:
    """The code of a cell, without lines for IPython; the text itself where it is no Python."""
    for text in (source, _MAGIC.sub("", source)):
        with contextlib.suppress(SyntaxError):
            return ast.parse(text)
    return ast.Module([ast.Expr(ast.Constant(source))], [])


def _bound(tree: ast.Module) -> dict[str, ast.stmt]:
    """What the statements of a cell define at its top, by name."""
    found: dict[str, ast.stmt] = {}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[statement.name] = statement
            continue
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for alias in statement.names:
                found[alias.asname or alias.name.partition(".")[0]] = statement
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found[node.id] = statement
    return found


def _used(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that code reads, each with the attribute that it takes of it, or none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id, ""


def _imported(statement: ast.Import | ast.ImportFrom, name: str, attribute: str) -> set[str]:
    """The modules that `name.attribute` comes from; of a package only the one that defines it."""
    found = set()
    for alias in statement.names:
        if name != (alias.asname or alias.name.partition(".")[0]):
            continue
        module = (
            alias.name if isinstance(statement, ast.Import) else f"{statement.module}.{alias.name}"
        )
        if _file(module) is None:
            found |= set(_imports(statement))
        elif attribute:
            defined = _bound(_tree(module)).get(attribute)
            inner = isinstance(defined, ast.ImportFrom) and defined.module
            found.add(inner if inner and _file(inner) else module)
    return found


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that code imports."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if _file(name))


def _reached(modules: set[str]) -> set[str]:
    """Modules and all those of the package that they import."""
    reached, todo = set(), list(modules)
    while todo:
        module = todo.pop()
        if module not in reached:
            reached.add(module)
            todo += _imports_of(module)
    return reached


@cache
def _file(module: str) -> Path | None:
    first, _, rest = module.partition(".")
    if first != _PACKAGE.name:
        return None
    path = _PACKAGE.joinpath(*rest.split(".")) if rest else _PACKAGE
    files = (path.with_name(f"{path.name}.py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


@cache
def _tree(module: str) -> ast.Module:
    file = _file(module)
    return ast.parse(file.read_bytes()) if file else ast.Module([], [])


@cache
def _imports_of(module: str) -> tuple[str, ...]:
    return tuple(_imports(_tree(module)))


@cache
def _digest(module: str) -> str:
    return hashlib.sha256(ast.dump(_tree(module)).encode()).hexdigest()
