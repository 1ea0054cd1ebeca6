"""Grades the submissions to a unit in this process: its referee and its sandbox stay ready.

Nothing here reads or writes files of the course.
"""

import atexit
from collections.abc import Callable
from typing import Any, TypeVar, cast

import torch
from nbformat.notebooknode import NotebookNode

from course_utils.errors import CourseError
from course_utils.judging import submission
from course_utils.judging.cell_names import imports_of
from course_utils.judging.cells import KEY, refused
from course_utils.judging.disposable import Bounds, Disposable, here
from course_utils.judging.overlay import read
from course_utils.judging.referee import Referee
from course_utils.protocol.channel import STRETCH
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.limits import BUILDERS, MIB, UNSAFE, Limits
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.warm_process import MODULES, Sandbox, SandboxClient, shared_sandbox

Result = TypeVar("Result")
Processes = SandboxClient | PlainProcesses
Job = Callable[["Grader", Processes], Result]
"""A function that can be pickled, such as a `partial`: what is to be done for a submission."""

MEMORY = 1024 * MIB
"""For the process that judges a submission."""

SIZE = 32 * MIB
"""Bytes of a graded notebook."""

TO_START = 60.0
"""Seconds that the processes of a submission may take to start."""

NO_WALLS = "graded without a sandbox"


class Grader:
    """Grades one submission to a unit after the other.

    Args:
        template: the unit without answers, as the text of a notebook (`overlay.template`).
        sandbox: who builds its walls, one of `limits.BUILDERS`, or `UNSAFE`.

    Raises:
        CourseError: when the lesson's own code does not run.
    """

    def __init__(self, template: str, sandbox: str = BUILDERS[0]) -> None:
        self.template = read(template)
        self._referee = Referee(self.template)
        self._modules = imports_of(self.template)
        self._sandbox = sandbox
        self._processes: Processes | None = None
        self._judge: Disposable[Job[Any], Any] = Disposable(self._do)
        self._way: SandboxClient | None = None
        self.walls = NO_WALLS
        """What is known of the walls behind which submissions are graded."""

    def warm_up(self) -> Processes:
        """What starts processes for student code, and has imported what the lesson does.

        Raises:
            CourseError: when there is no sandbox here, or one of its walls does not stand.
        """
        if self._processes is None or not self._processes.alive:
            self.close()
            self._processes = self._begin()
            try:
                self._processes.wait()
                if isinstance(self._processes, SandboxClient):
                    from course_utils.sandbox.canary import prove  # on Linux only

                    self.walls = prove(self._processes)
            except BaseException:  # what is not proven is not used for the next one
                self.close()
                raise
        return self._processes

    def ask(self, job: Job[Result], limits: Limits) -> Result:
        """Let a job be done in a disposable process; a sandbox that breaks is replaced once.

        Without a sandbox it is done in this process.

        Args:
            job: gets this grader and what starts processes for student code.
            limits: of the submission.

        Raises:
            CourseError: as `warm_up`.
            GraderLostError: when the job fails, or its process is lost.
        """
        try:
            return self._ask(job, limits)
        except CourseError:
            self.close()
            return self._ask(job, limits)

    def grade(self, notebook: NotebookNode, processes: Processes, limits: Limits) -> None:
        """Fill in the outputs of an overlay; a refused submission has its outputs already."""
        if not refused(notebook):
            submission.grade(notebook, self._referee, processes, limits)
        notebook.metadata.setdefault(KEY, {})["walls"] = self.walls

    def close(self) -> None:
        """End the disposable process and the sandbox."""
        self._judge.close()
        if self._processes is not None:
            self._processes.close()
        self._processes = None

    def _ask(self, job: Job[Result], limits: Limits) -> Result:
        processes = self.warm_up()
        if isinstance(processes, PlainProcesses):
            return here(lambda: job(self, processes))
        return self._judge.ask(job, bounds(limits))

    def _do(self, job: Job[Any]) -> Any:
        """In the disposable process: do a job, with a way of its own to the sandbox."""
        if self._way is None:
            torch.set_num_threads(1)  # the threads of the parent are not here
            try:
                self._way = SandboxClient(cast(SandboxClient, self._processes).address)
            except OSError as error:
                raise NoSandboxError("it has gone") from error
        return job(self, self._way)

    def _begin(self) -> Processes:
        if self._sandbox == UNSAFE:
            return PlainProcesses([*MODULES, *self._modules])
        return shared_sandbox() or Sandbox(self._modules, self._sandbox)


def bounds(limits: Limits) -> Bounds:
    """Of the process that judges a submission, which mostly waits for the student's."""
    seconds = limits.total_seconds + STRETCH * limits.cell_seconds + TO_START
    return Bounds(seconds, limits.total_seconds, MEMORY, SIZE)


_kept: dict[tuple[str, str], Grader] = {}


def grader(template: str, sandbox: str) -> Grader:
    """This process's grader: only one is kept, for the unit that is being graded."""
    key = template, sandbox
    if key not in _kept:
        close()
        _kept[key] = Grader(template, sandbox)
    return _kept[key]


@atexit.register
def close() -> None:
    """End this process's grader with its sandbox."""
    while _kept:
        _kept.popitem()[1].close()
