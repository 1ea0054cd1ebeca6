"""`nbgrader export`: the grades as CSV, with the reason where there is no grade."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.plugins import ExportPlugin

from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.judging.cells import refused
from course_utils.reports.late_work import LateWork
from course_utils.reports.standing import NOTHING, graded_notebook, is_scored
from course_utils.student_ids import printable

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "not_graded",
    "deadline",
    "late",
)

FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet takes a text for a formula; some split lines at semicolons."""


class GradesWithReasons(ExportPlugin):
    """nbgrader's CSV with three more columns.

    `not_graded` says why a submission that could not be read has 0, who handed in nothing, and
    where autograding has not finished; there the score stays empty. `deadline` is the student's
    own, with extension and grace, in the class's time zone; `late` says how late the submission is.

    Raises:
        CourseError: when `class.toml` cannot be read.
    """

    def export(self, gradebook: Gradebook) -> None:
        try:
            late_work = LateWork(self.parent.coursedir, self.config)
        except CourseError as error:
            if isinstance(self.parent, NbGrader):
                self.parent.fail(str(error))  # the command ends, without a traceback
            raise
        chosen = map(str, self.assignment), map(str, self.student)
        text = io.StringIO()
        table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        table.writeheader()
        for row in rows(self.parent.coursedir, gradebook, late_work, *chosen):
            table.writerow({name: _cell(value) for name, value in row.items()})
        write_atomically(Path(self.to or "grades.csv"), text.getvalue())


def rows(
    course: Any,
    gradebook: Gradebook,
    late_work: LateWork,
    units: Iterable[str] = (),
    students: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """What is known of each student in each unit, by the names of the columns.

    Args:
        course: nbgrader's `CourseDirectory`.
        gradebook: its gradebook, in which late penalties are settled before.
        late_work: of the class.
        units: the units that are asked for; all by default.
        students: the ids of the students who are asked for; all by default.
    """
    units, students = set(units), set(students)
    names = [a.name for a in gradebook.assignments if not units or a.name in units]
    for name in names:
        late_work.settle(gradebook, name)
    return [
        _row(course, gradebook, assignment, student, late_work)
        for assignment in map(gradebook.find_assignment, names)
        for student in sorted(gradebook.students, key=lambda student: student.id)
        if not students or student.id in students
    ]


def _row(
    course: Any,
    gradebook: Gradebook,
    assignment: Assignment,
    student: Student,
    late_work: LateWork,
) -> dict[str, Any]:
    where = assignment.name, student.id
    notebook = graded_notebook(course, gradebook, *where)
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
        "not_graded": notebook if isinstance(notebook, str) else refused(notebook),
    }
    try:
        submission = gradebook.find_submission(*where)
    except MissingEntry:
        submission = None
    if submission is not None:
        row["timestamp"] = submission.timestamp
        lateness = late_work.lateness(submission)
        row["late"] = lateness.words
    else:
        lateness = late_work.rule(assignment).lateness(student.id, None)
    if lateness.deadline:
        row["deadline"] = late_work.dates.zone.iso(lateness.deadline)
    if submission is not None and is_scored(gradebook, *where):
        penalty = submission.late_submission_penalty or 0.0
        row["raw_score"] = submission.score
        row["late_submission_penalty"] = penalty
        row["score"] = max(0.0, submission.score - penalty)
    elif row["not_graded"] == NOTHING:
        row |= {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
    return row


def _cell(value: object) -> object:
    """A cell's value, a text so that no spreadsheet computes it and no terminal obeys it."""
    if not isinstance(value, str):
        return value
    return FORMULA.sub(r"\1'", printable(" ".join(value.split())))


def export(api: NbGraderAPI, path: Path) -> Path:
    """Write the grades of everybody in every unit into a file; its path."""
    plugin = GradesWithReasons(parent=api)
    plugin.to = str(path)
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        plugin.export(gradebook)
    return path
