"""Refuses a lesson whose marks would leak an answer or lose a grade, with file and line."""

import difflib
import re
from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from course_utils.authoring.notebook import grade_id, read_script, read_text, tags, to_script
from course_utils.errors import CourseError
from course_utils.repository import Unit

MARKERS = (
    "### BEGIN SOLUTION",
    "### END SOLUTION",
    "### BEGIN HIDDEN TESTS",
    "### END HIDDEN TESTS",
)
TAG = re.compile(r"demo|covers-\d+\.\d+|nbval-[a-z-]+|raises-exception|hide-[a-z]+|remove-[a-z]+")

_CELL = re.compile(r"#\s?%%")
_SPELT = re.compile(r"(BEGIN|END)\s+(SOLUTION|HIDDEN\s+TEST)")
_SOLUTION = {
    "grade": False,
    "locked": False,
    "schema_version": 3,
    "solution": True,
    "task": False,
}
_TEST = {"grade": True, "locked": True, "schema_version": 3, "solution": False, "task": False}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the script (from 1)."""

    line: int
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell and the line of its `# %%`; `lines` are the numbered lines below it."""

    node: NotebookNode
    line: int
    head: str
    lines: tuple[tuple[int, str], ...]

    @property
    def marks(self) -> dict:
        """The metadata that nbgrader reads."""
        return self.node.metadata.get("nbgrader", {})

    @property
    def kind(self) -> str:
        """`solution`, `test`, `locked` (given code), or empty for an ordinary cell."""
        for key, kind in (("solution", "solution"), ("grade", "test"), ("locked", "locked")):
            if self.marks.get(key):
                return kind
        return "unknown" if self.marks else ""


def lint(unit: Unit) -> None:
    """Check the marks of a unit's script.

    Raises:
        CourseError: with every problem as `file:line: what is wrong`.
    """
    found = problems(unit)
    if found:
        file = unit.script.relative_to(unit.root).as_posix()
        listed = "\n".join(f"{file}:{each.line}: {each.text}" for each in found)
        raise CourseError(f"{unit.name} was not built; its script needs correction:\n{listed}")


def problems(unit: Unit) -> list[Problem]:
    """Everything that is wrong with the marks of a unit's script, in the order of its lines."""
    text = read_text(unit.script)
    notebook = read_script(unit.script)
    cells = _cells(text, notebook)
    if cells is None:
        return [
            Problem(
                1,
                "the cells cannot be told apart: start every cell with `# %%`, and no other line.",
            )
        ]
    found = []
    for cell in cells:
        found += _header(cell)
        found += _metadata(cell)
        found += _regions(cell)
    found += _pairs(cells)
    # A misplaced mark also changes how jupytext writes the file: name the cause only.
    found = found or _spelling(text, to_script(notebook))
    return sorted(found, key=lambda problem: problem.line)


def _cells(text: str, notebook: NotebookNode) -> list[Cell] | None:
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _CELL.match(line)]
    if not starts or len(starts) != len(notebook.cells):
        return None
    ends = [*starts[1:], len(lines)]
    return [
        Cell(
            node, start + 1, lines[start], tuple(enumerate(lines[start + 1 : end], start=start + 2))
        )
        for node, start, end in zip(notebook.cells, starts, ends, strict=True)
    ]


def _header(cell: Cell) -> list[Problem]:
    """The `# %%` line: could it be read, and are its tags known?"""
    metadata = cell.node.metadata
    found = []
    if "incorrectly_encoded_metadata" in metadata or ("nbgrader" in cell.head and not cell.marks):
        found.append(Problem(cell.line, "the metadata of this cell cannot be read: expected JSON."))
    if "tags" in cell.head and not tags(cell.node):
        found.append(Problem(cell.line, 'the tags cannot be read: write tags=["demo"].'))
    for tag in tags(cell.node):
        if not TAG.fullmatch(tag):
            found.append(Problem(cell.line, f"unknown tag {tag!r}; a demonstration has `demo`."))
    return found


def _metadata(cell: Cell) -> list[Problem]:
    """The metadata for nbgrader: schema 3, and exactly the flags of its kind of cell."""
    if not cell.kind:
        return []
    name = grade_id(cell.node)
    if not name:
        return [Problem(cell.line, "a cell with nbgrader metadata needs a `grade_id`.")]
    if cell.kind == "unknown":
        return [Problem(cell.line, f"{name} is marked neither as solution nor as test.")]
    found = []
    if cell.kind != "locked" and cell.node.cell_type != "code":
        found.append(Problem(cell.line, f"{name} must be a code cell."))
    expected = {"solution": _SOLUTION, "test": _TEST}.get(cell.kind, {"schema_version": 3})
    for key, value in expected.items():
        came = cell.marks.get(key, "nothing")
        if came != value or type(came) is not type(value):
            text = f"{name} is a {cell.kind} cell: expected {key} = {value}, got {came}."
            found.append(Problem(cell.line, text))
    points = cell.marks.get("points")
    if cell.kind == "test" and not (type(points) in (int, float) and (points or 0) > 0):
        text = f"{name} is a test cell: expected points above 0, got {points or 'none'}."
        found.append(Problem(cell.line, text))
    if cell.kind == "solution" and points is not None:
        found.append(Problem(cell.line, f"{name}: points belong to the test cell {name}-test."))
    return found


