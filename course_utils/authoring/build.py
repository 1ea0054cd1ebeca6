"""`course build`: from the script to the executed source and the proven release."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from course_utils import checks
from course_utils.authoring import proofs
from course_utils.authoring.execution import execute
from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.markers import lint
from course_utils.authoring.notebook import read_script, to_json
from course_utils.authoring.release import make_release
from course_utils.authoring.secrets import collect
from course_utils.checks.core import Exercise
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.repository import Unit, repository, units


@dataclass(frozen=True)
class Built:
    """What was built: the unit, its points, and measured seconds and bytes."""

    unit: Unit
    points: float
    seconds: float
    source_bytes: int
    release_bytes: int


def run(names: Iterable[str]) -> int:
    """Build the named units, or all; print what came of each.

    Returns:
        0 when all were built, else 1.

    Raises:
        CourseError: outside of the repository, for a name that is no unit, or when the running
            `course_utils` is not the repository's own.
    """
    root = repository()
    chosen = units(root, names)
    _same_package(root)
    console = Console()
    built, refused = [], []
    with Progress(console=console, transient=True) as progress:
        for unit in chosen:
            task = progress.add_task(unit.name, total=_steps(unit))
            try:
                built.append(build(unit, on_step=partial(progress.advance, task)))
            except CourseError as error:
                refused.append(error)
    if built:
        console.print(_table(built))
    for reason in refused:
        console.print(str(reason), style="red", markup=False, highlight=False, soft_wrap=True)
    return 1 if refused else 0


def build(unit: Unit, on_step: Callable[[], None] = lambda: None) -> Built:
    """Make the executed source and the release of one unit.

    The source is written as soon as it has run, so that its author can look at it; the release
    replaces the one before only when everything is proven.

    Args:
        unit: what to build.
        on_step: called after each executed cell (of the source, then of the release).

    Raises:
        CourseError: with every problem of the script, the cell that failed, or every proof that
            does not hold.
    """
    start = time.monotonic()
    lint(unit)
    exercises = _exercises(unit)
    source = execute(read_script(unit.script), unit.root, on_cell=on_step)
    text = to_json(source)
    write_atomically(unit.source, text)
    unit.release.parent.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(
        dir=unit.release.parent.parent, prefix=f".{unit.name}.", suffix=".tmp"
    ) as staging:
        folder = make_release(unit, text, Path(staging))
        release = nbformat.read(folder / unit.release.name, as_version=4)
        tried = execute(release, unit.root, errors_allowed=True, skip="demo", on_cell=on_step)
        secrets = collect(units(unit.root))
        violations = [
            *proofs.full_marks(source),
            *proofs.no_marks(tried),
            *proofs.same_points(source, exercises),
            *_static(unit, source, release),
            *(f"leak: {leak}" for leak in find_leaks(folder, secrets)),
            *(f"leak: {leak}" for leak in find_leaks(unit.root / "course_utils", secrets)),
        ]
        if violations:
            listed = "\n".join(f"- {violation}" for violation in violations)
            raise CourseError(f"{unit.name} has no new release; these proofs fail:\n{listed}")
        _replace(unit.release.parent, folder, Path(staging) / "before")
    return Built(
        unit,
        points=sum(exercise.points for exercise in exercises.values()),
        seconds=time.monotonic() - start,
        source_bytes=unit.source.stat().st_size,
        release_bytes=unit.release.stat().st_size,
    )


def _same_package(root: Path) -> None:
    """Points are proven against the checks that run here: they must be this repository's."""
    running = Path(checks.__file__).resolve().parents[2]
    if running != root.resolve():
        raise CourseError(
            f"The repository is {root}, but the course_utils that runs here lies in {running}:"
            " install the repository with `pip install -e .` first."
        )


def _static(unit: Unit, source: NotebookNode, release: NotebookNode) -> list[str]:
    """The proofs that need no scores."""
    return [
        *proofs.stubs(release),
        *proofs.rows(unit, source),
        *proofs.outline(source),
        *proofs.alternatives(source),
        *proofs.steadiness(source),
        *proofs.size(source, "source"),
        *proofs.size(release, "release"),
    ]


def _exercises(unit: Unit) -> dict[str, Exercise]:
    try:
        return checks.exercises(unit.topic)
    except ModuleNotFoundError as error:
        if not str(error.name).endswith(f".{unit.topic}"):
            raise
        raise CourseError(
            f"{unit.name} has no checks: write the package course_utils/checks/{unit.topic}/, with"
            " an Exercise for each exercise of the notebook listed in its __init__.py (a small unit"
            f" may be one module, {unit.topic}.py)."
        ) from error


def _replace(place: Path, new: Path, before: Path) -> None:
    """Put the new folder in the place of the old one, which goes to `before`."""
    if place.exists():
        os.rename(place, before)
    os.rename(new, place)


def _steps(unit: Unit) -> int:
    """Code cells of the source, and again of the release."""
    return 2 * sum(cell.cell_type == "code" for cell in read_script(unit.script).cells)


def _table(built: list[Built]) -> Table:
    table = Table("Unit", title="Built and proven")
    for column in ("points", "seconds", "source (MB)", "release (MB)"):
        table.add_column(column, justify="right")
    for each in built:
        sizes = (f"{size / 1e6:.2f}" for size in (each.source_bytes, each.release_bytes))
        table.add_row(each.unit.name, f"{each.points:g}", f"{each.seconds:.0f}", *sizes)
    return table
