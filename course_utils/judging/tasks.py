"""One submission as a task for a worker process, which needs this package and nothing else.

A task is plain data: no gradebook, no course folder. What comes back is plain data, too, and one
writer alone (`gradebook.writer`) puts it into the gradebook. Student code never runs in the worker:
it runs in the worker's sandbox.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nbformat.notebooknode import NotebookNode

from course_utils.judging.cells import KEY, refused
from course_utils.judging.check_versions import CHECKS
from course_utils.judging.intake import Refusal
from course_utils.judging.outputs import settle
from course_utils.judging.overlay import give_up, graded_notebook, read, write
from course_utils.judging.seeds import Draw
from course_utils.sandbox.limits import BUILDERS, Limits

if TYPE_CHECKING:
    from course_utils.judging.grader import Grader, Processes

VERSION = 6
"""Raised when the same submission would be graded differently, so that it is graded again."""


@dataclass(frozen=True)
class Task:
    """A submission to be graded.

    Attributes:
        student: the student's id.
        unit: the unit's name.
        template: the unit without answers, as the text of a notebook (`overlay.template`).
        submission: what counts of the submitted notebook, or why none does (`intake.handed_in`).
        limits: of the submission.
        draw: the seeds of its hidden tests.
        sandbox: who builds its walls, one of `limits.BUILDERS`, or `UNSAFE`.
        checks: the version of the check of each test (`check_versions`), kept with the result.
    """

    student: str
    unit: str
    template: str
    submission: NotebookNode | Refusal
    limits: Limits = field(default_factory=Limits)
    draw: Draw = field(default_factory=Draw)
    sandbox: str = BUILDERS[0]
    checks: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Equal for tasks that must have the same result."""
        limits = sorted(asdict(self.limits).items())
        checks = sorted(self.checks.items())
        parts = (VERSION, self.template, self.submission, limits, self.draw, checks)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Graded:
    """A graded submission: its notebook with outputs, as nbgrader must see them to score it."""

    student: str
    unit: str
    notebook: str
    refused: str
    fingerprint: str
    seconds: float


def grade_submission(task: Task) -> Graded:
    """Grade one submission in this process's sandbox, which stays warm for the next one.

    It is judged in a disposable process, which is lost when it needs too much or ends.

    Raises:
        CourseError: when there is no sandbox here, or the lesson's own code does not run.
        GraderLostError: when the process that judges it is lost.
    """
    # With the grader comes PyTorch; who makes tasks and writes results does without.
    from course_utils.judging.grader import grader

    ours = grader(task.template, task.sandbox)
    ours.warm_up()  # before the clock starts

    return ours.ask(partial(_grade, task), task.limits)


def _grade(task: Task, ours: "Grader", processes: "Processes") -> Graded:
    """In the disposable process: all that comes between a submission and its result."""
    started = time.perf_counter()
    notebook = graded_notebook(ours.template, task.submission)
    task.draw.write(notebook)
    ours.grade(notebook, processes, task.limits)
    return _graded(task, notebook, task.fingerprint, time.perf_counter() - started)


def given_up(task: Task, why: str) -> Graded:
    """What stands for a submission for which every try failed; grading it again tries again."""
    notebook = graded_notebook(read(task.template), task.submission)
    return _graded(task, give_up(notebook, why), "", 0.0)


def _graded(task: Task, notebook: NotebookNode, fingerprint: str, seconds: float) -> Graded:
    settle(notebook)
    seconds = round(seconds, 2)
    marks = {"graded": fingerprint, "seconds": seconds} if fingerprint else {}
    notebook.metadata[KEY] = {**notebook.metadata.get(KEY, {}), **marks, CHECKS: dict(task.checks)}
    text = write(notebook)
    return Graded(task.student, task.unit, text, refused(notebook), fingerprint, seconds)
