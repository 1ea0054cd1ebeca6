"""The rows of the course's contents that each unit must teach.

A unit holds a cell tagged `covers-3.4` for each of its rows. While a unit is still short, its
script says which rows it has, in the head of the file:

    # ---
    # jupyter:
    #   course:
    #     partial: 3.2 3.4
    # ---

Without this mark the unit must have all of them.
"""

from nbformat.notebooknode import NotebookNode

from course_utils.authoring.notebook import tags
from course_utils.errors import CourseError
from course_utils.repository import Unit

LAST_ROW = {1: 10, 2: 8, 3: 10, 4: 7, 5: 13, 6: 10, 7: 9, 8: 13, 9: 5, 10: 5}
"""The number of rows of each unit: unit 3 teaches 3.1 to 3.10."""


def all_rows(unit: Unit) -> list[str]:
    """The rows of a unit that is complete; none for a unit outside of the ten."""
    number = unit.name.partition("-")[0]
    last = LAST_ROW.get(int(number), 0) if number.isdigit() else 0
    return [f"{int(number)}.{row}" for row in range(1, last + 1)]


def demanded_rows(unit: Unit, notebook: NotebookNode) -> list[str]:
    """The rows that a unit must have now: all of them, or those that its mark names.

    Raises:
        CourseError: when the mark is no text or names a row that the unit does not have.
    """
    rows = all_rows(unit)
    mark = notebook.metadata.get("course", {}).get("partial")
    if mark is None:
        return rows
    if not isinstance(mark, str) or not set(mark.split()) <= set(rows):
        raise CourseError(
            f"{unit.name}: expected `partial` to name some of its rows, a single one in quotes;"
            f" got {mark!r}. The rows are: {' '.join(rows) or 'none'}."
        )
    return mark.split()


def covered_rows(notebook: NotebookNode) -> list[str]:
    """The rows that the cells' tags name."""
    marks = [tag for cell in notebook.cells for tag in tags(cell) if tag.startswith("covers-")]
    return [mark.removeprefix("covers-") for mark in marks]
