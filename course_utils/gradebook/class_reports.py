"""`course report`: the class report of one unit, or of all, from what has been graded."""

import warnings
from collections.abc import Sequence

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from course_utils.errors import CourseError
from course_utils.gradebook import roster
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.collect import enrol
from course_utils.gradebook.due import is_there
from course_utils.reports import class_overview, class_report
from course_utils.reports.class_report import Summary
from course_utils.repository import repository, units


def run(names: Sequence[str]) -> int:
    """Write `class-report-UNIT.html` for each unit; of all or several `class-report.html`, too.

    Nobody is graded. The people of the roster become the gradebook's students, as `course collect`
    does it, so that who is missing is known.

    Args:
        names: the units; by default all that the gradebook knows.

    Returns:
        0.

    Raises:
        CourseError: for an unknown unit, one that the gradebook does not know, a roster that
            cannot be used, or where there is no gradebook that can be used.
    """
    try:
        return _run(names)
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or type(error).__name__
        raise CourseError(f"The gradebook cannot be used: {reason}.") from error


def _run(names: Sequence[str]) -> int:
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    root = repository()
    course = CourseDirectory(config=load_config(root))
    course.root = str(root)
    chosen = [unit.name for unit in units(root, names)]
    in_gradebook = _assignments(course)
    if names and (unknown := [name for name in chosen if name not in in_gradebook]):
        raise CourseError(
            f"The gradebook does not know {unknown[0]}: run `nbgrader generate_assignment "
            f"{unknown[0]} --force` first."
        )
    chosen = [name for name in chosen if name in in_gradebook]
    if not chosen:
        raise CourseError("The gradebook knows no unit: run `nbgrader generate_assignment UNIT`.")
    enrol(course, roster.of_course(root))
    found = [class_report.summary(course, name) for name in chosen]
    pages = [class_report.put(course, unit) for unit in found]
    if not names or len(found) > 1:
        pages.append(class_overview.write(course, found))
    console = Console()
    console.print(_table(found))
    for page in pages:
        console.print(f"Class report: {page}", soft_wrap=True, markup=False, highlight=False)
    return 0


def _assignments(course: CourseDirectory) -> set[str]:
    """The units that the gradebook knows.

    Raises:
        CourseError: when there is no gradebook.
    """
    if not is_there(course):
        raise CourseError(
            "There is no gradebook yet: run `nbgrader generate_assignment UNIT --force`, and grade."
        )
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {assignment.name for assignment in gradebook.assignments}


def _table(found: Sequence[Summary]) -> Table:
    table = Table()
    table.add_column("unit", no_wrap=True)
    for column in ("handed in", "late", "not graded", "mean", "similar answers"):
        table.add_column(column, justify="right")
    for unit in found:
        everybody, missing = len(unit.entries), len(unit.missing)
        table.add_row(
            unit.unit,
            f"{everybody - missing} of {everybody}",
            str(len(unit.late)),
            str(len(unit.failed)),
            f"{unit.mean:.2f} of {unit.maximum:g}" if unit.graded else "–",
            str(len(unit.similar)),
        )
    return table
