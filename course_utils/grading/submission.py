"""Grades one submission: its cells run in the sandbox, its tests at the referee's, nothing is lost.

When the student's process ends, hangs or takes too much, the cell or exercise at fault gets its
reason, and the others are judged in a new process: first with all that ran well before, and if
that is lost as well, each exercise with just the cells that it needs. What was lost beside others
gets a second chance in the end, alone.
"""

import time
from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.grading.constants import kept
from course_utils.grading.feedback import safe_report
from course_utils.grading.limits import Limits, Lost, Reason
from course_utils.grading.overlay import KEY, is_students, refused
from course_utils.grading.preprocessors import LOST, no_points, output
from course_utils.grading.referee import Referee, is_test
from course_utils.grading.remote import Line
from course_utils.grading.sandbox import Warm
from course_utils.grading.sources import Definitions, bound, names, needed, parsed

SHOWN = ("text/plain", "text/html", "image/png", "image/jpeg")
"""The kinds of output that are kept."""


class Grading:
    """One submission on its way through the sandbox.

    Args:
        notebook: the overlay (`overlay.graded_notebook`); its outputs are filled in.
        referee: judges the unit's exercises.
        warm: gives processes.
        limits: of the submission.
    """

    def __init__(
        self, notebook: NotebookNode, referee: Referee, warm: Warm, limits: Limits
    ) -> None:
        self._cells = notebook.cells
        self._referee = referee
        self._warm = warm
        self._limits = limits
        self._end = time.monotonic() + limits.total_seconds
        self._to_run = list(worth_running(self._cells))
        self._guilty: set[int] = set()
        self._suspects: list[int] = []
        self._done: list[int] = []
        self._losses = 0
        self._alone = False
        self._definitions = Definitions()
        self._line: Line | None = None

    def run(self) -> None:
        """Fill in the outputs of every cell."""
        try:
            for index, cell in enumerate(self._cells):
                if is_test(cell):
                    self._judge(index)
                elif index in self._to_run:
                    self._definitions.add(cell.source)
                    if not self._alone:
                        self._run(index)
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
        cell = self._cells[index]
        try:
            if self._alone:
                self._start_alone(index)
            line = self._ready()
            line.allow(self._seconds())
            cell.outputs = self._referee.judge(cell.source, line)
            if not self._alone and _lacks_a_name(cell.outputs):  # a cell before may be behind it
                self._suspects.append(index)
        except Lost as lost:
            cell.outputs = [no_points(str(lost))]
            if not self._alone:
                self._suspects.append(index)
                self._recover()

    def _give_second_chances(self) -> None:
        """Judge alone what was lost, or not there, beside others: they may have been behind it."""
        blamed, self._guilty = self._guilty, set()
        tests = [i for i, cell in enumerate(self._cells) if is_test(cell)]
        stopped = [i for i in tests if blamed.intersection(self._wanted(i))] if blamed else []
        self._alone = True
        for index in sorted({*self._suspects, *stopped}):
            if time.monotonic() < self._end:
                self._judge(index)

    def _start_alone(self, index: int) -> None:
        """A new process in which just those cells have run that this test needs."""
        self._hang_up()
        for number in self._wanted(index):
            if number not in self._guilty:
                try:
                    self._execute(number)
                except Lost as lost:
                    self._blame(number, lost)
                    raise

    def _wanted(self, index: int) -> list[int]:
        """The cells before a test that it needs: where its names come from, and theirs."""
        before = [i for i in self._to_run if i < index]
        trees = {i: tree for i in before if (tree := parsed(self._cells[i].source))}
        used = self._referee.names(self._cells[index].source)
        order = list(trees)
        wanted = {order[place] for place in needed(list(trees.values()), used)}
        stars = {i for i, tree in trees.items() if "*" in bound(tree)}
        return sorted(wanted | stars | (set(before) - set(trees)))

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
        line = self._ready()
        line.allow(self._seconds())
        cell.outputs = clean_outputs(line.run(cell.source), self._limits.output)

    def _blame(self, index: int, lost: Lost) -> None:
        self._guilty.add(index)
        error = output("error", ename=LOST, evalue=str(lost), traceback=[])
        self._cells[index].outputs = [error]

    def _ready(self) -> Line:
        if time.monotonic() >= self._end:
            raise Lost(Reason.TOTAL)
        if self._line is None or self._line.lost:
            child = self._warm.start(self._limits)
            self._line = Line(child, self._limits, self._definitions.definition)
        return self._line

    def _seconds(self) -> float:
        return min(self._limits.cell_seconds, self._end - time.monotonic())

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None


def grade(notebook: NotebookNode, referee: Referee, warm: Warm, limits: Limits) -> None:
    """Fill in the outputs of an overlay; those of a refused submission say why."""
    if refused(notebook):
        refuse(notebook)
    else:
        kept.cache_clear()
        Grading(notebook, referee, warm, limits).run()


def refuse(notebook: NotebookNode) -> None:
    """Let every test of an overlay say why the submission is not graded."""
    for cell in notebook.cells:
        if is_test(cell):
            cell.outputs = [no_points(refused(notebook))]


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
            if binds and "demo" not in cell.metadata.get("tags", []):
                yield index
        elif "demo" in cell.metadata.get("tags", []):
            bound_before, _ = names(cell.metadata[KEY]["was"])
            if (binds - bound_before) & used:
                yield index
        else:
            yield index


def _lacks_a_name(outputs: list[NotebookNode]) -> bool:
    return any(o.output_type == "error" and o.ename == "NameError" for o in outputs)


def clean_outputs(outputs: object, limit: int) -> list[NotebookNode]:
    """What a student's process says that a cell showed, as outputs that nbformat accepts.

    The instructor's browser shows them: nothing in them may run, fetch or look like its page.
    """
    cleaned = []
    for told in outputs[:1000] if type(outputs) is list else []:
        if type(told) is not dict:
            continue
        kind = told.get("output_type")
        if kind == "stream":
            name = "stderr" if told.get("name") == "stderr" else "stdout"
            cleaned.append(output("stream", name=name, text=_text(told.get("text"), limit)))
        elif kind in ("display_data", "execute_result"):
            data = told.get("data")
            shown = data if type(data) is dict else {}
            texts = {key: _text(shown[key], limit) for key in SHOWN if key in shown}
            if "text/html" in texts:
                texts["text/html"] = safe_report(texts["text/html"])
            more = {"execution_count": None} if kind == "execute_result" else {}
            cleaned.append(output(kind, data=texts, metadata={}, **more))
        elif kind == "error":
            lines = told.get("traceback")
            lines = [_text(line, 4000) for line in lines][:100] if type(lines) is list else []
            name, said = _text(told.get("ename"), 80), _text(told.get("evalue"), 2000)
            cleaned.append(output("error", ename=name, evalue=said, traceback=lines))
    return cleaned


def _text(value: object, limit: int) -> str:
    return value[: limit + 100] if type(value) is str else ""