def _regions(cell: Cell) -> list[Problem]:
    """The marker lines: spelt exactly, in pairs, in the right kind of cell, and present."""
    found, opened, seen = [], None, set()
    for number, line in cell.lines:
        marker = line.strip()
        if cell.node.cell_type != "code" or marker not in MARKERS:
            meant = _meant(line, cell.node.cell_type)
            if meant:
                found.append(
                    Problem(
                        number, f"{marker!r} looks like a marker: write {meant!r} on its own line."
                    )
                )
            continue
        action, region = marker[4:].split(" ", 1)
        seen.add(region)
        if action == "BEGIN" and opened:
            found.append(Problem(number, f"{marker!r} inside the region of line {opened[1]}."))
        elif action == "END" and (not opened or opened[0] != region):
            found.append(Problem(number, f"{marker!r} without '### BEGIN {region}' before it."))
        opened = (region, number) if action == "BEGIN" else None
        if cell.kind != {"SOLUTION": "solution", "HIDDEN TESTS": "test"}[region]:
            kind = cell.kind or "ordinary"
            found.append(Problem(number, f"{marker!r} does not belong in a cell of kind {kind}."))
    if opened:
        found.append(Problem(opened[1], f"'### END {opened[0]}' is missing in this cell."))
    needed = {"solution": "SOLUTION", "test": "HIDDEN TESTS"}.get(cell.kind)
    if needed and needed not in seen:
        name = grade_id(cell.node)
        text = f"{name} is a {cell.kind} cell without '### BEGIN {needed}' … '### END {needed}'."
        found.append(Problem(cell.line, text))
    return found


def _meant(line: str, cell_type: str) -> str:
    """The marker that a line was probably meant to be; empty for any other line.

    nbgrader acts on the bare words anywhere in a line, even in Markdown.
    """
    spelt = _SPELT.search(line)
    if spelt:
        return f"### {spelt[1]} {'SOLUTION' if spelt[2] == 'SOLUTION' else 'HIDDEN TESTS'}"
    words = line.strip().lstrip("#").strip()
    bare = {marker.lstrip("# "): marker for marker in MARKERS}
    close = difflib.get_close_matches(words.upper(), bare, n=1, cutoff=0.8)
    loud = words == words.upper() or line.strip().startswith("##")
    if cell_type == "code" and line.strip().startswith("#") and loud and close:
        return bare[close[0]]
    return ""


def _pairs(cells: list[Cell]) -> list[Problem]:
    """Unique ids; each solution `NAME` is followed by its test `NAME-test`, and vice versa."""
    found: list[Problem] = []
    first: dict[str, int] = {}
    for cell in cells:
        name = grade_id(cell.node)
        if name and name in first:
            text = f"the grade_id {name!r} is taken by the cell in line {first[name]}."
            found.append(Problem(cell.line, text))
        elif name:
            first[name] = cell.line
    kinds = {grade_id(cell.node): cell.kind for cell in cells}
    for cell in cells:
        name = grade_id(cell.node)
        if cell.kind == "solution":
            if kinds.get(f"{name}-test") != "test":
                found.append(Problem(cell.line, f"{name} has no test cell `{name}-test`."))
            elif first[f"{name}-test"] < cell.line:
                found.append(Problem(cell.line, f"{name} comes after its test cell."))
        if cell.kind == "test":
            exercise = name.removesuffix("-test")
            if exercise == name or kinds.get(exercise) != "solution":
                text = f"the test cell {name} has no solution cell: its name is NAME-test."
                found.append(Problem(cell.line, text))
    return found


def _spelling(text: str, canonical: str) -> list[Problem]:
    """Where jupytext would write a line otherwise: a sync from JupyterLab would change it."""
    pairs = zip(text.splitlines(), canonical.splitlines(), strict=False)
    if not text.startswith("# ---\n"):
        return [Problem(1, "the head from `# ---` to `# ---` is missing: copy it from a unit.")]
    for number, (ours, theirs) in enumerate(pairs, start=1):
        if ours != theirs:
            return [Problem(number, f"jupytext writes this line as {theirs!r}: write it so, too.")]
    if text != canonical:
        return [Problem(len(text.splitlines()), "the file must end with one line break.")]
    return []
