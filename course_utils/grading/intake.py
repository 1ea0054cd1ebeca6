"""Reads a submission before nbgrader does, and says in plain words why one cannot be graded."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import nbformat
from jsonschema import ValidationError
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import SCHEMA_VERSION, MetadataValidator
from nbgrader.nbgraderformat.common import SchemaMismatchError
from nbgrader.utils import compute_checksum, is_solution

from course_utils.errors import CourseError


class Reason(StrEnum):
    """Why a submission cannot be graded."""

    MISSING = "no notebook"
    EMPTY = "empty file"
    MALFORMED = "malformed notebook"
    METADATA = "unknown cell metadata"
    OTHER_UNIT = "another notebook"


@dataclass(frozen=True)
class Refusal:
    """A reason and what it means here, in one sentence."""

    reason: Reason
    sentence: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.sentence}"


class NotGradableError(CourseError):
    """Raised for a submission that cannot be graded; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def read(path: Path) -> NotebookNode:
    """Read a notebook that a student hands in, of whatever unit.

    Returns:
        The notebook, in nbformat 4.

    Raises:
        NotGradableError: when it cannot be read as a notebook of the course.
    """
    try:
        data = path.read_bytes()
    except OSError:
        _refuse(Reason.MISSING, f"there is no file {path.name}, or it cannot be read.")
    if not data.strip():
        _refuse(Reason.EMPTY, f"{path.name} has no content.")
    notebook = _notebook(_text(data))
    _check_metadata(notebook)
    return notebook


def read_submission(path: Path, grade_ids: Collection[str]) -> NotebookNode:
    """Read a submission to the unit whose exercise and test cells have the ids `grade_ids`.

    Returns:
        The notebook, in nbformat 4.

    Raises:
        NotGradableError: when it cannot be graded.
    """
    notebook = read(path)
    found = {_metadata(cell).get("grade_id") for cell in notebook.cells}
    if not found.intersection(grade_ids):
        _refuse(Reason.OTHER_UNIT, "it has none of the exercises of this unit.")
    return notebook


def refusal(path: Path, grade_ids: Collection[str]) -> Refusal | None:
    """Why the submitted notebook cannot be graded; None when it can (see `read_submission`)."""
    try:
        read_submission(path, grade_ids)
    except NotGradableError as error:
        return error.refusal
    return None


def is_untouched(notebook: NotebookNode) -> bool:
    """Whether every answer is still as the release had it."""
    answers = [cell for cell in notebook.cells if is_solution(cell)]
    return all(compute_checksum(cell) == _metadata(cell).get("checksum") for cell in answers)


class SubmissionExporter(NotebookExporter):
    """What `nbgrader autograde` reads submissions with.

    A notebook that cannot be graded ends as an error of this one student. nbgrader itself stops
    the whole class at metadata of a wrong version.
    """

    def from_filename(
        self, filename: str, resources: dict | None = None, **kwargs: Any
    ) -> tuple[str, dict]:
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            cells = gradebook.find_notebook(where["notebook"], where["assignment"]).source_cells
            grade_ids = {cell.name for cell in cells}
        read_submission(Path(filename), grade_ids)
        return super().from_filename(filename, resources=resources, **kwargs)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
    except UnicodeDecodeError:
        _refuse(Reason.MALFORMED, "the file is not text in UTF-8. Is it another kind of file?")
    except json.JSONDecodeError as error:
        _refuse(
            Reason.MALFORMED,
            f"the file is cut off or damaged in line {error.lineno}, so it cannot be read.",
        )
    except RecursionError:
        _refuse(Reason.MALFORMED, "the file is nested too deeply to be a notebook.")
    return text


def _notebook(text: str) -> NotebookNode:
    """The notebook in a text; oddities that do no harm pass, as in nbformat."""
    try:
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            well_formed = (
                cell.cell_type in ("code", "markdown", "raw")
                and isinstance(cell.source, str)
                and isinstance(cell.metadata, dict)
            )
            if not well_formed:
                raise ValueError("a cell without type, source or metadata")
    except Exception:  # nbformat raises errors of many kinds for what is no notebook
        _refuse(Reason.MALFORMED, "the file does not have the form of a notebook.")
    return notebook


def _check_metadata(notebook: NotebookNode) -> None:
    validator = MetadataValidator()
    for cell in notebook.cells:
        name = _metadata(cell).get("grade_id", "without a name")
        try:
            validator.validate_cell(cell)
        except SchemaMismatchError as error:
            _refuse(
                Reason.METADATA,
                f"the cell {name} has nbgrader metadata of version {error.actual_version}; "
                f"this course uses version {SCHEMA_VERSION}.",
            )
        except (ValidationError, TypeError, KeyError, AttributeError):
            _refuse(Reason.METADATA, f"nbgrader's metadata of the cell {name} is damaged.")


def _metadata(cell: NotebookNode) -> dict:
    found = cell.metadata.get("nbgrader", {})
    return found if isinstance(found, dict) else {}


def _refuse(reason: Reason, sentence: str) -> None:
    raise NotGradableError(Refusal(reason, sentence))
