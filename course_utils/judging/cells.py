"""What a cell is: an answer, a test, a demonstration, or one that the student wrote."""

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

KEY = "course"
"""Our key in the metadata of a cell that the student wrote or changed, and of the notebook."""


def grade_id(cell: NotebookNode) -> str | None:
    """The name of an exercise's or test's cell."""
    found = cell.metadata.get("nbgrader", {})
    name = found.get("grade_id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is a test that is graded automatically."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def is_demo(cell: NotebookNode) -> bool:
    """Whether a cell only demonstrates something, so that grading leaves it out."""
    return "demo" in cell.metadata.get("tags", [])


def is_students(cell: NotebookNode) -> bool:
    """Whether a cell outside the exercises was written or changed by the student."""
    return KEY in cell.metadata


def note(cell: NotebookNode) -> str:
    """What is said to the student of where the answer in this cell was taken from."""
    return cell.metadata.get(KEY, {}).get("note", "")


def questions(notebook: NotebookNode) -> list[str]:
    """What the instructor is asked of a notebook, since it could not be decided."""
    return notebook.metadata.get(KEY, {}).get("questions", [])


def refused(notebook: NotebookNode) -> str:
    """Why a notebook is not graded; empty when it is."""
    return notebook.metadata.get(KEY, {}).get("refused", "")
