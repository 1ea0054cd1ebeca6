"""Reads what a student hands in, and says in plain words why it cannot be graded."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum, is_solution

from course_utils.errors import CourseError
from course_utils.sandbox.limits import MIB

LARGEST = 50 * MIB
"""Bytes of a notebook that is read at all."""

LARGEST_CODE = 256 * 1024
"""Characters of all code cells together: a syntax tree takes a thousand times that many bytes."""

NO_NOTEBOOK = "the file does not have the form of a notebook."


class RefusalReason(StrEnum):
    """Why a submission cannot be graded."""

    MISSING = "no notebook"
    EMPTY = "empty file"
    MALFORMED = "malformed notebook"
    TOO_LARGE = "too large a file"
    OTHER_UNIT = "another notebook"


@dataclass(frozen=True)
class Refusal:
    """A reason and what it means here, in one sentence."""

    reason: RefusalReason
    sentence: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.sentence}"


class NotGradableError(CourseError):
    """Raised for a submission that cannot be graded; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def load(path: Path) -> bytes:
    """The bytes of a file that a student hands in.

    Raises:
        NotGradableError: when there are none, or far too many.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
        if size is None:
            _refuse(RefusalReason.MISSING, f"there is no file {path.name}.")
        if size > LARGEST:
            _refuse(
                RefusalReason.TOO_LARGE,
                f"the file has {size / MIB:.0f} MB; a notebook may have {LARGEST // MIB}. "
                "Clear its outputs and hand it in again.",
            )
        return path.read_bytes()
    except OSError:
        _refuse(RefusalReason.MISSING, f"there is no file {path.name}, or it cannot be read.")


def read(path: Path) -> NotebookNode:
    """Read a notebook that a student hands in, of whatever unit (see `parse`)."""
    return parse(load(path))


def parse(content: bytes) -> NotebookNode:
    """The notebook in the bytes of a file: cells with type, text, id and nbgrader's metadata.

    What nbformat or nbgrader would refuse is read as well, as long as it has cells: of a submission
    nothing else counts. Notebooks of nbformat 3 have theirs in worksheets.

    Raises:
        NotGradableError: when it is no notebook.
    """
    if not content.strip():
        _refuse(RefusalReason.EMPTY, "the file has no content.")
    cells = [_cell(raw) for raw in _raw_cells(_json(content))]
    code = sum(len(cell.source) for cell in cells if cell.cell_type == "code" or _metadata(cell))
    if code > LARGEST_CODE:
        _refuse(
            RefusalReason.TOO_LARGE,
            f"its cells hold {code / 1000:,.0f} kB of code; {LARGEST_CODE / 1000:.0f} kB may be "
            "there. Take data and copied files out of the code.",
        )
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells)


def parse_submission(content: bytes, grade_ids: Collection[str]) -> NotebookNode:
    """Read a submission to the unit whose exercise and test cells have the ids `grade_ids`.

    Raises:
        NotGradableError: when it cannot be graded.
    """
    notebook = parse(content)
    found = [_metadata(cell).get("grade_id") for cell in notebook.cells]
    if not any(isinstance(name, str) and name in grade_ids for name in found):
        _refuse(RefusalReason.OTHER_UNIT, "it has none of the exercises of this unit.")
    return notebook


def handed_in(path: Path, grade_ids: Collection[str]) -> NotebookNode | Refusal:
    """The submitted notebook, or why it cannot be graded (see `parse_submission`)."""
    try:
        return parse_submission(load(path), grade_ids)
    except NotGradableError as error:
        return error.refusal


def is_untouched(notebook: NotebookNode) -> bool:
    """Whether every answer is still as the release had it."""
    answers = [cell for cell in notebook.cells if is_solution(cell)]
    return all(
        "grade_id" in _metadata(cell) and compute_checksum(cell) == _metadata(cell).get("checksum")
        for cell in answers
    )


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(
            RefusalReason.MALFORMED, "the file is not text in UTF-8. Is it another kind of file?"
        )
    except json.JSONDecodeError as error:
        _refuse(
            RefusalReason.MALFORMED,
            f"the file is cut off or damaged in line {error.lineno}, so it cannot be read.",
        )
    except (RecursionError, ValueError):
        _refuse(RefusalReason.MALFORMED, "the file is nested too deeply to be a notebook.")


def _raw_cells(notebook: Any) -> list:
    if type(notebook) is not dict:
        _refuse(RefusalReason.MALFORMED, NO_NOTEBOOK)
    cells = notebook.get("cells")
    if cells is None and type(sheets := notebook.get("worksheets")) is list:
        cells = [c for s in sheets if type(s) is dict for c in s.get("cells") or ()]
    if type(cells) is not list or type(notebook.get("nbformat", 4)) is not int:
        _refuse(RefusalReason.MALFORMED, NO_NOTEBOOK)
    return cells


def _cell(raw: Any) -> NotebookNode:
    kind = raw.get("cell_type") if type(raw) is dict else None
    source = raw.get("source", raw.get("input")) if type(raw) is dict else None
    if type(source) is list and all(type(line) is str for line in source):
        source = "".join(source)
    if type(source) is not str or type(kind) is not str:
        _refuse(RefusalReason.MALFORMED, NO_NOTEBOOK)
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if type(metadata) is dict else None
    name = raw.get("id")
    known = {"nbgrader": _plain(nbgrader)} if type(nbgrader) is dict else {}
    return NotebookNode(
        cell_type=kind,
        source=source.encode("utf-8", "replace").decode("utf-8"),
        id=name if type(name) is str else None,
        metadata=NotebookNode(known),
    )


def _plain(metadata: dict) -> NotebookNode:
    """What nbgrader may have written; anything else might be nested without end."""
    kept = (str, bool, int, float, type(None))
    return NotebookNode({key: value for key, value in metadata.items() if type(value) in kept})


def _metadata(cell: NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})


def _refuse(reason: RefusalReason, sentence: str) -> NoReturn:
    raise NotGradableError(Refusal(reason, sentence))
