"""What students must not see: the solutions and the hidden tests of the lessons."""

import ast
import json
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace

import nbformat
from nbformat.notebooknode import NotebookNode

from course_utils.authoring.notebook import grade_id, read_script
from course_utils.authoring.trees import Fragments
from course_utils.errors import CourseError
from course_utils.repository import Unit

SHORTEST = 12
"""Characters (without spaces) from which a line of a solution is more than `return x`."""

LONG = 40
"""Characters from which a line is a secret even among a package's generic code."""

_REGION = re.compile(
    r"^[^\n]*### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)^[^\n]*### END \1[^\n]*$", re.S | re.M
)
_QUOTED = re.compile(r'"([^"\\]*)')
_NUMBER = re.compile(r"\b\d{5,}\b")


@dataclass(frozen=True)
class Line:
    """A secret text without its spaces; a telling one is no accident even in a package's code."""

    text: str
    what: str
    telling: bool


@dataclass(frozen=True)
class Secrets:
    """Lines, numbers (seeds of hidden tests) and syntax trees that must not be found."""

    lines: tuple[Line, ...]
    numbers: dict[str, str]
    trees: dict[str, Fragments]

    def without(self, text: str) -> "Secrets":
        """What is left when the reader has `text` anyway, such as their own answers."""
        compact = compacted(text)
        return replace(
            self,
            lines=tuple(line for line in self.lines if line.text not in compact),
            numbers={n: what for n, what in self.numbers.items() if n not in text},
        )


def collect(units: Iterable[Unit], solved: Unit | None = None) -> Secrets:
    """The secrets of these units; what their visible parts also show is no secret.

    Args:
        units: the units.
        solved: the one among them whose solutions may be shown, its hidden tests not. What these
            solutions share with others is no secret then.

    Raises:
        CourseError: when a solution cannot be read as Python.
    """
    lines, public_trees, public = [], [], []
    numbers: dict[str, str] = {}
    secret_trees: dict[str, list[ast.AST]] = {}
    for unit in units:
        lines += _made_by_source(unit)
        for cell in read_script(unit.script).cells:
            shown = _REGION.sub("", cell.source)
            public.append(shown)
            if cell.cell_type == "code":
                public_trees += _public_trees(cell)
            for kind, region in _REGION.findall(cell.source):
                hidden = kind == "HIDDEN TESTS"
                what = f"the {'hidden test' if hidden else 'solution'} of {grade_id(cell)}"
                if unit == solved and not hidden:
                    public.append(region)
                    public_trees.append(_tree(region, what, unit))
                    continue
                lines += _lines(region, what, hidden)
                secret_trees.setdefault(what, []).append(_tree(region, what, unit))
                if hidden:
                    numbers |= dict.fromkeys(_NUMBER.findall(region), what)
    if solved is not None:
        its_own = {line.text for line in _made_by_source(solved)}
        lines = [line for line in lines if line.text not in its_own]
    known = Fragments.of(public_trees)
    trees = {what: Fragments.of(found).without(known) for what, found in secret_trees.items()}
    return Secrets(tuple(lines), numbers, trees).without("\n".join(public))


def compacted(text: str) -> str:
    """A text without its white space, in which lines are found whatever their indent."""
    return re.sub(r"\s+", "", text)


def _made_by_source(unit: Unit) -> list[Line]:
    """What the run of the source left: widget models, and outputs and attachments of answers."""
    if not unit.source.is_file():
        return []
    notebook = nbformat.read(unit.source, as_version=4)
    views = notebook.metadata.get("widgets", {}).values()
    found = [(model, "the widget state") for view in views for model in view["state"]]
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            made = json.dumps([cell.get("outputs", []), cell.get("attachments", {})])
            strings = [text for text in _QUOTED.findall(made) if len(text) >= LONG]
            found += [(text, f"an output of {grade_id(cell)}") for text in strings]
    what = f"in the source of {unit.name}"
    return [Line(compacted(text), f"{kind} {what}", telling=True) for text, kind in found]


def _lines(region: str, what: str, hidden: bool) -> list[Line]:
    found = []
    for line in region.splitlines():
        text = compacted(line)
        if len(text) >= SHORTEST:
            telling = hidden or len(text) >= LONG or _has_tree(line)
            found.append(Line(text, what, telling))
    return found


def _has_tree(line: str) -> bool:
    """Whether a single line is code of its own that is no accident elsewhere."""
    code = line.strip()
    try:
        return bool(Fragments.of([ast.parse(f"{code} pass" if code.endswith(":") else code)]).exact)
    except SyntaxError:  # part of a statement over several lines
        return False


def _tree(region: str, what: str, unit: Unit) -> ast.AST:
    try:
        return ast.parse(textwrap.dedent(region))
    except SyntaxError as error:
        raise CourseError(
            f"{what[0].upper()}{what[1:]} in {unit.name} must be whole statements of Python between"
            f" its markers: {error.msg} in its line {error.lineno}."
        ) from error


def _public_trees(cell: NotebookNode) -> list[ast.AST]:
    """The tree of what a code cell shows; none where it is no plain Python (a magic)."""
    try:
        return [ast.parse(_REGION.sub(_stub, cell.source))]
    except SyntaxError:
        return []


def _stub(region: re.Match[str]) -> str:
    text = region[0]
    return text[: len(text) - len(text.lstrip())] + "pass"
