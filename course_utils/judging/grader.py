"""Grades the submissions to a unit in this process: its referee and its sandbox stay ready.

Nothing here reads or writes files of the course.
"""

import atexit

from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError
from course_utils.judging import submission
from course_utils.judging.cell_names import imports_of
from course_utils.judging.cells import refused
from course_utils.judging.overlay import read
from course_utils.judging.referee import Referee
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.warm_process import MODULES, Sandbox, SandboxClient, shared_sandbox

NO_WALLS = "graded without a sandbox"


class Grader:
    """Grades one submission to a unit after the other.

    Args:
        template: the unit without answers, as the text of a notebook (`overlay.template`).
        unsafe: whether to do without a sandbox.

    Raises:
        CourseError: when the lesson's own code does not run.
    """

    def __init__(self, template: str, *, unsafe: bool = False) -> None:
        self.template = read(template)
        self._referee = Referee(self.template)
        self._modules = imports_of(self.template)
        self._unsafe = unsafe
        self._processes: SandboxClient | PlainProcesses | None = None
        self.walls = NO_WALLS
        """What is known of the walls behind which submissions are graded."""

    def warm_up(self) -> SandboxClient | PlainProcesses:
        """What starts processes for student code, and has imported what the lesson does.

        Raises:
            CourseError: when there is no sandbox here, or one of its walls does not stand.
        """
        if self._processes is None or not self._processes.alive:
            self.close()
            self._processes = self._begin()
            self._processes.wait()
            if isinstance(self._processes, SandboxClient):
                from course_utils.sandbox.canary import prove  # on Linux only

                self.walls = prove(self._processes)
        return self._processes

    def grade(self, notebook: NotebookNode, limits: Limits) -> None:
        """Fill in the outputs of an overlay; a sandbox that breaks meanwhile is replaced once.

        A refused submission has its outputs already.

        Raises:
            CourseError: as `warm_up`.
        """
        if refused(notebook):
            return
        try:
            submission.grade(notebook, self._referee, self.warm_up(), limits)
        except CourseError:
            self.close()
            submission.grade(notebook, self._referee, self.warm_up(), limits)

    def close(self) -> None:
        """End the sandbox."""
        if self._processes is not None:
            self._processes.close()
        self._processes = None

    def _begin(self) -> SandboxClient | PlainProcesses:
        if self._unsafe:
            return PlainProcesses([*MODULES, *self._modules])
        return shared_sandbox() or Sandbox(self._modules)


_kept: dict[tuple[str, bool], Grader] = {}


def grader(template: str, *, unsafe: bool) -> Grader:
    """This process's grader: only one is kept, for the unit that is being graded."""
    key = template, unsafe
    if key not in _kept:
        close()
        _kept[key] = Grader(template, unsafe=unsafe)
    return _kept[key]


@atexit.register
def close() -> None:
    """End this process's grader with its sandbox."""
    while _kept:
        _kept.popitem()[1].close()
