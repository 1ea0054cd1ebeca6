"""A small class of invented students whose notebooks show what grading has to cope with."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Protocol

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

UNKNOWN_SCHEMA = 99


class WrongAnswer(Protocol):
    """A typical wrong answer to an exercise (`course_utils.authoring.answers`)."""

    @property
    def exercise(self) -> str: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: the student's id.
        sketch: what the notebook is like, in a few words.
        content: the bytes of the file.
        gradable: whether it can be graded at all.
        full_marks: whether every answer in it is right.
    """

    student: str
    sketch: str
    content: bytes
    gradable: bool = True
    full_marks: bool = False


def submissions(
    source: NotebookNode, release: NotebookNode, wrong: Iterable[WrongAnswer]
) -> tuple[Submission, ...]:
    """The seven submissions to one unit.

    Args:
        source: the unit's source notebook, with solutions.
        release: its release, which students fill in.
        wrong: typical wrong answers; the first to each exercise is used.
    """
    right = solutions(source)
    names = list(right)
    half = {name: right[name] for name in names[: (len(names) + 1) // 2]}
    mistaken = right | _first_by_exercise(wrong, names)
    broken = right | {name: without_a_colon(right[name]) for name in names[-1:]}
    full = filled(release, right)
    return (
        Submission("amara", "full solution", to_bytes(full), full_marks=True),
        Submission("bela", "half filled in", to_bytes(filled(release, half))),
        Submission("chiara", "typical misconceptions", to_bytes(filled(release, mistaken))),
        Submission("deniz", "syntax error", to_bytes(filled(release, broken))),
        Submission("emil", "untouched release", to_bytes(release)),
        Submission("fatou", "truncated file", truncated(to_bytes(full)), gradable=False),
        Submission("goran", "wrong-schema metadata", to_bytes(mislabelled(full)), full_marks=True),
    )


def solutions(source: NotebookNode) -> dict[str, str]:
    """The answers in a source notebook by exercise, without the lines that mark them."""
    return {
        cell.metadata.nbgrader.grade_id: "\n".join(
            line for line in cell.source.splitlines() if not line.strip().startswith("### ")
        )
        for cell in source.cells
        if is_solution(cell)
    }


def filled(release: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """A copy of a release with these answers in the cells of their exercises."""
    notebook = deepcopy(release)
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    return notebook


def without_a_colon(source: str) -> str:
    """An answer with the typical syntax error: the colon after its first line is forgotten."""
    lines = source.splitlines()
    first = next(index for index, line in enumerate(lines) if line.endswith(":"))
    lines[first] = lines[first].removesuffix(":")
    return "\n".join(lines)


def truncated(content: bytes) -> bytes:
    """The first half of a file, as an upload that broke off leaves it."""
    return content[: len(content) // 2]


def mislabelled(notebook: NotebookNode) -> NotebookNode:
    """A copy whose cells claim a version of nbgrader's metadata that does not exist."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = UNKNOWN_SCHEMA
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """A notebook as the bytes of its file."""
    return (nbformat.writes(notebook) + "\n").encode("utf-8")


def _first_by_exercise(wrong: Iterable[WrongAnswer], names: list[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for answer in wrong:
        if answer.exercise in names:
            chosen.setdefault(answer.exercise, answer.source)
    return chosen
