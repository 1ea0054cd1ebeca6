"""Runs the instructor's test cells here, beside the student's process and never in it.

In a test cell's namespace `check` is the real thing, and the student's names are proxies of
functions in the sandbox. The hidden seeds, the truth and the comparison stay on this side.
"""

import ast
import builtins
import contextlib
import io
import types
from dataclasses import replace
from functools import lru_cache
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.checks.core.report import Report
from course_utils.errors import CourseError
from course_utils.judging.cell_names import bound, loaded, names, needed, parsed
from course_utils.judging.cells import is_demo, is_test
from course_utils.judging.outputs import no_points, output
from course_utils.protocol.channel import Channel

_SEED = "__course_seed__"


class Referee:
    """Judges the exercises of one unit.

    Args:
        template: the unit without answers (`overlay.template`). Of its code outside the exercises
            only those statements are run here that give the tests their names, `check` above all.

    Raises:
        CourseError: when they cannot be run.
    """

    def __init__(self, template: NotebookNode) -> None:
        code = [cell for cell in template.cells if cell.cell_type == "code"]
        tests = [cell.source for cell in code if is_test(cell)]
        self._answers = set().union(*(names(cell.source)[0] for cell in code if is_solution(cell)))
        wanted = set().union(*(names(test)[1] for test in tests)) - self._answers
        plain = [cell for cell in code if "nbgrader" not in cell.metadata]
        trees = filter(None, (parsed(cell.source) for cell in plain if not is_demo(cell)))
        pieces = [statement for tree in trees for statement in tree.body]
        known = [(bound(piece), loaded(piece)) for piece in pieces]
        chosen = [pieces[index] for index in needed(known, wanted)]
        self._names: dict[str, Any] = {}
        try:
            exec(compile(ast.Module(chosen, []), "<lesson>", "exec"), self._names)  # noqa: S102
        except Exception as error:
            raise CourseError(f"The lesson's own code stops with {error!r}.") from error

    def judge(
        self, test: str, channel: Channel, seed: int | None = None, points: float | None = None
    ) -> list[NotebookNode]:
        """Run a test cell against the student's process; its outputs.

        Args:
            test: its text.
            channel: to the process.
            seed: draws its hidden cases, in place of the seed that its text names.
            points: what the instructor gives for the exercise, where it is not what its check says.

        Raises:
            Lost: when the process is lost meanwhile.
            MemoryError: when there is not enough memory on this side.
            RecursionError: when something is nested too deeply for this side.
        """
        try:
            value = self._value(test, channel, seed)
        except Exception as error:  # a name that does not exist, above all
            ours = not hasattr(error, "students_line")
            if ours and isinstance(error, MemoryError | RecursionError):
                raise
            said = str(error) if isinstance(error, NameError) else ""
            return [output("error", ename=type(error).__name__, evalue=said, traceback=[])]
        if type(value) is not Report:
            return [no_points("The check gave no result, so there are no points.")]
        if points is not None and points != value.points:
            value = replace(value, points=points)
        data = value._repr_mimebundle_()
        return [output("execute_result", data=data, metadata={}, execution_count=1)]

    def names(self, test: str) -> list[str]:
        """The names of the student that a test cell uses."""
        used = names(test)[1] - set(self._names)
        return sorted(used & self._answers | used - set(dir(builtins)))

    def _value(self, test: str, channel: Channel, seed: int | None) -> Any:
        """What the last expression of a test cell gives."""
        code = _compiled(test, seeded=seed is not None)
        if code is None:
            return None
        before, last = code
        known = self._names | channel.look(self.names(test)) | {_SEED: seed}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(before, known)  # noqa: S102
            return eval(last, known)  # noqa: S307


@lru_cache(maxsize=256)
def _compiled(test: str, *, seeded: bool) -> tuple[types.CodeType, types.CodeType] | None:
    """What comes before the last expression of a test cell, and that; None when there is none.

    Expressions before it are left out: their values go nowhere, and the last call judges every
    case.

    Args:
        test: the cell's text.
        seeded: whether the last call's `seed` is to be the value of the name `_SEED`.
    """
    tree = parsed(test)
    if tree is None or not tree.body:
        return None
    *before, last = tree.body
    if not isinstance(last, ast.Expr):
        return None
    if seeded and isinstance(last.value, ast.Call):
        for keyword in last.value.keywords:
            if keyword.arg == "seed":
                keyword.value = ast.copy_location(ast.Name(_SEED, ast.Load()), keyword.value)
    before = [statement for statement in before if not isinstance(statement, ast.Expr)]
    return (
        compile(ast.Module(before, []), "<test>", "exec"),
        compile(ast.Expression(last.value), "<test>", "eval"),
    )
