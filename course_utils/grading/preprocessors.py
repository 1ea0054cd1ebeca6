"""Our steps in nbgrader's pipelines; the order of all steps is in `pipelines.py`."""

import math
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

NO_POINTS = "NoPoints"
"""Name of the error that stands in a test cell where no points can be read."""

LOST = "Lost"
"""Name of the error that stands in a cell with which the student's process was lost."""

STUDENT_TAGS = {"demo"}
"""The tags that a release keeps; all others are the instructor's (`covers-3.4`, `nbval-…`)."""

_NOTEBOOK_METADATA = {"kernelspec", "language_info"}
_CELL_METADATA = {"deletable", "editable", "jupyter", "nbgrader", "tags"}


class CleanRelease(NbGraderPreprocessor):
    """Takes out of a release what the instructor's run left in it.

    nbgrader clears outputs only. Widget states, execution times, the kernel's version and
    attachments of answers would stay. This is a step of the conversion and no
    `post_convert_hook`, because nbgrader goes on when a hook raises.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.metadata = _only(nb.metadata, _NOTEBOOK_METADATA)
        nb.metadata.get("language_info", {}).pop("version", None)
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in STUDENT_TAGS]
        cell.metadata = _only(cell.metadata, _CELL_METADATA)
        cell.metadata.pop("tags", None)
        if tags:
            cell.metadata["tags"] = tags
        if is_solution(cell):
            cell.pop("attachments", None)
        return cell, resources


class SettleResults(NbGraderPreprocessor):
    """Makes sure that points come from a report, and from nothing else.

    nbgrader gives no points to a test cell with text on stderr (a warning, a progress bar), and
    all points to one without a result (interrupted, skipped) or with an unreadable one.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        settle(nb)
        return nb, resources


def settle(notebook: NotebookNode) -> None:
    """Settle the outputs of every test cell (see `settled`)."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell.outputs = settled(cell.outputs, float(cell.metadata.nbgrader["points"]))


def settled(outputs: list[NotebookNode], points: float) -> list[NotebookNode]:
    """The outputs of a test cell as nbgrader must see them to score them rightly.

    Args:
        outputs: what the cell gave.
        points: the cell's maximum.

    Returns:
        The outputs without text on stderr, and with either one result in [0, points] or an error.
    """
    kept = [o for o in outputs if not (o.output_type == "stream" and o.name == "stderr")]
    results = [output for output in kept if output.output_type == "execute_result"]
    others = [output for output in kept if output.output_type != "execute_result"]
    if any(output.output_type == "error" for output in others):
        return others
    if not results:
        return [*others, no_points("The check gave no result, so there are no points.")]
    earned = _number(results[-1].data.get("text/plain", ""))
    if earned is None or not 0 <= earned <= points:
        return [
            *others,
            no_points(f"The result of the check is not a number from 0 to {points:g}."),
        ]
    return [*others, results[-1]]


def _number(text: object) -> float | None:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def no_points(sentence: str) -> NotebookNode:
    """The output of a test cell that gives no points, with the reason in words."""
    return output("error", ename=NO_POINTS, evalue=sentence, traceback=[sentence])


def output(kind: str, **content: Any) -> NotebookNode:
    """An output of a cell, with all that nbformat wants in it.

    `nbformat.v4.new_output` takes 2 ms each to see whether that is so; here it is so by
    construction, and the notebook as a whole is looked at when it is written.
    """
    return from_dict({"output_type": kind, **content})


def _only(metadata: NotebookNode, keys: set[str]) -> NotebookNode:
    return NotebookNode({key: metadata[key] for key in metadata if key in keys})
