"""Recognises a piece of code by its syntax tree, also when it was reworded.

A *fragment* is an expression, or a run of statements in one block that is just long enough to mean
something. Two fragments are the same code when their trees are equal, apart from comments,
docstrings, annotations and the words of error messages. Long fragments are also compared with
their names replaced, so that a copy with other variable names is still seen.
"""

import ast
import builtins
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

EXACT = 12
"""Nodes from which two equal trees are no accident (`x[:, :, top : top + k]` has 13)."""

RENAMED = 25
"""Nodes from which trees that are equal up to their names are no accident."""

LONGEST = 400
"""Longer runs are not compared as a whole: the fragments inside them are."""

_IGNORED = {"ctx", "kind", "type_comment", "annotation", "simple", "returns", "decorator_list"}
_BUILTIN = set(dir(builtins)) | {"np", "torch", "self"}


@dataclass(frozen=True)
class Fragment:
    """A piece of code: its line, its size in nodes, its digest, and that without names."""

    line: int
    size: int
    exact: str
    renamed: str


@dataclass
class Fragments:
    """Fragments of some code by digest: a place where equal ones are found."""

    exact: dict[str, Fragment] = field(default_factory=dict)
    renamed: dict[str, Fragment] = field(default_factory=dict)

    @classmethod
    def of(cls, trees: Iterable[ast.AST]) -> "Fragments":
        """All fragments of these trees that are long enough."""
        found = cls()
        for fragment in (fragment for tree in trees for fragment in fragments(tree)):
            found.exact.setdefault(fragment.exact, fragment)
            if fragment.size >= RENAMED:
                found.renamed.setdefault(fragment.renamed, fragment)
        return found

    def without(self, other: "Fragments") -> "Fragments":
        """Those that the other does not hold."""
        return Fragments(
            {key: value for key, value in self.exact.items() if key not in other.exact},
            {key: value for key, value in self.renamed.items() if key not in other.renamed},
        )

    def shared(self, other: "Fragments") -> list[tuple[Fragment, Fragment]]:
        """Pairs (ours, theirs) that are the same code, in the order of their lines."""
        pairs = [(self.exact[key], other.exact[key]) for key in self.exact.keys() & other.exact]
        pairs += [
            (self.renamed[key], other.renamed[key]) for key in self.renamed.keys() & other.renamed
        ]
        return sorted(pairs, key=lambda pair: (pair[1].line, pair[0].line, -pair[1].size))


class _Name(str):
    """The word of a name that may be another one in a copy."""

    __slots__ = ()


class _Part(NamedTuple):
    """A node of a tree: where its words stand among the tree's, and how many nodes count in it."""

    place: slice
    size: int


def fragments(tree: ast.AST) -> Iterator[Fragment]:
    """The fragments of a tree that have from `EXACT` to `LONGEST` nodes."""
    words: list[str] = []
    parts: dict[ast.AST, _Part] = {}
    _spell(tree, words, parts)
    for node in ast.walk(tree):
        runs: list[Sequence[ast.expr | ast.stmt]] = (
            [[node]] if isinstance(node, ast.expr) and node in parts else []
        )
        for block in _blocks(node):
            runs += [_run(block[start:], parts, EXACT) for start in range(len(block))]
            runs += [_run(block[start:], parts, RENAMED) for start in range(len(block))]
        for run in runs:
            size = sum(parts[part].size for part in run)
            if EXACT <= size <= LONGEST:
                yield _fragment(run[0].lineno, size, [words[parts[part].place] for part in run])


def _spell(node: ast.AST, words: list[str], parts: dict[ast.AST, _Part]) -> int:
    """Add the words of a tree, and the place of each part; gives how many nodes count."""
    start, size = len(words), 1
    words.append(f"({_kind(node)} ")
    for name, part in _fields(node):
        if isinstance(part, ast.AST):
            size += _spell(part, words, parts)
        elif isinstance(node, ast.Name | ast.arg):
            words.append(f"{part} " if part in _BUILTIN else _Name(f"{part} "))
        else:
            words.append(f"{name}={part!r} ")
    words.append(")")
    parts[node] = _Part(slice(start, len(words)), size)
    return size


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a node, without docstrings."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield [statement for statement in block if not _is_docstring(statement)]


def _run(block: list[ast.stmt], parts: dict[ast.AST, _Part], least: int) -> list[ast.stmt]:
    """The shortest run from the start of a block that has so many nodes; empty where none has."""
    total = 0
    for count, statement in enumerate(block, start=1):
        total += parts[statement].size
        if total >= least:
            return block[:count]
    return []


def _fragment(line: int, size: int, words: list[list[str]]) -> Fragment:
    numbers: dict[str, str] = {}
    renamed = (
        "".join(
            numbers.setdefault(word, f"${len(numbers)} ") if type(word) is _Name else word
            for word in part
        )
        for part in words
    )
    return Fragment(line, size, _digest("".join(part) for part in words), _digest(renamed))


def _digest(texts: Iterable[str]) -> str:
    return hashlib.blake2b(";".join(texts).encode(), digest_size=12).hexdigest()


def _kind(node: ast.AST) -> str:
    return "Assign" if isinstance(node, ast.AnnAssign) else type(node).__name__


def _fields(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What counts in a node: no names of functions, no words of an error, no docstrings."""
    for name, value in ast.iter_fields(node):
        if name in _IGNORED or (name == "name" and isinstance(node, ast.FunctionDef)):
            continue
        if isinstance(node, ast.Raise) and isinstance(value, ast.Call):
            yield name, value.func
        elif isinstance(value, list):
            yield from ((name, part) for part in value if not _is_docstring(part))
        elif value is not None:
            yield name, value


def _is_docstring(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
