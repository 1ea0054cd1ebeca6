"""Where a student stands in a unit: graded, not graded yet, or with nothing to grade."""

import os
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from course_utils.judging.overlay import read

NOTHING = "nothing submitted"
NOT_FINISHED = "autograding did not finish"
GONE = "graded earlier; neither the submission nor the graded notebook is here any more"


def graded_notebook(
    course: Any, gradebook: Gradebook, unit: str, student: str
) -> NotebookNode | str:
    """The graded notebook of a student, or why there is none.

    Args:
        course: nbgrader's `CourseDirectory`.
        gradebook: its gradebook.
        unit: the unit's name.
        student: the student's id.
    """
    path = Path(course.format_path(course.autograded_directory, student, unit)) / f"{unit}.ipynb"
    scored = is_scored(gradebook, unit, student)
    if scored and path.is_file():
        try:
            return read(path.read_text("utf-8"))
        except (ValueError, LookupError, AttributeError, TypeError):  # cut off, or no notebook
            return NOT_FINISHED
    handed_in = os.path.lexists(course.format_path(course.submitted_directory, student, unit))
    if handed_in:
        return NOT_FINISHED
    return GONE if scored else NOTHING


def is_scored(gradebook: Gradebook, unit: str, student: str) -> bool:
    """Whether autograding went through: every test cell of the submission has points."""
    try:
        submission = gradebook.find_submission(unit, student)
    except MissingEntry:
        return False
    by_hand = {
        cell.name
        for notebook in submission.assignment.notebooks
        for cell in (*notebook.solution_cells, *notebook.task_cells)
    }
    return all(
        grade.auto_score is not None or grade.manual_score is not None
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.name not in by_hand
    )
