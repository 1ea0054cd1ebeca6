"""Grades one submission: its cells run in the sandbox, its tests at the referee's, nothing is lost.

When the student's process ends, hangs or takes too much, the cell or exercise at fault gets its
reason, and the others are judged in a new process: first with all that ran well before, and if
that is lost as well, each exercise with just the cells that it needs. What was lost beside others
gets a second chance in the end, alone.
"""

import contextlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.judging.cell_names import Definitions, names, needed
from course_utils.judging.cells import KEY, grade_id, is_demo, is_students, is_test
from course_utils.judging.disposable import cpu_limit, wear_out
from course_utils.judging.outputs import HTML_ROOM, LOST, clean_outputs, earned, no_points, output
from course_utils.judging.referee import Referee
from course_utils.judging.seeds import seed_of
from course_utils.protocol.channel import Channel
from course_utils.protocol.kept_values import kept
from course_utils.protocol.loss import LossReason, Lost
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.warm_process import SandboxClient

LEAST_ROOM = 4096
"""Characters that a cell may show, an error above all, whatever those before it have shown."""


class Grading:
    """One submission on its way through the sandbox.

    Args:
        notebook: the overlay (`overlay.graded_notebook`); its outputs are filled in.
        referee: judges the unit's exercises.
        processes: starts one for student code when one is needed.
        limits: of the submission.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        referee: Referee,
        processes: SandboxClient | PlainProcesses,
        limits: Limits,
    ) -> None:
        self._notebook = notebook
        self._cells = notebook.cells
        self._referee = referee
        self._processes = processes
        self._limits = limits
        self._end = time.monotonic() + limits.total_seconds
        self._to_run = list(worth_running(self._cells))
        self._guilty: set[int] = set()
        self._blamed: set[int] = set()
        self._suspects: list[int] = []
        self._doubtful: set[int] = set()
        self._done: list[int] = []
        self._losses = 0
        self._alone = False
        self._definitions = Definitions()
        self._channel: Channel | None = None
        self._cpu = 0.0
        self._shown: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        """Fill in the outputs of every cell."""
        try:
            for index, cell in enumerate(self._cells):
                if is_test(cell):
                    self._judge(index)
                elif index in self._to_run:
                    if not self._alone:
                        self._run(index)
                    failed = any(o.output_type == "error" for o in cell.outputs)
                    self._definitions.add(cell.source, failed=failed)
            self._give_second_chances()
        finally:
            self._hang_up()

    def _run(self, index: int) -> None:
        """Run a cell; when the process is lost with it, get another one without it."""
        try:
            self._execute(index)
            self._done.append(index)
        except Lost as lost:
            self._blame(index, lost)
            self._recover()

    def _judge(self, index: int) -> None:
        if self._alone:
            self._judge_alone(index)
            return
        cell = self._cells[index]
        try:
            cell.outputs = self._judged(index)
            if _lacks_a_name(cell.outputs):  # a cell before may be behind it
                self._suspects.append(index)
        except Lost as lost:
            cell.outputs = [no_points(str(lost))]
            self._suspects.append(index)
            self._recover()

    def _judge_alone(self, index: int) -> None:
        """Judge in a process of its own, with the cells that the test needs."""
        cell = self._cells[index]
        try:
            cell.outputs = self._judged(index, self._wanted(index))
            if earned(cell.outputs) < cell.metadata.nbgrader.get("points", 0):
                self._doubtful.add(index)
        except Lost as lost:
            cell.outputs = [no_points(str(lost))]

    def _judge_with_all(self, index: int) -> None:
        """Judge once more with all cells before that ran well; the better result counts.

        A cell may change what another one has bound, and no text tells that for certain.
        """
        cell, wanted = self._cells[index], self._wanted(index)
        lost = self._guilty | self._blamed
        ran_well = {i for i in self._to_run if i < index} - lost
        if not ran_well.issubset(wanted):
            with contextlib.suppress(Lost):
                again = self._judged(index, sorted(ran_well.union(wanted)))
                cell.outputs = max(cell.outputs, again, key=earned)

    def _judged(self, index: int, cells: Iterable[int] | None = None) -> list[NotebookNode]:
        """What a test gives, here or in a new process in which just these cells have run."""
        cell = self._cells[index]
        if cells is not None:
            self._start_alone(cells)
        channel = self._ready()
        channel.allow(self._seconds())
        with self._bounded():
            seed = seed_of(self._notebook, grade_id(cell))
            points = cell.metadata.nbgrader.get("points")
            return self._referee.judge(cell.source, channel, seed, points)

    def _give_second_chances(self) -> None:
        """Judge alone what was lost, or not there, beside others: they may have been behind it."""
        blamed = self._guilty
        tests = [i for i, cell in enumerate(self._cells) if is_test(cell)]
        stopped = [i for i in tests if blamed.intersection(self._wanted(i))] if blamed else []
        self._alone, self._blamed, self._guilty = True, blamed, set()
        for index in sorted({*self._suspects, *stopped}):
            if time.monotonic() < self._end:
                self._judge(index)
        for index in sorted(self._doubtful):
            if time.monotonic() < self._end:
                self._judge_with_all(index)

    def _start_alone(self, cells: Iterable[int]) -> None:
        """A new process in which just these cells have run, but for those behind a loss."""
        self._hang_up()
        for number in cells:
            if number not in self._guilty:
                try:
                    self._execute(number)
                except Lost as lost:
                    self._blame(number, lost)
                    raise

    def _wanted(self, index: int) -> list[int]:
        """The cells before a test that it needs: where its names come from, and theirs.

        A cell of which nothing is known may bind them, unless it was behind a loss.
        """
        before = [i for i in self._to_run if i < index]
        known = [names(self._cells[i].source) for i in before]
        used = self._referee.names(self._cells[index].source)
        wanted = {before[place] for place in needed(known, used)}
        unclear = {i for i, (binds, _) in zip(before, known, strict=True) if "*" in binds}
        return sorted(wanted | (unclear - self._blamed))

    def _recover(self) -> None:
        """Run again what ran well; if that fails, each exercise goes on alone."""
        self._losses += 1
        self._hang_up()
        if self._losses > 1:  # something that ran earlier may be behind both
            self._alone = True
            return
        try:
            for number in self._done:
                self._execute(number)
        except Lost:
            self._alone = True

    def _execute(self, index: int) -> None:
        cell = self._cells[index]
        channel = self._ready()
        channel.allow(self._seconds())
        others = [sizes for number, sizes in self._shown.items() if number != index]
        shown, html = (sum(sizes) for sizes in zip((0, 0), *others, strict=True))
        room = min(self._limits.output, max(self._limits.total_output - shown, LEAST_ROOM))
        with self._bounded():
            told = channel.run(cell.source, room)
            cell.outputs, *sizes = clean_outputs(told, room, HTML_ROOM - html)
        self._shown[index] = sizes[0], sizes[1]

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        """What is too much for this side is the loss of the student's process.

        A conversation with it may have been left in the middle.
        """
        try:
            with cpu_limit(self._limits.cell_seconds, Lost(LossReason.JUDGING_TIME)):
                yield
        except (MemoryError, RecursionError):
            wear_out()
            raise Lost(LossReason.JUDGING_MEMORY) from None

    def _blame(self, index: int, lost: Lost) -> None:
        self._guilty.add(index)
        error = output("error", ename=LOST, evalue=str(lost), traceback=[])
        self._cells[index].outputs = [error]

    def _ready(self) -> Channel:
        if time.monotonic() >= self._end:
            raise Lost(LossReason.TOTAL)
        if self._channel is None or self._channel.lost:
            self._hang_up()
            left = self._limits.cpu_seconds - self._cpu
            if left <= 0:
                raise Lost(LossReason.CPU)
            process = self._processes.start(replace(self._limits, cpu_seconds=left))
            definition = self._definitions.definition
            self._channel = Channel(process, self._limits.reply, definition)
        return self._channel

    def _seconds(self) -> float:
        return min(self._limits.cell_seconds, self._end - time.monotonic())

    def _hang_up(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._cpu += self._channel.cpu
        self._channel = None


def grade(
    notebook: NotebookNode,
    referee: Referee,
    processes: SandboxClient | PlainProcesses,
    limits: Limits,
) -> None:
    """Fill in the outputs of an overlay (see `Grading`)."""
    kept.cache_clear()
    Grading(notebook, referee, processes, limits).run()


def worth_running(cells: list[NotebookNode]) -> Iterable[int]:
    """The places of the cells that an exercise may depend on.

    The lesson's own cells that bind no name (they show a widget) are left out, and so are its
    demonstrations, unless the student has put something of their own there.
    """
    code = [(i, c) for i, c in enumerate(cells) if c.cell_type == "code" and not is_test(c)]
    written = [c for _, c in code if is_solution(c) or is_students(c)]
    used = set().union(*(names(c.source)[1] for c in written))
    for index, cell in code:
        binds, _ = names(cell.source)
        if is_solution(cell):
            yield index
        elif not is_students(cell):
            if binds and not is_demo(cell):
                yield index
        elif is_demo(cell):
            bound_before, _ = names(cell.metadata[KEY]["was"])
            if (binds - bound_before) & used:
                yield index
        else:
            yield index


def _lacks_a_name(outputs: list[NotebookNode]) -> bool:
    return any(o.output_type == "error" and o.ename == "NameError" for o in outputs)
