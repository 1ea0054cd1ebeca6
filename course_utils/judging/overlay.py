"""The notebook that is graded: the instructor's structure with the student's answers in it.

Everything that counts (which cells there are, what they are, their points, the tests) comes from
the instructor's source and gradebook. From the student come the text of the answers, the text of
further code cells, and nothing else.
"""

from copy import deepcopy
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook, SourceCell
from nbgrader.nbgraderformat import SCHEMA_VERSION

from course_utils.judging.answer_cells import Found
from course_utils.judging.cells import KEY, grade_id, is_demo, is_test
from course_utils.judging.disposable import GraderLostError, here
from course_utils.judging.intake import Refusal
from course_utils.judging.outputs import no_points
from course_utils.judging.own_cells import OwnCells

HIDDEN = "### BEGIN HIDDEN TESTS"
"""Where in a test cell begins what a release does not have."""

_OWN_CELLS_AT_MOST = 20_000
"""Code cells of the student's own, beside those of the lesson; the rest is left out."""


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
        cell.metadata = NotebookNode(tags=["demo"]) if is_demo(cell) else NotebookNode()
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

    A cell of the course is found by its `grade_id`, its id or its text, an answer also by what it
    defines (`answer_cells`). A missing cell stays as the release had it. Code cells that are the
    student's own stand after the same neighbour as in the submission, and before an answer that
    needs them.
    """
    notebook = deepcopy(base)
    cells = submission.cells
    places = _places(base.cells, cells)
    found = Found(base.cells, cells, places)
    own = _own_cells(notebook, cells, places, found)
    for answer in found.answers:
        cell = notebook.cells[answer.exercise.place]
        if answer.cells:
            cell.source = found.joined(answer.cells)
            own.arrange(answer, cell.source)
        if answer.note:
            cell.metadata[KEY] = {"note": answer.note}
    questions = [answer.question for answer in found.answers if answer.question]
    notebook.metadata[KEY] = {"questions": questions} if questions else {}
    notebook.cells = own.among(notebook.cells)
    return notebook


def _own_cells(
    notebook: NotebookNode, cells: list[NotebookNode], places: dict[int, int], found: Found
) -> OwnCells:
    """The student's own cells; what they changed of the lesson's is put into the notebook."""
    own = OwnCells(notebook.cells)
    exercises = {answer.exercise.place for answer in found.answers}
    taken = {index: a.exercise.place for a in reversed(found.answers) for index in a.cells}
    latest = {place: index for index, place in places.items()}
    last, left = -1, _OWN_CELLS_AT_MOST
    for index, cell in enumerate(cells):
        place = places.get(index)
        if place is not None and place not in exercises:
            if latest[place] == index:
                last = place
                _transplant(notebook.cells[place], cell.source, found.source(index))
        elif index in taken:
            last = max(last, taken[index]) if place is None else place
        elif left and cell.cell_type == "code" and found.says_something(index):
            left -= 1
            own.add(index, found.source(index), last if place is None else place - 1)
    return own


def without_random_ids(
    base: NotebookNode, submission: NotebookNode | Refusal
) -> NotebookNode | Refusal:
    """A submission without the ids of cells that are the student's own; the same object.

    Jupyter draws them at random, anew where a notebook is converted or a cell copied, and nothing
    goes by them: what is handed in again must be the same attempt.
    """
    if not isinstance(submission, Refusal):
        known = {cell.get("id") for cell in base.cells}
        for cell in submission.cells:
            if cell.get("id") not in known:
                cell.id = None
    return submission


def graded_notebook(base: NotebookNode, submission: NotebookNode | Refusal) -> NotebookNode:
    """What is graded of a submission (`intake.handed_in`): the overlay, or the refused unit."""
    if isinstance(submission, Refusal):
        return refuse(deepcopy(base), str(submission))
    try:
        return here(lambda: overlaid(base, submission))
    except GraderLostError as lost:
        return refuse(deepcopy(base), str(lost))


def refuse(notebook: NotebookNode, why: str) -> NotebookNode:
    """Let a notebook and each of its tests say why it is not graded; the same notebook."""
    notebook.metadata[KEY] = {"refused": why}
    for cell in filter(is_test, notebook.cells):
        cell.outputs = [no_points(why)]
    return notebook


def give_up(notebook: NotebookNode, why: str) -> NotebookNode:
    """Refuse what could not be judged in any try."""
    return refuse(notebook, f"{why} Your instructor can grade this notebook again.")


def read(text: str) -> NotebookNode:
    """The notebook in a text of ours, which was looked at when it was written."""
    return nbformat.v4.reads(text)


def write(notebook: NotebookNode) -> str:
    """The text of a notebook, without characters that no file and no database can hold."""
    return nbformat.writes(_whole(notebook))


def grade_ids(base: NotebookNode) -> set[str]:
    """The names of the cells of a template's exercises and tests."""
    return {name for name in map(grade_id, base.cells) if name}


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    if isinstance(value, dict):
        return type(value)({_whole(key): _whole(item) for key, item in value.items()})
    return [_whole(item) for item in value] if isinstance(value, list) else value


def _places(base: list[NotebookNode], cells: list[NotebookNode]) -> dict[int, int]:
    """Which cell of the template each cell of a submission is, by index.

    Copies of a cell with a `grade_id` share its place; of other cells the first one has it.
    """
    by_name = {grade_id(cell): i for i, cell in enumerate(base) if grade_id(cell)}
    by_id = {cell.get("id"): i for i, cell in enumerate(base) if cell.get("id")}
    by_text = {(c.cell_type, _visible(c)): i for i, c in reversed(list(enumerate(base)))}
    labelled = {by_name[name] for name in map(grade_id, cells) if name in by_name}
    found: dict[int, int] = {}
    taken = set(labelled)
    for index, cell in enumerate(cells):
        place = by_name.get(grade_id(cell))
        if place is None:
            place = by_id.get(cell.get("id"))
            if place is None or base[place].cell_type != cell.cell_type:
                place = by_text.get((cell.cell_type, cell.source.strip()))
            if place in taken:
                place = None
        if place is not None:
            taken.add(place)
            found[index] = place
    return found


def _visible(cell: NotebookNode) -> str:
    """The text of a template's cell as the release has it."""
    return cell.source.partition(HIDDEN)[0].strip() if is_test(cell) else cell.source.strip()


def _transplant(cell: NotebookNode, written: str, source: str) -> None:
    """Take the student's text, where the cell is theirs to write."""
    meta = cell.metadata.get("nbgrader")
    if meta is not None:
        if not meta.locked:
            cell.source = source
    elif cell.cell_type == "code" and written.strip() != cell.source.strip():
        cell.metadata[KEY] = {"was": cell.source}
        cell.source = source


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
            cell.id = name[:64]  # the same in every run, as all of a template
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
