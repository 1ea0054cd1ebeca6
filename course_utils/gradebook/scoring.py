"""From the outputs of a graded notebook to the points in the gradebook, for both graders."""

from datetime import datetime
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from course_utils.gradebook.arrival import stamp
from course_utils.reports.late_work import LateWork


class SaveGrades(NbGraderPreprocessor):
    """Saves scores, comments and the late penalty of a submission in one transaction.

    nbgrader's `SaveAutoGrades` has one for every cell. Points and comments given by hand stay;
    such a cell is marked to be looked at again.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        where = resources["nbgrader"]
        course = self.parent.parent.coursedir
        names = where["assignment"], where["student"]
        folder = course.format_path(course.submitted_directory, *reversed(names))
        with Gradebook(course.db_url, course.course_id) as gradebook:
            submission = gradebook.find_submission(*names)
            entry = gradebook.find_submission_notebook(where["notebook"], *names)
            save(nb, submission, entry, stamp(Path(folder)).time, self.parent.late_work)
            gradebook.db.commit()
        return nb, resources


def save(
    notebook: NotebookNode,
    submission: SubmittedAssignment,
    entry: SubmittedNotebook,
    came: datetime | None,
    late_work: LateWork,
) -> float:
    """Put points, comments, time and penalty into the gradebook's records; the points.

    Args:
        notebook: the graded notebook, its results settled (`preprocessors.settle`).
        submission: the student's submission to the unit.
        entry: its notebook.
        came: when it was handed in, in UTC; None where that is not known.
        late_work: of the class.
    """
    _score(notebook, entry)
    submission.timestamp = came
    points = entry.score
    late_work.put(submission, entry)
    return points


def _score(notebook: NotebookNode, entry: SubmittedNotebook) -> None:
    grades = {grade.name: grade for grade in entry.grades}
    comments = {comment.name: comment for comment in entry.comments}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            grade = grades[name]
            grade.auto_score, _ = determine_grade(cell)
            by_hand = grade.manual_score is not None or grade.auto_score is None
            grade.needs_manual_grade = by_hand
        if is_solution(cell) or is_task(cell):
            empty = not is_task(cell) and cell.metadata.nbgrader.checksum == compute_checksum(cell)
            comments[name].auto_comment = "No response." if empty else None
