"""The notebook that is graded: the instructor's structure with the student's answers in it.

Everything that counts (which cells there are, what they are, their points, the tests) comes from
the instructor's source and gradebook. From the student come the text of the answers, the text of
further code cells, and nothing else.
"""

from copy import deepcopy
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook, SourceCell
from nbgrader.nbgraderformat import SCHEMA_VERSION

from course_utils.grading.intake import NotGradableError, load, parse_submission

KEY = "course"
"""Our key in the metadata of a cell that the student wrote or changed, and of the notebook."""

_CELLS_AT_MOST = 1000


def template(source: NotebookNode, gradebook: Gradebook, unit: str) -> NotebookNode:
    """The unit as it is graded before any student's answer is in it.

    Args:
        source: the instructor's source notebook, which gives the structure.
        gradebook: knows tests, points, and answers as the release has them.
        unit: the unit's name.
    """
    known = {cell.name: cell for cell in gradebook.find_notebook(unit, unit).source_cells}
    metadata = {key: source.metadata[key] for key in ("kernelspec",) if key in source.metadata}
    notebook = NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=[])
    for cell in source.cells:
        cell = deepcopy(cell)
        name = grade_id(cell)
        tags = [tag for tag in cell.metadata.get("tags", []) if tag == "demo"]
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        cell.pop("attachments", None)
        if name in known:
            _set_type(cell, known[name].cell_type)
            cell.source = known[name].source
            cell.metadata.nbgrader = _metadata(known[name])
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        notebook.cells.append(cell)
    _append_missing(notebook, known)
    return notebook


def overlaid(base: NotebookNode, submission: NotebookNode) -> NotebookNode:
    """A copy of the template with a student's answers and further code cells.

    A cell of the course is found by its `grade_id` (of several copies the last one counts), one of
    the lesson by its id or its text. A missing cell stays as the release had it. Code cells that
    are the student's own stand after the same neighbour as in the submission.
    """
    notebook = deepcopy(base)
    places = _places(notebook.cells, submission.cells)
    own: dict[int, list[NotebookNode]] = {}
    last = -1
    for index, cell in enumerate(submission.cells[:_CELLS_AT_MOST]):
        place = places.get(index)
        if place is not None:
            _transplant(notebook.cells[place], cell)
            last = place
        elif cell.cell_type == "code" and cell.source.strip():
            own.setdefault(last, []).append(_own_cell(cell.source))
    cells = own.get(-1, [])
    for place, cell in enumerate(notebook.cells):
        cells += [cell, *own.get(place, [])]
    notebook.cells = cells
    return notebook


def graded_notebook(base: NotebookNode, path: Path) -> NotebookNode:
    """What is graded of a submission: the overlay, or the empty unit with the reason for that."""
    ids = {grade_id(cell) for cell in base.cells} - {None}
    try:
        return overlaid(base, parse_submission(load(path), ids))
    except NotGradableError as error:
        notebook = deepcopy(base)
        notebook.metadata[KEY] = {"refused": str(error.refusal)}
        return notebook


def refused(notebook: NotebookNode) -> str:
    """Why a notebook is not graded; empty when it is."""
    return notebook.metadata.get(KEY, {}).get("refused", "")


def is_students(cell: NotebookNode) -> bool:
    """Whether a cell outside the exercises was written or changed by the student."""
    return KEY in cell.metadata


def grade_id(cell: NotebookNode) -> str | None:
    """The name of an exercise's or test's cell."""
    found = cell.metadata.get("nbgrader", {})
    name = found.get("grade_id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def _places(base: list[NotebookNode], cells: list[NotebookNode]) -> dict[int, int]:
    """Which cell of the template each cell of a submission is, by index."""
    by_name = {grade_id(cell): i for i, cell in enumerate(base) if grade_id(cell)}
    plain = [i for i, cell in enumerate(base) if not grade_id(cell)]
    by_id = {base[i].get("id"): i for i in plain if base[i].get("id")}
    by_text = {(base[i].cell_type, base[i].source.strip()): i for i in reversed(plain)}
    found: dict[int, int] = {}
    taken: dict[int, int] = {}
    for index, cell in enumerate(cells):
        name = grade_id(cell)
        if name in by_name:
            place = by_name[name]
        else:
            place = by_id.get(cell.get("id"))
            if place is None or base[place].cell_type != cell.cell_type:
                place = by_text.get((cell.cell_type, cell.source.strip()))
            if place in taken:
                place = None
        if place is not None:
            found.pop(taken.get(place), None)
            taken[place], found[index] = index, place
    return found


def _transplant(cell: NotebookNode, student: NotebookNode) -> None:
    """Take the student's text, where the cell is theirs to write."""
    meta = cell.metadata.get("nbgrader")
    if meta is not None:
        if not meta.locked:
            cell.source = student.source
    elif cell.cell_type == "code" and student.source.strip() != cell.source.strip():
        cell.metadata[KEY] = {"was": cell.source}
        cell.source = student.source


def _own_cell(source: str) -> NotebookNode:
    return new_code_cell(source, metadata={KEY: {"was": ""}})


def _set_type(cell: NotebookNode, kind: str) -> None:
    cell.cell_type = kind
    if kind != "code":
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _append_missing(notebook: NotebookNode, known: dict[str, SourceCell]) -> None:
    """What the gradebook knows and the source has lost is put at the end."""
    present = {grade_id(cell) for cell in notebook.cells}
    for name, source in known.items():
        if name not in present:
            cell = new_code_cell(source.source, metadata={"nbgrader": _metadata(source)})
            _set_type(cell, source.cell_type)
            notebook.cells.append(cell)


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
