"""Similar answers: those whose syntax trees are equal when names are taken out, to be looked at.

Each answer becomes one digest, and equal digests are found in a table: a class of any size takes
one reading of each answer, and no two answers are compared. Nothing is run.
"""

import ast
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.judging.cell_names import parsed
from course_utils.judging.cells import grade_id
from course_utils.judging.overlay import read
from course_utils.repository import Unit

LEAST = 60
"""Nodes of a tree, the stub's left out, from which equal answers are listed."""

LONGEST = 20_000
"""Characters of an answer that is read."""

_NAMES: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: ("id",),
    ast.Attribute: ("attr",),
    ast.arg: ("arg",),
    ast.alias: ("asname",),
    ast.FunctionDef: ("name",),
    ast.AsyncFunctionDef: ("name",),
    ast.ClassDef: ("name",),
    ast.ExceptHandler: ("name",),
    ast.MatchAs: ("name",),
    ast.MatchStar: ("name",),
    ast.MatchMapping: ("rest",),
    ast.Global: ("names",),
    ast.Nonlocal: ("names",),
}
"""Fields of a syntax tree that hold names which an answer may choose."""

_IGNORED = {"ctx", "kind", "type_comment", "annotation", "returns", "type_params"}


class Form(NamedTuple):
    """An answer without its names: the digest of its syntax tree, and how many nodes that has."""

    digest: str
    nodes: int


class _Name(NamedTuple):
    """A name, or an attribute's, which may be another one in a copy."""

    text: str
    is_attribute: bool


@dataclass(frozen=True)
class Known:
    """What students have not from each other.

    Attributes:
        digests: of the solution, the stubs and the sample answers.
        stubs: the nodes of each exercise's stub.
    """

    digests: frozenset[str] = frozenset()
    stubs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Alike:
    """Students whose answers to some exercises are the same but for their names."""

    students: tuple[str, ...]
    exercises: tuple[str, ...]
    nodes: int


def forms(notebook: NotebookNode) -> dict[str, Form]:
    """The form of each answer in a notebook that can be read, by exercise."""
    answers = (cell for cell in notebook.cells if cell.cell_type == "code" and is_solution(cell))
    found = ((grade_id(cell), form(cell.source)) for cell in answers)
    return {name: one for name, one in found if name and one}


@lru_cache(maxsize=1024)  # stubs and common answers
def form(source: str) -> Form | None:
    """The form of an answer: what it defines, without names, comments, docstrings, annotations.

    Imports, calls outside of definitions and the words of an error do not count, either. Names
    that the answer does not bind itself (`np`, `sum`, methods) stay.

    Returns:
        None where Python cannot read the answer, or it is too long.
    """
    tree = parsed(source) if len(source) <= LONGEST else None
    return form_of(tree.body) if tree else None


def form_of(statements: Iterable[ast.stmt]) -> Form:
    """The form of some statements."""
    without = ast.Import | ast.ImportFrom | ast.Expr
    body = [statement for statement in statements if not isinstance(statement, without)]
    digest, nodes = hashlib.blake2b(digest_size=12), 0
    for word in _words(body):
        digest.update(word.encode() + b"\n")
        nodes += word.startswith("(")
    return Form(digest.hexdigest(), nodes)


def known(unit: Unit) -> Known:
    """What of a unit is known: its solution, its stubs, and the sample answers as text."""
    solution, release = (_forms_in(path) for path in (unit.source, unit.release))
    files = sorted((unit.root / "answers" / unit.topic).glob("*.py"))
    samples = (one.digest for path in files for one in _samples(path.read_text("utf-8")))
    digests = {one.digest for one in (*solution.values(), *release.values())}
    stubs = {name: one.nodes for name, one in release.items()}
    return Known(frozenset(digests.union(samples)), stubs)


def alike(forms: Mapping[str, Mapping[str, Form]], known: Known) -> list[Alike]:
    """Who has the same answers, the likeliest first: in more exercises, fewer students, longer.

    Args:
        forms: by student and exercise.
        known: what is left out.
    """
    same: dict[tuple[str, Form], list[str]] = defaultdict(list)
    for student, answers in forms.items():
        for exercise, one in answers.items():
            own = one.nodes - known.stubs.get(exercise, 0)
            if own >= LEAST and one.digest not in known.digests:
                same[exercise, one].append(student)
    found = (
        Alike(tuple(students), (exercise,), one.nodes)
        for (exercise, one), students in same.items()
        if len(students) > 1
    )
    return joined(found)


def joined(groups: Iterable[Alike]) -> list[Alike]:
    """Groups of the same students as one, in the order of `alike`."""
    of: dict[tuple[str, ...], list[Alike]] = defaultdict(list)
    for group in groups:
        of[group.students].append(group)
    found = [
        Alike(
            students,
            tuple(exercise for one in same for exercise in one.exercises),
            sum(one.nodes for one in same),
        )
        for students, same in of.items()
    ]
    return sorted(found, key=lambda one: (-len(one.exercises), len(one.students), -one.nodes))


def _forms_in(path: Path) -> dict[str, Form]:
    """The forms in one of the course's own notebooks; none where it is not there."""
    return forms(read(path.read_text("utf-8"))) if path.is_file() else {}


def _samples(text: str) -> Iterator[Form]:
    """The forms of the sample answers in a file, and of what bundles of them define."""
    tree = parsed(text)
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            node.decorator_list = []
            yield form_of([node])
            yield form_of(node.body[:-1])


def _words(body: list[ast.stmt]) -> list[str]:
    """The tree as words; a node begins with a bracket. Without recursion: trees may be deep."""
    words: list[str | _Name] = []
    own: set[_Name] = set()
    todo: list[ast.AST | str | _Name] = [*reversed(body)]
    while todo:
        part = todo.pop()
        if not isinstance(part, ast.AST):
            words.append(part)
            continue
        parts = list(_parts(part))
        if type(getattr(part, "ctx", None)) is not ast.Load:
            own.update(each for each in parts if type(each) is _Name)
        todo += reversed(parts)
    numbers = {name: f"${n}" for n, name in enumerate(dict.fromkeys(w for w in words if w in own))}
    return [word if isinstance(word, str) else numbers.get(word, word.text) for word in words]


def _parts(node: ast.AST) -> Iterator["ast.AST | str | _Name"]:
    """What a node says, in order; what is neither a node nor a name is text."""
    kind = type(node)
    yield "(Assign" if kind is ast.AnnAssign else f"({kind.__name__}"
    for name, value in _fields(node):
        yield name
        holds_names = name in _NAMES.get(kind, ())
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield each
            elif holds_names and isinstance(each, str):
                yield _Name(each, kind is ast.Attribute)
            else:
                yield hex(each) if type(each) is int else repr(each)
    yield ")"


def _fields(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What counts in a node."""
    if isinstance(node, ast.AnnAssign):
        yield "targets", [node.target]
        yield "value", node.value
        return
    for name, value in ast.iter_fields(node):
        if name in _IGNORED or value is None or value == []:
            continue
        if isinstance(node, ast.Raise) and isinstance(value, ast.Call):
            yield name, value.func
        elif isinstance(value, list) and name == "body":
            yield name, [part for part in value if not _is_docstring(part)]
        else:
            yield name, value


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
