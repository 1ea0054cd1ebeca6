"""The one writer of `course grade`: puts graded submissions into the gradebook and the folders.

A submission is written in one transaction, then its feedback page, and its notebook last, with the
task's fingerprint: whoever is killed in between has lost nothing, since what lacks its fingerprint
is graded again and comes out the same.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import BaseCell, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.config import Config

from course_utils.files import write_atomically
from course_utils.gradebook import roster
from course_utils.gradebook.arrival import STAMP, stamp
from course_utils.gradebook.changes import Points
from course_utils.gradebook.scoring import save
from course_utils.gradebook.submitted import SECRET, secret
from course_utils.judging.cells import KEY, refused
from course_utils.judging.check_versions import CHECKS
from course_utils.judging.intake import ID_FOLDERS
from course_utils.judging.overlay import read
from course_utils.judging.tasks import Graded, Task
from course_utils.reports.feedback import Feedback, page, sections
from course_utils.reports.late_work import LateWork
from course_utils.reports.standing import graded_notebook, is_scored


@dataclass(frozen=True)
class Standing:
    """What counts of a graded submission.

    Attributes:
        points: after the late penalty.
        late: how late it is, in words.
        before: the points that counted before, with another penalty or the same.
        problem: why its feedback page could not be written.
    """

    points: float
    late: str
    before: float
    problem: str = ""


class Writer:
    """Writes to a course's gradebook, `autograded` and `feedback`.

    Args:
        course: nbgrader's `CourseDirectory`.
        config: nbgrader's configuration, for late penalties.

    Raises:
        CourseError: when `class.toml` cannot be read.
    """

    def __init__(self, course: Any, config: Config) -> None:
        self._course = course
        self._late_work = LateWork(course, config)
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
        same = self._marks(task).get("graded") == task.fingerprint
        scored = same and is_scored(self._gradebook, task.unit, task.student)
        self._gradebook.db.expunge_all()  # what is written later asks the database again
        return scored

    def other_checks(self, task: Task) -> frozenset[str]:
        """The tests whose check is not the one that gave a student's points."""
        kept = self._marks(task).get(CHECKS)
        if not isinstance(kept, dict):  # graded before that was kept
            return frozenset()
        return frozenset(test for test in task.checks if kept.get(test) != task.checks[test])

    def _marks(self, task: Task) -> dict[str, Any]:
        """What a graded notebook says of its grading; nothing where there is none."""
        path = self._path("autograded", task.student, task.unit)
        try:
            marks = json.loads(path.read_text("utf-8"))["metadata"][KEY]
        except (OSError, ValueError, LookupError, TypeError):  # missing, or of another grader
            return {}
        return marks if isinstance(marks, dict) else {}

    def points(self, unit: str, student: str = "") -> dict[str, Points]:
        """What everybody has who is graded, or one student, by student."""
        assignment = self._gradebook.find_assignment(unit)
        by_hand = {
            cell.name
            for notebook in assignment.notebooks
            for cell in (*notebook.solution_cells, *notebook.task_cells)
        }
        scores = Grade.score, Grade.auto_score, Grade.manual_score
        whose = SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty
        rows = (
            self._gradebook.db.query(*whose, BaseCell.name, *scores)
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .filter(SubmittedAssignment.assignment_id == assignment.id)
        )
        if student:
            rows = rows.filter(SubmittedAssignment.student_id == student)
        tests: dict[str, dict[str, float]] = defaultdict(dict)
        penalties, unscored = {}, set()
        for who, penalty, name, score, by_check, manual in rows:
            tests[who][name], penalties[who] = score, penalty or 0.0
            if by_check is None and manual is None and name not in by_hand:
                unscored.add(who)
        return {
            who: Points(sum(scores.values()) - penalties[who], scores)
            for who, scores in tests.items()
            if who not in unscored
        }

    def preview(self, graded: Graded) -> Points:
        """What a student would have, were this written; nothing is.

        Args:
            graded: of a student who has been graded before.
        """
        student, unit = graded.student, graded.unit
        try:
            submission = self._gradebook.find_submission(unit, student)
            entry = self._gradebook.find_submission_notebook(unit, unit, student)
            came = self._came(student, unit)
            save(read(graded.notebook), submission, entry, came, self._late_work)
            self._gradebook.db.flush()
            return self.points(unit, student)[student]
        finally:
            self._gradebook.db.rollback()

    def write(self, graded: Graded) -> float:
        """Write a graded submission and its feedback page; its points (see `save`)."""
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
        came = self._came(graded.student, graded.unit)
        points = save(notebook, submission, entry, came, self._late_work)
        self._load(Grade, entry)
        feedback = self._feedback(notebook, submission, entry)
        self._gradebook.db.commit()
        for record in (submission, entry, *entry.grades, *entry.comments):
            self._gradebook.db.expire(record)
        page_at = self._page(graded.student, graded.unit)
        write_atomically(page_at, feedback)
        target = self._path("autograded", graded.student, graded.unit)
        for folder in (page_at.parent, target.parent):
            self._keep_with(folder, graded.student, graded.unit)
        write_atomically(target, graded.notebook + "\n")
        return points

    def _keep_with(self, folder: Path, student: str, unit: str) -> None:
        """Put into a folder when a submission came, and its secret, as nbgrader's steps want it."""
        came = self._came(student, unit)
        kept = {
            STAMP: came.isoformat(" ").encode() if came else b"",
            SECRET: secret(self._path("submitted", student, unit).parent, ID_FOLDERS),
        }
        for name, content in kept.items():
            if content:
                write_atomically(folder / name, content)
            else:
                (folder / name).unlink(missing_ok=True)

    def units(self) -> list[str]:
        """The names of the units that the gradebook knows."""
        return sorted(assignment.name for assignment in self._gradebook.assignments)

    def unknown_students(self) -> list[str]:
        """Who has an extension and is neither in the gradebook nor in the roster."""
        known = {student.id for student in self._gradebook.students}
        known |= {person.id for person in roster.of_course(Path(self._course.root))}
        return sorted(self._late_work.extended() - known)

    def dropped_due_date(self, unit: str) -> str:
        """See `LateWork.dropped`."""
        return self._late_work.dropped(self._gradebook.find_assignment(unit))

    def bring_up_to_date(
        self, unit: str, same: Collection[str] = (), written: Collection[str] = ()
    ) -> dict[str, Standing]:
        """Let times, late penalties and feedback pages be what they would be if graded now.

        Args:
            unit: the unit's name.
            same: students whose submission is the one that has been graded; when it came may have
                changed.
            written: students whose page has just been written.

        Returns:
            What counts, by student, of all that is graded.
        """
        for student in same:
            self._note_time(student, unit)
        self._gradebook.db.expunge_all()  # what it has loaded may have changed since
        before = self._late_work.settle(self._gradebook, unit)
        found = {}
        for submission in self._gradebook.find_assignment(unit).submissions:
            student = submission.student_id
            entry = self._gradebook.find_submission_notebook(unit, unit, student)
            problem = ""
            if student not in written or student in before:
                notebook = graded_notebook(self._course, self._gradebook, unit, student)
                if isinstance(notebook, str) or not _fits(notebook, entry):
                    continue
                text = self._feedback(notebook, submission, entry)
                problem = self._put_page(student, unit, text)
            points = entry.score - (entry.late_submission_penalty or 0.0)
            late = self._late_work.lateness(submission).words
            counted = entry.score - before[student] if student in before else points
            found[student] = Standing(points, late, counted, problem)
        return found

    def _put_page(self, student: str, unit: str, text: str) -> str:
        """Write a feedback page where it says something else; why that could not be done."""
        place = self._page(student, unit)
        try:
            if not place.is_file() or place.read_text("utf-8") != text:
                write_atomically(place, text)
                self._keep_with(place.parent, student, unit)
        except (OSError, ValueError) as error:
            return f"its feedback page cannot be written: {error}"
        return ""

    def _note_time(self, student: str, unit: str) -> None:
        came = self._came(student, unit)
        submission = self._gradebook.find_submission(unit, student)
        if submission.timestamp == came:
            return
        submission.timestamp = came
        self._gradebook.db.commit()
        place = self._path("autograded", student, unit).with_name(STAMP)
        if came:
            write_atomically(place, came.isoformat(" "))
        else:
            place.unlink(missing_ok=True)

    def _came(self, student: str, unit: str) -> datetime | None:
        return stamp(self._path("submitted", student, unit).parent).time

    def _submission(self, student: str, unit: str) -> SubmittedAssignment:
        self._gradebook.update_or_create_student(student)
        return self._gradebook.update_or_create_submission(unit, student)

    def _load(self, kind: type[Any], entry: SubmittedNotebook) -> None:
        """Ask for all records of a kind at once; else each of their scores is a question."""
        self._gradebook.db.flush()
        records = self._gradebook.db.query(kind).filter(kind.notebook_id == entry.id)
        records.populate_existing().all()

    def _page(self, student: str, unit: str) -> Path:
        return self._path("feedback", student, unit).with_suffix(".html")

    def _path(self, step: str, student: str, unit: str) -> Path:
        folder = getattr(self._course, f"{step}_directory")
        return Path(self._course.format_path(folder, student, unit)) / f"{unit}.ipynb"

    def _feedback(
        self, notebook: NotebookNode, submission: SubmittedAssignment, entry: SubmittedNotebook
    ) -> str:
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
        said = sections(notebook), refused(notebook), self._late_work.sentence(submission, penalty)
        return page(Feedback(entry.name, submission.student_id, *points, *said))


def _fits(notebook: NotebookNode, entry: SubmittedNotebook) -> bool:
    """Whether the gradebook knows all exercises of a notebook, which an older release may have."""
    known = {record.name for record in (*entry.grades, *entry.comments)}
    marked = (cell for cell in notebook.cells if is_solution(cell) or is_grade(cell))
    return all(cell.metadata.nbgrader.grade_id in known for cell in marked)
