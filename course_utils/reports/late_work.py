"""Late work in the gradebook: how late each submission is, and the points that it loses.

What the checks gave stays as it is. The penalty is computed from `class.toml` and the time of the
submission whenever a table or page is made, and is put where nbgrader has it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.orm import joinedload, undefer
from traitlets.config import Config

from course_utils import class_file
from course_utils.due_dates import Lateness, Rule


class LateWork:
    """The due dates of a class, applied to its gradebook.

    Where there is a `class.toml`, it alone says what is due when: due dates and extensions of the
    gradebook become the same. Where there is none, those of the gradebook count. A penalty of which
    the file says nothing is that of nbgrader's configuration (`LateSubmissionPlugin`).

    Args:
        course: nbgrader's `CourseDirectory`.
        config: nbgrader's configuration; by default that of the course.

    Raises:
        CourseError: see `class_file.read`.
    """

    def __init__(self, course: Any, config: Config | None = None) -> None:
        self.dates = class_file.read(Path(course.root))
        self._configured = AssignLatePenalties(config=config or course.config)
        self._configured.init_plugin()

    def rule(self, assignment: Assignment) -> Rule:
        """What holds for a unit, extensions that are in the gradebook alone left out."""
        if self.dates.written:
            return self.dates.rule(assignment.name)
        due = assignment.duedate
        return Rule(due.replace(tzinfo=UTC) if due else None)

    def lateness(self, submission: SubmittedAssignment) -> Lateness:
        """How late a submission of the gradebook is."""
        rule = self.rule(submission.assignment)
        if not self.dates.written and rule.due and submission.extension:
            until = {submission.student_id: rule.due + submission.extension}
            rule = Rule(rule.due, extensions=until)
        return rule.lateness(submission.student_id, submission.timestamp)

    def awaited(self, assignment: Assignment, student: str) -> str:
        """When the work of a student who handed in nothing is due; empty without a due date."""
        lateness = self.rule(assignment).lateness(student, None)
        if lateness.due is None:
            return ""
        return f"{self.dates.zone.text(lateness.due)}{' (extended)' if lateness.extended else ''}"

    def settle(self, gradebook: Gradebook, unit: str) -> dict[str, float]:
        """Let the gradebook have the due date, extensions and penalties of a unit, and commit.

        Returns:
            The points that the late penalty took before, of the students of whom it takes others.
        """
        assignment = gradebook.find_assignment(unit)
        if self.dates.written:
            assignment.duedate = _naive(self.rule(assignment).due)
        before = {}
        for entry in _entries(gradebook, assignment):
            lost = entry.late_submission_penalty or 0.0
            self.put(entry.assignment, entry)
            if lost != (entry.late_submission_penalty or 0.0):
                before[entry.assignment.student_id] = lost
        gradebook.db.commit()
        return before

    def extended(self) -> set[str]:
        """Who has an extension in some unit."""
        return set().union(*(rule.extensions for rule in self.dates.rules.values()))

    def dropped(self, assignment: Assignment) -> str:
        """What there is to be said of a due date that only the gradebook has; empty if nothing."""
        if not (self.dates.written and assignment.duedate) or self.rule(assignment).due:
            return ""
        due = self.dates.zone.text(assignment.duedate.replace(tzinfo=UTC))
        return (
            f"the gradebook has the due date {due} and {class_file.FILE} has none, so there is "
            f"none and nobody is late. `course due {assignment.name} DATE` sets one."
        )

    def put(self, submission: SubmittedAssignment, entry: SubmittedNotebook) -> None:
        """Put extension and penalty into the gradebook's records of a submission.

        Args:
            submission: the student's submission to the unit.
            entry: its notebook, with its points.
        """
        lateness = self.lateness(submission)
        if self.dates.written:
            due = self.rule(submission.assignment).due
            submission.assignment.duedate = _naive(due)
            later = lateness.deadline - due if due and lateness.deadline else None
            submission.extension = later or None  # nbgrader cannot have one without a due date
        entry.late_submission_penalty = self._penalty(submission, entry, lateness)

    def _penalty(
        self, submission: SubmittedAssignment, entry: SubmittedNotebook, lateness: Lateness
    ) -> float | None:
        if not lateness.days:
            return None
        known = self.rule(submission.assignment).penalty
        if known is not None:
            return known.points(lateness.days, entry.score, entry.max_score)
        late = submission.student_id, entry.score, lateness.seconds
        penalty = self._configured.plugin_inst.late_submission_penalty(*late)
        return None if penalty is None else self._configured._check_late_penalty(entry, penalty)

    def sentence(self, submission: SubmittedAssignment, lost: float) -> str:
        """When a submission was due and came, and what that costs; empty without a due date.

        Args:
            submission: the student's submission to the unit.
            lost: the penalty, in points.
        """
        lateness = self.lateness(submission)
        if lateness.due is None:
            return ""
        text = self.dates.zone.text
        due = f"due {text(lateness.due)}{' (extended)' if lateness.extended else ''}"
        if lateness.came is None:
            return f"It is not known when this was handed in; it was {due}."
        said = f"Handed in {text(lateness.came)}, {due}: {lateness.words}"
        return f"{said}, {_points(lost)} less." if lost else f"{said}."


def _points(number: float) -> str:
    return f"{round(number, 2):g} {'point' if number == 1 else 'points'}"


def _naive(instant: datetime | None) -> datetime | None:
    """A time as nbgrader has it: in UTC, without a zone."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant else None


def _entries(gradebook: Gradebook, assignment: Assignment) -> Iterator[SubmittedNotebook]:
    """The notebooks of all submissions to a unit, loaded at once."""
    found = (
        gradebook.db.query(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
        .options(
            joinedload(SubmittedNotebook.assignment),
            undefer(SubmittedNotebook.score),
            undefer(SubmittedNotebook.max_score),
        )
    )
    yield from found.populate_existing().all()
