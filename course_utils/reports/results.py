"""Reads what the checks said out of a graded notebook; points come from the gradebook.

A graded notebook is a file that may come from an older grader, so it is read defensively.
"""

import re
from dataclasses import dataclass
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from course_utils.checks.core.report import MIME
from course_utils.judging.cells import is_test
from course_utils.judging.outputs import LOST, NO_POINTS

_SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")


@dataclass(frozen=True)
class CaseLine:
    """One case of a report, as it is shown."""

    name: str
    passed: bool
    hint: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Result:
    """What a test cell gave: the cases of its report, or why there is none."""

    test: str
    cases: tuple[CaseLine, ...] = ()
    problem: str = ""
    html: str = ""
    earned: float | None = None  # by the check; points given by hand are in the gradebook

    @property
    def exercise(self) -> str:
        """The exercise's name, which is the test cell's without `-test`."""
        return self.test.removesuffix("-test")


def results(notebook: NotebookNode) -> list[Result]:
    """The result of every automatically graded test cell of an executed notebook, in order."""
    answers = {
        cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if is_solution(cell)
    }
    return [_result(cell, answers) for cell in notebook.cells if is_test(cell)]


def stopped(cell: NotebookNode) -> str:
    """In one sentence, how the cell of an answer stopped; empty when it ran through."""
    error = _error(cell)
    if error is None:
        return ""
    kind, said = plain(error.ename), plain(error.evalue)
    if kind in _SYNTAX_ERRORS:
        line = re.search(r"line (\d+)\)$", said)
        place = f" in line {line[1]}" if line else ""
        what = re.sub(r"\s*\([^()]*line \d+\)$", "", said)
        return f"Python cannot read your answer: {what}{place} ({kind})."
    if kind == LOST:
        return f"The cell of your answer was ended. {said}"
    return f"The cell of your answer stopped with {kind}{': ' if said else '.'}{said}"


def plain(text: Any) -> str:
    """A text from a notebook without terminal colours, at most 500 characters."""
    return strip_ansi(str(text)).strip()[:500]


def _result(cell: NotebookNode, answers: dict[str, NotebookNode]) -> Result:
    test = cell.metadata.nbgrader.grade_id
    error = _error(cell)
    if error is not None:
        return Result(test, problem=_why(test, error, answers))
    for output in reversed(cell.outputs):
        if output.output_type == "execute_result":
            record = output.data.get(MIME)
            record = record if isinstance(record, dict) else {}
            shown = _text(output.data.get("text/html"))
            return Result(test, *_record(record), shown, _number(record.get("earned")))
    return Result(test, problem="The check gave no result, so there are no points.")


def _why(test: str, error: NotebookNode, answers: dict[str, NotebookNode]) -> str:
    """Why a test cell stopped, without its traceback, which may quote a hidden test."""
    if error.ename == NO_POINTS:
        return plain(error.evalue)
    name = re.search(r"name '(\w+)' is not defined", plain(error.evalue))
    if error.ename == "NameError" and name:
        answer = answers.get(test.removesuffix("-test"))
        reason = stopped(answer) if answer is not None else ""
        missing = f"{name[1]} does not exist, so it could not be checked."
        return f"{missing} {reason}".strip()
    return f"The check stopped with {plain(error.ename)}, so there are no points."


def _record(record: dict) -> tuple[tuple[CaseLine, ...], str]:
    """The cases and the problem in a report's record; whatever does not fit is left out."""
    cases = record.get("cases")
    lines = tuple(
        CaseLine(
            plain(case.get("name")),
            case.get("passed") is True,
            *(plain(case.get(key, "")) for key in ("hint", "misconception")),
        )
        for case in (cases if isinstance(cases, list) else [])
        if isinstance(case, dict)
    )
    return lines, plain(record.get("problem", ""))


def _error(cell: NotebookNode) -> NotebookNode | None:
    """The last error among a cell's outputs: a timeout is recorded after what it interrupted."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    return errors[-1] if errors else None


def _number(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) else None


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value or "")
