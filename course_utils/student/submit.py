"""`course submit`: packs a notebook into the archive that `nbgrader zip_collect` reads."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import is_solution
from rich.console import Console

from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.judging import intake
from course_utils.repository import releases
from course_utils.student.handing_in import defined, look
from course_utils.student_ids import printable, unfit


def submit(unit_name: str, student: str, work_folder: Path, out: Path) -> Path:
    """Pack the notebook of a unit; print what its student should know before (`handing_in.look`).

    Args:
        unit_name: the unit, as `03-convolution`, `convolution` or `03`.
        student: the id that the instructor knows the student by.
        work_folder: the folder with the student's notebooks, `UNIT/UNIT.ipynb`.
        out: the folder for the archive.

    Returns:
        The archive, `STUDENT+UNIT+TIME.zip`. The same name inside it is the folder that holds the
        notebook, so the archive may be renamed on its way.

    Raises:
        CourseError: when there is no such notebook, or it cannot be graded, or the id is unfit.
    """
    if why := unfit(student):
        raise CourseError(f"{student!r} cannot be a student's id: {why}.")
    path = _find(unit_name, work_folder)
    _require(path)
    try:
        notebook = intake.read(path)
    except intake.NotGradableError as error:
        raise CourseError(f"{path} cannot be handed in. {error}") from error
    release = _release(path.stem)
    if not any(map(is_solution, notebook.cells)) and not defined(notebook, release):
        raise CourseError(
            f"{path} has no exercise cells, so it could not be graded. Copy your answers into a "
            "fresh copy of the unit's notebook."
        )
    console = Console()
    for sentence in look(path, release):
        console.print(printable(sentence), style="bold yellow", markup=False, highlight=False)
    label = f"{student}+{path.stem}+{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    archive = out / f"{label}.zip"
    write_atomically(archive, _packed(path, f"{label}/{path.name}"))
    return archive


def _require(path: Path) -> None:
    """Name what is there where a notebook is not, as after it was renamed.

    Raises:
        CourseError: when there is no such notebook.
    """
    others = sorted(other.name for other in path.parent.glob("*.ipynb"))
    if path.name in others:
        return
    there = f", but {' and '.join(others)}. Rename yours to {path.name}." if others else "."
    raise CourseError(f"There is no {path.name} in {path.parent}{there}")


def _release(unit: str) -> Path | None:
    """The unit's release; None where there is no copy of the course."""
    try:
        return next((path for path in releases() if path.stem == unit), None)
    except CourseError:
        return None


def _find(unit_name: str, work_folder: Path) -> Path:
    notebooks = sorted(
        folder / f"{folder.name}.ipynb" for folder in work_folder.glob("[0-9][0-9]-*")
    )
    for path in notebooks:
        number, _, topic = path.stem.partition("-")
        if unit_name in (path.stem, topic, topic.replace("-", "_"), number):
            return path
    known = ", ".join(path.stem for path in notebooks) or "none"
    raise CourseError(
        f"There is no unit {unit_name!r} in {work_folder}; the units there are: {known}."
    )


def _packed(path: Path, name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, name)
    return packed.getvalue()
