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
from course_utils.student_ids import unfit


def submit(unit_name: str, student: str, work_folder: Path, out: Path) -> Path:
    """Pack the notebook of a unit; print a warning when nothing in it is answered.

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
    try:
        notebook = intake.read(path)
    except intake.NotGradableError as error:
        raise CourseError(f"{path} cannot be handed in. {error}") from error
    if not any(map(is_solution, notebook.cells)):
        raise CourseError(
            f"{path} has no exercise cells, so it could not be graded. Copy your answers into a "
            "fresh copy of the unit's notebook."
        )
    if intake.is_untouched(notebook):
        Console().print(
            "No exercise has been answered in this notebook. If you did write answers, save the "
            "notebook and submit again.",
            style="bold yellow",
        )
    label = f"{student}+{path.stem}+{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    archive = out / f"{label}.zip"
    write_atomically(archive, _packed(path, f"{label}/{path.name}"))
    return archive


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
