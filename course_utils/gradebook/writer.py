"""The one writer of `course grade`: puts graded submissions into the gradebook and the folders.

A submission is written in one transaction, then its feedback page, and its notebook last, with the
task's fingerprint: whoever is killed in between has lost nothing, since what lacks its fingerprint
is graded again and comes out the same.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config

from course_utils.files import write_atomically
from course_utils.gradebook.arrival import STAMP, stamp
from course_utils.gradebook.scoring import SaveGrades
from course_utils.judging.cells import KEY, refused
from course_utils.judging.overlay import read
from course_utils.judging.tasks import Graded, Task
from course_utils.reports.feedback import Feedback, page, sections
from course_utils.reports.standing import is_scored


class Writer:
    """Writes to a course's gradebook, `autograded` and `feedback`.

    Args:
        course: nbgrader's `CourseDirectory`.
        config: nbgrader's configuration, for late penalties.
    """

    def __init__(self, course: Any, config: Config) -> None:
        self._course = course
        self._scores = SaveGrades(config=config)
        self._gradebook = Gradebook(course.db_url, course.course_id)
        # The unit's cells stay loaded from one student to the next; what is a student's does not.
        self._gradebook.db().expire_on_commit = False
        self._cells: list = []

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *error: object) -> None:
        self._gradebook.close()

    def has(self, task: Task) -> bool:
        """Whether this very task has been graded and written."""
        try:
            graded = nbformat.read(self._path("autograded", task.student, task.unit), as_version=4)
        except Exception:  # missing, or of another grader: then it is graded again
            return False
        same = graded.metadata.get(KEY, {}).get("graded") == task.fingerprint
        scored = same and is_scored(self._gradebook, task.unit, task.student)
        self._gradebook.db.expunge_all()  # what is written later asks the database again
        return scored

    def write(self, graded: Graded) -> float:
        """Write a graded submission and its feedback page; its points (see `SaveGrades`)."""
        try:
            return self._write(graded)
        except BaseException:
            self._gradebook.db.rollback()
            raise

    def _write(self, graded: Graded) -> float:
        notebook = read(graded.notebook)
        submission = self._submission(graded.student, graded.unit)
        entry = self._gradebook.find_submission_notebook(graded.unit, graded.unit, graded.student)
        self._cells = [grade.cell for grade in entry.grades]
        self._cells += [comment.cell for comment in entry.comments]
        points = self._scores.save(notebook, submission, entry)
        self._load(Grade, entry)
        feedback = _feedback(notebook, entry, graded)
        self._gradebook.db.commit()
        for record in (submission, entry, *entry.grades, *entry.comments):
            self._gradebook.db.expire(record)
        place = self._path("feedback", graded.student, graded.unit).with_suffix(".html")
        write_atomically(place, feedback)
        target = self._path("autograded", graded.student, graded.unit)
        target.parent.mkdir(parents=True, exist_ok=True)
        came = stamp(self._path("submitted", graded.student, graded.unit).parent).time
        if came:
            write_atomically(target.parent / STAMP, came.isoformat(" "))
        write_atomically(target, graded.notebook + "\n")
        return points

    def _submission(self, student: str, unit: str) -> SubmittedAssignment:
        self._gradebook.update_or_create_student(student)
        folder = self._path("submitted", student, unit).parent
        came = stamp(folder).time
        known = {"timestamp": came} if came else {}
        return self._gradebook.update_or_create_submission(unit, student, **known)

    def _load(self, kind: type[Any], entry: SubmittedNotebook) -> None:
        """Ask for all records of a kind at once; else each of their scores is a question."""
        self._gradebook.db.flush()
        records = self._gradebook.db.query(kind).filter(kind.notebook_id == entry.id)
        records.populate_existing().all()

    def _path(self, step: str, student: str, unit: str) -> Path:
        folder = getattr(self._course, f"{step}_directory")
        return Path(self._course.format_path(folder, student, unit)) / f"{unit}.ipynb"


def _feedback(notebook: NotebookNode, entry: SubmittedNotebook, graded: Graded) -> str:
    """The feedback page, as `nbgrader generate_feedback` makes it from the gradebook."""
    grades = {grade.name: grade for grade in entry.grades}
    comments = {comment.name: comment for comment in entry.comments}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if is_solution(cell) or is_task(cell):
            marks["comment"] = comments[marks["grade_id"]].comment
        if is_grade(cell) or is_task(cell):
            grade = grades[marks["grade_id"]]
            marks.update(score=grade.score, points=grade.max_score)
    penalty = entry.late_submission_penalty or 0
    points = entry.score - penalty, entry.max_score, penalty
    said = sections(notebook), refused(notebook)
    return page(Feedback(graded.unit, graded.student, *points, *said))
