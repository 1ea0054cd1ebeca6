"""Our steps in nbgrader's pipelines; the order of all steps is in `pipelines.py`."""

import math

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook, SourceCell
from nbgrader.nbgraderformat import SCHEMA_VERSION
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

NO_POINTS = "NoPoints"
"""Name of the error that stands in a test cell where no points can be read."""

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


class RestoreCells(NbGraderPreprocessor):
    """Gives the course's cells in a submission the metadata that the gradebook knows.

    What counts about a cell (its points, whether it is a test) never comes from the student, nor
    do its tags: a test cell tagged to be skipped is executed all the same. A cell that is missing
    is put back after the one before it, an answer as the empty release had it. Of several copies
    the last one counts, and cells that belong to another unit become ordinary cells.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(where["notebook"], where["assignment"])
            known = {cell.name: cell for cell in notebook.source_cells}
            metadata = {name: _metadata(cell) for name, cell in known.items()}
            position = {_grade_id(cell): index for index, cell in enumerate(nb.cells)}
            for index, cell in enumerate(nb.cells):
                name = _grade_id(cell)
                if name in known and position[name] == index:
                    cell.metadata = NotebookNode(nbgrader=metadata[name])
                else:
                    cell.metadata.pop("nbgrader", None)
            self._put_back(nb, known, metadata)
        return nb, resources

    def _put_back(
        self, nb: NotebookNode, known: dict[str, SourceCell], metadata: dict[str, NotebookNode]
    ) -> None:
        place = 0
        for name, source in known.items():
            present = [i for i, cell in enumerate(nb.cells) if _grade_id(cell) == name]
            if present:
                place = present[0] + 1
                continue
            self.log.warning("The cell %s is missing in the submission; it is put back.", name)
            new_cell = new_code_cell if source.cell_type == "code" else new_markdown_cell
            cell = new_cell(source.source, metadata={"nbgrader": metadata[name]})
            nb.cells.insert(place, cell)
            place += 1


class SettleResults(NbGraderPreprocessor):
    """Makes sure that points come from a report, and from nothing else.

    nbgrader gives no points to a test cell with text on stderr (a warning, a progress bar), and
    all points to one without a result (interrupted, skipped) or with an unreadable one.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell.outputs = settled(cell.outputs, float(cell.metadata.nbgrader["points"]))
        return cell, resources


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
        return [*others, _no_points("The check gave no result, so there are no points.")]
    earned = _number(results[-1].data.get("text/plain", ""))
    if earned is None or not 0 <= earned <= points:
        return [
            *others,
            _no_points(f"The result of the check is not a number from 0 to {points:g}."),
        ]
    return [*others, results[-1]]


def _number(text: object) -> float | None:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def _no_points(sentence: str) -> NotebookNode:
    return new_output("error", ename=NO_POINTS, evalue=sentence, traceback=[sentence])


def _only(metadata: NotebookNode, keys: set[str]) -> NotebookNode:
    return NotebookNode({key: metadata[key] for key in metadata if key in keys})


def _grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _metadata(source: SourceCell) -> NotebookNode:
    """nbgrader's metadata of a cell as the release had it."""
    notebook = source.notebook
    graded = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    metadata = NotebookNode(
        schema_version=SCHEMA_VERSION,
        grade_id=source.name,
        grade=source.name in {cell.name for cell in notebook.grade_cells},
        solution=source.name in {cell.name for cell in notebook.solution_cells},
        task=source.name in {cell.name for cell in notebook.task_cells},
        locked=source.locked,
        cell_type=source.cell_type,
        checksum=source.checksum,
    )
    if source.name in graded:
        metadata.points = graded[source.name]
    return metadata
