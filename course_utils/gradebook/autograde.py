"""Where nbgrader meets the trusted grader: its classes read and execute submissions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Int, Unicode

from course_utils.errors import CourseError
from course_utils.gradebook.hidden_seeds import HiddenSeeds
from course_utils.gradebook.options import GradingOptions
from course_utils.gradebook.submitted import submitted_notebook
from course_utils.judging.cells import KEY
from course_utils.judging.check_versions import CHECKS, check_versions
from course_utils.judging.disposable import GraderLostError, twice
from course_utils.judging.doors import identities
from course_utils.judging.intake import all_handed_in
from course_utils.judging.outputs import settle
from course_utils.judging.overlay import (
    give_up,
    grade_ids,
    graded_notebook,
    read,
    template,
    without_random_ids,
    write,
)
from course_utils.reports.late_work import LateWork
from course_utils.sandbox.limits import BUILDERS, UNSAFE, Limits
from course_utils.sandbox.warm_process import program

if TYPE_CHECKING:
    from course_utils.judging.grader import Grader, Processes


class SubmissionExporter(NotebookExporter):
    """What `nbgrader autograde` reads submissions with: gives the overlay instead.

    A submission that cannot be read gives the empty unit and the reason, so it ends with 0 points
    and a feedback page; it never stops the class. nbgrader makes the exporter before it looks at
    the first submission: where there is no sandbox, it stops there and has written nothing.
    """

    parent: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._templates: dict[str, tuple[NotebookNode, str]] = {}
        self._checks: dict[str, str] = {}
        self._course_files = course_files(self.parent.coursedir)
        try:
            self.late_work = LateWork(self.parent.coursedir)
            self._require_a_sandbox()
            unit = self.parent.coursedir.assignment_id
            base, _ = self.template(unit)
            self._checks = check_versions(base)
            self._seeds = HiddenSeeds(self.parent.coursedir, unit, base)
        except CourseError as error:
            self.log.error(str(error))
            raise NbGraderException(str(error)) from None

    def _require_a_sandbox(self) -> None:
        """Let a process for student code start, so that it is known that its walls stand."""
        options = RefereeExecute(parent=self).options
        if options.sandbox != UNSAFE:
            from course_utils.judging.grader import grader  # with PyTorch

            program(options.sandbox)
            _, text = self.template(self.parent.coursedir.assignment_id)
            grader(text, options.sandbox).warm_up().start(options.limits).end()

    def template(self, unit: str) -> tuple[NotebookNode, str]:
        """The unit's template and its text, read once for all submissions of one command."""
        if unit not in self._templates:
            base = template_of(self.parent.coursedir, unit)
            self._templates[unit] = base, nbformat.writes(base)
        return self._templates[unit]

    def from_filename(
        self, filename: str, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, dict]:
        where = resources["nbgrader"]
        course = self.parent.coursedir
        graded = course.format_path(
            course.autograded_directory, where["student"], where["assignment"]
        )
        if Path(filename).parent == Path(graded):  # read for the second time
            return super().from_filename(filename, resources=resources, **kwargs)
        base, _ = self.template(where["assignment"])
        path = submitted_notebook(Path(filename).parent, where["assignment"])
        (submission,) = all_handed_in([path], grade_ids(base), self._course_files)
        submission = without_random_ids(base, submission)
        resources["metadata"] = {"name": where["notebook"], "path": str(Path(filename).parent)}
        notebook = graded_notebook(base, submission)
        self._seeds.draw(where["student"], submission).write(notebook)
        notebook.metadata[KEY][CHECKS] = self._checks
        return self.from_notebook_node(notebook, resources=resources, **kwargs)


class RefereeExecute(NbGraderPreprocessor):
    """Stands for nbgrader's `Execute`: the sandbox runs the cells, the referee the tests."""

    timeout = Float(
        GradingOptions.timeout, help="Seconds for a cell, and for all of a test cell."
    ).tag(config=True)
    total_timeout = Float(GradingOptions.total_timeout, help="Seconds for a submission.").tag(
        config=True
    )
    memory = Int(GradingOptions.memory, help="MiB for a submission.").tag(config=True)
    sandbox = Unicode(
        GradingOptions.sandbox, help=f"Who builds the walls: {', '.join(BUILDERS)} or {UNSAFE}."
    ).tag(config=True)
    unsafe = Bool(GradingOptions.unsafe, help="Short for `sandbox = 'unsafe'`: no walls.").tag(
        config=True
    )

    @property
    def options(self) -> GradingOptions:
        """All of that, as configured."""
        return GradingOptions(
            self.timeout, self.total_timeout, self.memory, self.sandbox, self.unsafe
        )

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        from course_utils.judging.grader import grader  # with PyTorch, which other commands spare

        _, text = self.parent.template(resources["nbgrader"]["assignment"])
        options = self.options
        ours = grader(text, options.sandbox)

        try:
            text = twice(lambda: ours.ask(partial(_graded, nb, options.limits), options.limits))
        except GraderLostError as lost:
            return give_up(nb, str(lost)), resources
        return read(text), resources


def _graded(notebook: NotebookNode, limits: Limits, ours: "Grader", processes: "Processes") -> str:
    ours.grade(notebook, processes, limits)
    settle(notebook)
    return write(notebook)


def course_files(course: Any) -> frozenset[tuple[int, int]]:
    """The instructor's files, by identity: no submission may be one of them.

    Args:
        course: nbgrader's `CourseDirectory`.
    """
    return identities(Path(course.format_path(course.source_directory, ".", ".")))


def template_of(course: Any, unit: str) -> NotebookNode:
    """The unit's template, from the course folder and its gradebook.

    Args:
        course: nbgrader's `CourseDirectory`.
        unit: the unit's name.

    Raises:
        CourseError: when the source notebook is missing, or the gradebook does not know the unit.
    """
    path = Path(course.format_path(course.source_directory, ".", unit)) / f"{unit}.ipynb"
    try:
        source = nbformat.read(path, as_version=4)
    except OSError as error:
        raise CourseError(f"{path} is missing: grading needs the source of {unit}.") from error
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            return template(source, gradebook, unit)
        except MissingEntry as error:
            raise CourseError(
                f"The gradebook does not know {unit}: run `nbgrader generate_assignment {unit} "
                "--force` once, then grade."
            ) from error
