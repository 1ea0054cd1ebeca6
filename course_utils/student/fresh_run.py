"""Run a student's notebooks from the top in fresh kernels, as a grader does; the files stay."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course_utils.errors import CourseError
from course_utils.student.progress import Lesson, Progress, lesson_of, notebooks, progress_of

CELL_SECONDS = 300
"""What one cell may take."""

_STUB = "raise NotImplementedError"


def run(folder: Path) -> Progress:
    """What the checks say when each notebook with an answer in it runs from top to bottom.

    Args:
        folder: a work folder with notebooks `UNIT/UNIT.ipynb`.

    Raises:
        CourseError: when the folder does not exist.
    """
    return progress_of(_fresh(folder), folder)


def _fresh(folder: Path) -> Iterator[Lesson]:
    for path in notebooks(folder):
        found = lesson_of(path)
        if found is not None and (found.problem or _is_begun(path)):
            yield found if found.problem else _ran(path)


def _is_begun(path: Path) -> bool:
    """Whether the stub is gone from an answer's cell."""
    answers = [c for c in _cells(path) if c.metadata.get("nbgrader", {}).get("solution")]
    return any(_STUB not in cell.source for cell in answers)


def _cells(path: Path) -> list[nbformat.NotebookNode]:
    return nbformat.read(path, as_version=4).cells


def _ran(path: Path) -> Lesson:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    problem = ""
    try:
        client.execute()
    except RuntimeError as error:  # nbclient's dead kernel and time-out are among these
        problem = f"it did not run to its end ({type(error).__name__})."
    lesson = lesson_of(path, json.loads(nbformat.writes(notebook)))
    if lesson is None:
        raise CourseError(f"{path} has no exercises any more.")
    return replace(lesson, problem=problem)
