"""A look at a notebook before it is handed in: what its student would want to know.

Nothing is run. What is found is said; whether to hand in is the student's decision.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.judging import intake
from course_utils.judging.cell_names import names, parsed
from course_utils.student.progress import Lesson, lesson_of

_WRITTEN = re.compile(r"\s*%%(?:writefile|file)\s+(?:-a\s+)?[\"']?(?:\./)?([\w./-]+)\.py\b")
_RUN = re.compile(
    r"^[ \t]*%run\s+(?:-\w\s+)*[\"']?(?:\./)?([\w./-]+?)(?:\.py)?[\"']?(?:\s|$)", re.M
)


_STUB = 'raise NotImplementedError("This exercise has no answer yet.")'


@dataclass
class _Exercise:
    """Where things of one exercise are, as numbers of cells, and whether it is answered."""

    own: list[int] = field(default_factory=list)
    defined: list[int] = field(default_factory=list)
    answered: bool = False


def look(path: Path, release: Path | None = None) -> list[str]:
    """What a student should know before handing a notebook in, in sentences; none if all is well.

    Args:
        path: the notebook.
        release: the unit's release, which tells what exercises there are; where there is none,
            those count that the notebook still has.

    Raises:
        CourseError: when the notebook cannot be graded.
    """
    notebook = intake.read(path)
    checks = lesson_of(path) or Lesson(path.stem)
    expected = _answers(intake.read(release)) if release else {}
    names = [*expected] or [each.name for each in checks.exercises] or [*_answers(notebook)]
    found = _exercises(notebook, names, expected)
    open_ones = [name for name, each in found.items() if not each.answered]
    told = []
    if len(open_ones) == len(found):
        told.append(
            "No exercise has been answered in this notebook. If you did write answers, save the "
            "notebook and submit again."
        )
    elif open_ones:
        told.append(f"Not answered: {', '.join(open_ones)}.")
    for name, each in found.items():
        told += _of_cells(name, each)
    told += _of_checks(checks, [name for name in found if name not in open_ones])
    told += _of_modules(notebook, path.parent)
    return [*told, *_of_other_notebooks(path)]


def defined(notebook: NotebookNode, release: Path | None) -> set[str]:
    """The exercises whose functions a notebook defines, in whatever cell.

    Args:
        notebook: the student's.
        release: says what exercises there are; without one none are known.
    """
    expected = set(_answers(intake.read(release))) if release else set()
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return expected & set().union(*(names(source)[0] for source in code))


def _answers(notebook: NotebookNode) -> dict[str, str]:
    """The answers' cells of a notebook by their exercise."""
    cells = [cell for cell in notebook.cells if is_solution(cell)]
    return {str(cell.metadata.nbgrader.get("grade_id")): cell.source for cell in cells}


def _exercises(
    notebook: NotebookNode, expected: Sequence[str], released: dict[str, str]
) -> dict[str, _Exercise]:
    found: dict[str, _Exercise] = {name: _Exercise() for name in expected}
    for number, cell in enumerate(notebook.cells, start=1):
        name = str(cell.metadata.get("nbgrader", {}).get("grade_id")) if is_solution(cell) else ""
        if name in found:
            found[name].own.append(number)
            found[name].answered |= not _is_stub(cell, released.get(name, ""))
        for defined in names(cell.source)[0] & set(found) if cell.cell_type == "code" else ():
            found[defined].defined.append(number)
            found[defined].answered |= defined != name and _STUB not in cell.source
    return found


def _is_stub(cell: NotebookNode, released: str) -> bool:
    """Whether an exercise's cell is still as students get it."""
    is_released = intake.is_untouched(NotebookNode(cells=[cell]))
    stubs, before = cell.source.count(_STUB), released.count(_STUB) or 1
    return is_released or stubs >= before or cell.source.strip() == released.strip()


def _of_cells(name: str, exercise: _Exercise) -> Iterator[str]:
    """What there is to say of lost, copied and overwritten cells of an exercise."""
    if not exercise.own and exercise.defined:
        yield (
            f"{name}: the cell of this exercise is not there any more; you define {name} in "
            f"{_cells(exercise.defined)}. To be sure, copy it into the exercise's cell of a fresh "
            "copy of the unit."
        )
    elif not exercise.own:
        yield (
            f"{name}: the cell of this exercise is not there any more. Take it from a fresh copy "
            "of the unit."
        )
    elif len(exercise.own) > 1:
        yield (
            f"{name}: {_cells(exercise.own)} are copies of one exercise's cell. Delete those that "
            "are not your answer."
        )
    elif len(exercise.defined) > 1:
        yield (
            f"{name}: it is defined in {_cells(exercise.defined)}. What runs last counts; delete "
            "what you do not mean."
        )


def _cells(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"cells {', '.join(first)} and {last}" if first else f"cell {last}"


def _of_checks(checks: Lesson, answered: Sequence[str]) -> Iterator[str]:
    """Which answers have not been checked as they stand."""
    known = {each.name: each for each in checks.exercises if not each.lost}
    chosen = [known[name] for name in answered if name in known]
    never = [each.name for each in chosen if each.earned is None]
    stale = [each.name for each in chosen if each.stale]
    if never:
        yield f"Not checked: {', '.join(never)}. Run the checks, and save the notebook."
    if stale:
        yield (
            f"Checked before the answer ran last: {', '.join(stale)}. Run the checks again, and "
            "save the notebook."
        )


def _of_modules(notebook: NotebookNode, folder: Path) -> Iterator[str]:
    """Which files of the student's the notebook imports, which are not handed in with it."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    written = {found[1] for source in sources if (found := _WRITTEN.match(source))}
    imported: dict[str, None] = {}
    for source in sources:
        imported |= dict.fromkeys(_imports(source))
    for name in imported:
        own = [place for place in (folder / f"{name}.py", folder / name) if _is_module(place)]
        if own and name not in written:
            yield (
                f"{own[0].name} is a file of yours; only the notebook is handed in, so `{name}` "
                "cannot be imported there. Put its code into a cell."
            )


def _is_module(place: Path) -> bool:
    return place.is_file() or (place.is_dir() and any(place.glob("*.py")))


def _imports(source: str) -> Iterator[str]:
    """The first names of the modules that a cell imports, wherever in it, or runs."""
    yield from (found[1] for found in _RUN.finditer(source))
    tree = parsed(source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module] if node.module else [alias.name for alias in node.names]
            yield from (module.partition(".")[0] for module in modules)


def _of_other_notebooks(path: Path) -> Iterator[str]:
    """Which copies of the notebook have been written later: maybe the work is in one of them."""
    times: dict[str, float] = defaultdict(float)
    for other in path.parent.glob("*.ipynb"):
        times[other.name] = other.stat().st_mtime
    newer = sorted(name for name, time in times.items() if time > times[path.name] + 60)
    if newer:
        yield (
            f"{', '.join(newer)} was changed later than {path.name}, which is what is handed in. "
            f"If your work is there, rename it to {path.name} and submit again."
        )
