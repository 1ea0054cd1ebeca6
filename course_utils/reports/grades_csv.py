"""`nbgrader export`: the grades as CSV, with the reason where there is no grade."""

import csv
import io
import re
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.apps.api import NbGraderAPI
from nbgrader.plugins import ExportPlugin

from course_utils.files import write_atomically
from course_utils.judging.cells import refused
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
)


_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet takes a text for a formula; some split lines at semicolons."""


class GradesWithReasons(ExportPlugin):
    """nbgrader's CSV with one more column, `not_graded`.

    It says why a submission that could not be read has 0, who handed in nothing, and where
    autograding has not finished; there the score stays empty.
    """

    def export(self, gradebook: Gradebook) -> None:
        chosen = set(map(str, self.student))
        units = set(map(str, self.assignment))
        rows = [
            self._row(gradebook, assignment, student)
            for assignment in gradebook.assignments
            if not units or assignment.name in units
            for student in sorted(gradebook.students, key=lambda student: student.id)
            if not chosen or student.id in chosen
        ]
        text = io.StringIO()
        table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
        write_atomically(Path(self.to or "grades.csv"), text.getvalue())

    def _row(
        self, gradebook: Gradebook, assignment: Assignment, student: Student
    ) -> dict[str, object]:
        row = {
            "assignment": assignment.name,
            "duedate": assignment.duedate,
            "student_id": student.id,
            "last_name": student.last_name,
            "first_name": student.first_name,
            "email": student.email,
            "max_score": assignment.max_score,
            "not_graded": self._why_not(gradebook, assignment, student),
        }
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            submission = None
        if submission is not None:
            row["timestamp"] = submission.timestamp
        if submission is not None and is_scored(gradebook, assignment.name, student.id):
            penalty = submission.late_submission_penalty or 0.0
            row["raw_score"] = submission.score
            row["late_submission_penalty"] = penalty
            row["score"] = max(0.0, submission.score - penalty)
        elif row["not_graded"] == NOTHING:
            row |= {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
        return row

    def _why_not(self, gradebook: Gradebook, assignment: Assignment, student: Student) -> str:
        where = assignment.name, student.id
        notebook = graded_notebook(self.parent.coursedir, gradebook, *where)
        return notebook if isinstance(notebook, str) else refused(notebook)


def _cell(value: object) -> object:
    """A cell's value, a text so that no spreadsheet computes it and no terminal obeys it."""
    if not isinstance(value, str):
        return value
    return _FORMULA.sub(r"\1'", printable(" ".join(value.split())))


def export(api: NbGraderAPI, path: Path) -> Path:
    """Write the grades of everybody in every unit into a file; its path."""
    plugin = GradesWithReasons(parent=api)
    plugin.to = str(path)
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        plugin.export(gradebook)
    return path
