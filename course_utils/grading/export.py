"""`nbgrader export`: the grades as CSV, with the reason where there is no grade."""

import csv
import io
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import ExportPlugin

from course_utils.grading.intake import refusal
from course_utils.repository import write_atomically

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
NOTHING = "nothing submitted"
NOT_FINISHED = "autograding did not finish"


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
        table.writerows(rows)
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
        course = self.parent.coursedir
        folder = Path(course.format_path(course.submitted_directory, student.id, assignment.name))
        if not folder.is_dir():
            return NOTHING
        if not is_scored(gradebook, assignment.name, student.id):
            return NOT_FINISHED
        for notebook in assignment.notebooks:
            grade_ids = {cell.name for cell in notebook.source_cells}
            reason = refusal(folder / f"{notebook.name}.ipynb", grade_ids)
            if reason:
                return str(reason)
        return ""


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
