"""One submission as a task for a worker process, which needs this package and nothing else.

A task is plain data: no gradebook, no course folder. What comes back is plain data, too, and one
writer alone (`writer.py`) puts it into the gradebook. Student code never runs in the worker: it
runs in the worker's sandbox.

PyTorch comes with what judges, so that is imported where it is used: who makes tasks and writes
results does without.
"""

import ast
import atexit
import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import nbformat
from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError
from course_utils.grading.limits import Limits
from course_utils.grading.overlay import KEY, refused
from course_utils.grading.plain import Plain
from course_utils.grading.preprocessors import settle
from course_utils.grading.sandbox import MODULES, Guest, Warm
from course_utils.grading.sources import parsed

if TYPE_CHECKING:
    from course_utils.grading.referee import Referee

VERSION = 2
"""Raised when the same submission would be graded differently, so that it is graded again."""

SHARED = "COURSE_GRADING_SANDBOX"
"""The environment variable with the address of a sandbox that workers share (`Warm.address`)."""


@dataclass(frozen=True)
class Task:
    """A submission to be graded.

    Attributes:
        student: the student's id.
        unit: the unit's name.
        template: the unit without answers, as the text of a notebook (`overlay.template`).
        notebook: the overlay, as the text of a notebook (`overlay.graded_notebook`).
        limits: of the submission.
        unsafe: whether to do without a sandbox.
    """

    student: str
    unit: str
    template: str
    notebook: str
    limits: Limits = field(default_factory=Limits)
    unsafe: bool = False

    @property
    def fingerprint(self) -> str:
        """Equal for tasks that must have the same result."""
        parts = (VERSION, self.template, self.notebook, sorted(asdict(self.limits).items()))
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

    Raises:
        CourseError: when there is no sandbox here, or the lesson's own code does not run.
    """
    referee(task.template)  # both are ready before the clock starts
    warm(task.unsafe, modules(task.template))
    started = time.perf_counter()
    notebook = read(task.notebook)
    grade_in_sandbox(notebook, task.template, task.limits, unsafe=task.unsafe)
    settle(notebook)
    reason = refused(notebook)
    seconds = round(time.perf_counter() - started, 2)
    ours = {"graded": task.fingerprint, "seconds": seconds}
    notebook.metadata[KEY] = {**notebook.metadata.get(KEY, {}), **ours}
    text = nbformat.writes(notebook)
    return Graded(task.student, task.unit, text, reason, task.fingerprint, seconds)


def given_up(task: Task, why: str) -> Graded:
    """What stands for a submission for which every try failed; grading it again tries again."""
    from course_utils.grading.submission import refuse

    notebook = read(task.notebook)
    reason = f"{why} Your instructor can grade this notebook again."
    notebook.metadata[KEY] = {"refused": reason}
    refuse(notebook)
    settle(notebook)
    return Graded(task.student, task.unit, nbformat.writes(notebook), reason, "", 0.0)


def grade_in_sandbox(
    notebook: NotebookNode, template: str, limits: Limits, *, unsafe: bool
) -> None:
    """Fill in the outputs of an overlay in this process's sandbox; one that broke is replaced.

    Raises:
        CourseError: as `grade_submission`.
    """
    from course_utils.grading.submission import grade

    try:
        grade(notebook, referee(template), warm(unsafe, modules(template)), limits)
    except CourseError:
        close()
        grade(notebook, referee(template), warm(unsafe, modules(template)), limits)


def read(text: str) -> NotebookNode:
    """The notebook in a text of ours, which was looked at when it was written."""
    return nbformat.v4.reads(text)


@lru_cache(maxsize=8)
def referee(template: str) -> "Referee":
    """The referee of a unit."""
    from course_utils.grading.referee import Referee

    return Referee(read(template))


@lru_cache(maxsize=8)
def modules(template: str) -> tuple[str, ...]:
    """What a lesson's cells import at their top level, so that it is imported once for all."""
    code = [cell.source for cell in read(template).cells if cell.cell_type == "code"]
    nodes = [node for tree in filter(None, map(parsed, code)) for node in tree.body]
    return tuple(dict.fromkeys(_imported(nodes)))


def _imported(nodes: list[ast.stmt]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.startswith("course_utils"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


_warm: dict[tuple, Guest | Plain] = {}


def warm(unsafe: bool, names: tuple[str, ...]) -> Guest | Plain:
    """What gives this process its children: only one is kept, for the unit that is being graded."""
    key = unsafe, names
    if key not in _warm or not _warm[key].alive:
        close()
        _warm[key] = Plain([*MODULES, *names]) if unsafe else _shared() or Warm(names)
        _warm[key].wait()
    return _warm[key]


def _shared() -> Guest | None:
    """A way to the sandbox that this machine's workers share, as long as there is one."""
    try:
        return Guest(os.environ[SHARED])
    except (KeyError, OSError):
        return None


@atexit.register
def close() -> None:
    """End this process's sandbox."""
    while _warm:
        _warm.popitem()[1].close()
