"""Runs the instructor's test cells here, beside the student's process and never in it.

In a test cell's namespace `check` is the real thing, and the student's names are stand-ins for
functions in the sandbox. The hidden seeds, the truth and the comparison stay on this side.
"""

import ast
import builtins
import contextlib
import io
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import is_grade, is_solution

from course_utils.checks.core.report import Report
from course_utils.errors import CourseError
from course_utils.grading.limits import Lost
from course_utils.grading.preprocessors import no_points
from course_utils.grading.remote import Line
from course_utils.grading.sources import bound, loaded, needed, parsed


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is a test that is graded automatically."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


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
        tests = [parsed(cell.source) for cell in code if is_test(cell)]
        self._answers = set().union(*(_bound(cell.source) for cell in code if is_solution(cell)))
        names = set().union(*map(loaded, filter(None, tests))) - self._answers
        plain = [cell for cell in code if "nbgrader" not in cell.metadata]
        trees = filter(None, (parsed(cell.source) for cell in plain if not _is_demo(cell)))
        pieces = [statement for tree in trees for statement in tree.body]
        chosen = [pieces[index] for index in needed(pieces, names)]
        self._names: dict[str, Any] = {}
        try:
            exec(compile(ast.Module(chosen, []), "<lesson>", "exec"), self._names)  # noqa: S102
        except Exception as error:
            raise CourseError(f"The lesson's own code stops with {error!r}.") from error

    def judge(self, test: str, line: Line) -> list[NotebookNode]:
        """Run a test cell against the student's process; its outputs.

        Raises:
            Lost: when the process is lost meanwhile.
        """
        try:
            value = self._value(test, line)
        except Lost:
            raise
        except Exception as error:  # a name that does not exist, above all
            said = str(error) if isinstance(error, NameError) else ""
            return [new_output("error", ename=type(error).__name__, evalue=said, traceback=[])]
        if type(value) is not Report:
            return [no_points("The check gave no result, so there are no points.")]
        return [new_output("execute_result", value._repr_mimebundle_(), execution_count=1)]

    def names(self, test: str) -> list[str]:
        """The names of the student that a test cell uses."""
        tree = parsed(test)
        used = loaded(tree) - set(self._names) if tree else set()
        return sorted(used & self._answers | used - set(dir(builtins)))

    def _value(self, test: str, line: Line) -> Any:
        """What the last expression of a test cell gives.

        Expressions before it are left out: their values go nowhere, and the last call judges every
        case.
        """
        tree = parsed(test)
        if tree is None or not tree.body or not isinstance(tree.body[-1], ast.Expr):
            return None
        *before, last = tree.body
        before = [statement for statement in before if not isinstance(statement, ast.Expr)]
        names = self._names | line.look(self.names(test))
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(ast.Module(before, []), "<test>", "exec"), names)  # noqa: S102
            return eval(compile(ast.Expression(last.value), "<test>", "eval"), names)  # noqa: S307


def _bound(source: str) -> set[str]:
    tree = parsed(source)
    return bound(tree) if tree else set()


def _is_demo(cell: NotebookNode) -> bool:
    return "demo" in cell.metadata.get("tags", [])
