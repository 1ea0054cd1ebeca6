"""Reads what a student hands in, and says in plain words why it cannot be graded."""

import json
import math
import os
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum, is_solution

from course_utils.errors import CourseError
from course_utils.judging.cell_names import names
from course_utils.judging.cells import grade_id
from course_utils.judging.disposable import Bounds, GraderLostError, each_apart
from course_utils.judging.doors import NotAFileError, is_one_of, notebooks_in, open_file
from course_utils.sandbox.limits import MIB
from course_utils.student_ids import printable

LARGEST = 50 * MIB
"""Bytes of a notebook that is read at all."""

MOST_CELLS = 10_000
"""Cells that are looked at: each takes a kilobyte, however short it is."""

LARGEST_CODE = 4 * MIB
"""Characters of all code cells together."""

ID_FOLDERS = 2
"""Folders above a submitted notebook that may be the student's doing: the unit's, the student's."""

_OF_NBGRADER = (
    *("schema_version", "grade_id", "grade", "solution", "task", "locked", "points", "cell_type"),
    "checksum",
)
BOUNDS = Bounds(seconds=120, cpu_seconds=30, memory=512 * MIB, size=16 * MIB)
"""Of the process that reads a submission."""

NO_NOTEBOOK = "the file does not have the form of a notebook."


class RefusalReason(StrEnum):
    """Why a submission cannot be graded."""

    MISSING = "no notebook"
    NO_FILE = "no ordinary file"
    EMPTY = "empty file"
    MALFORMED = "malformed notebook"
    TOO_LARGE = "too large a file"
    OTHER_UNIT = "another notebook"
    UNREADABLE = "unreadable notebook"


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


def load(path: Path, course_files: Container[tuple[int, int]] = ()) -> bytes:
    """The bytes of a file that a student hands in, in the folders of the student and the unit.

    Args:
        path: the file; neither it nor one of those folders may be a link.
        course_files: files of the course, which it may not be (`doors.identities`).

    Raises:
        NotGradableError: when there are none, or far too many, or it is no ordinary file.
    """
    try:
        with open_file(path, ID_FOLDERS) as file:
            if is_one_of(file, course_files):
                raise NotAFileError(path.name, "a link to a file of the course")
            size = os.fstat(file.fileno()).st_size
            content = file.read(LARGEST + 1) if size <= LARGEST else b""
            size = max(size, len(content))
    except NotAFileError as error:
        _refuse(
            RefusalReason.NO_FILE,
            f"{path.name}, or a folder that it is in, is {error.kind}. Hand in the file itself.",
        )
    except OSError:
        _refuse(
            RefusalReason.MISSING,
            f"there is no file {path.name}, or it cannot be read.{_others(path)}",
        )
    if size > LARGEST:
        _refuse(
            RefusalReason.TOO_LARGE,
            f"the file has {size / MIB:.0f} MB; a notebook may have {LARGEST // MIB}. "
            "Clear its outputs and hand it in again.",
        )
    return content


def _others(path: Path) -> str:
    """What else lies there that may be meant."""
    others = [] if os.path.lexists(path) else notebooks_in(path.parent)
    names = ", ".join(printable(other.name[:80]) for other in others[:5])
    return f" Beside it there is {names}: which one is to be graded?" if names else ""


def read(path: Path) -> NotebookNode:
    """Read a notebook of one's own, of whatever unit (see `parse`); links are followed."""
    return parse(load(path.resolve()))


def parse(content: bytes) -> NotebookNode:
    """The notebook in the bytes of a file: cells with type, text, id and nbgrader's metadata.

    What nbformat or nbgrader would refuse is read as well, as long as it has cells: of a submission
    nothing else counts. Notebooks of nbformat 3 have theirs in worksheets.

    Raises:
        NotGradableError: when it is no notebook.
    """
    if not content.strip():
        _refuse(RefusalReason.EMPTY, "the file has no content.")
    found = _raw_cells(_json(content))
    if len(found) > MOST_CELLS:
        _refuse(
            RefusalReason.TOO_LARGE,
            f"it has {len(found):,} cells; {MOST_CELLS:,} may be there.",
        )
    cells = [_cell(raw) for raw in found]
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

    Where all labels are lost, a cell that defines a function of an exercise's name will do.

    Raises:
        NotGradableError: when it cannot be graded.
    """
    notebook = parse(content)
    labels = set(filter(None, map(grade_id, notebook.cells)))
    known = labels.intersection(grade_ids) or (not labels and _defines(notebook, grade_ids))
    if not known:
        _refuse(RefusalReason.OTHER_UNIT, "it has none of the exercises of this unit.")
    return notebook


def _defines(notebook: NotebookNode, functions: Collection[str]) -> bool:
    """Whether a cell of a notebook defines one of these functions."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return any(not names(source)[0].isdisjoint(functions) for source in code)


def handed_in(
    path: Path, grade_ids: Collection[str], course_files: Container[tuple[int, int]] = ()
) -> NotebookNode | Refusal:
    """The submitted notebook, or why it cannot be graded (see `load` and `parse_submission`)."""
    try:
        return parse_submission(load(path, course_files), grade_ids)
    except NotGradableError as error:
        return error.refusal


def all_handed_in(
    paths: Iterable[Path],
    grade_ids: Collection[str],
    course_files: Container[tuple[int, int]] = (),
) -> Iterator[NotebookNode | Refusal]:
    """As `handed_in` for each of these files, read in disposable processes."""
    for found in each_apart(lambda path: handed_in(path, grade_ids, course_files), paths, BOUNDS):
        if isinstance(found, GraderLostError):
            found = Refusal(RefusalReason.UNREADABLE, found.sentence)
        yield found


def is_untouched(notebook: NotebookNode) -> bool:
    """Whether every answer is still as the release had it."""
    return all(_is_as_released(cell) for cell in notebook.cells if is_solution(cell))


def _is_as_released(cell: NotebookNode) -> bool:
    known = _metadata(cell)
    if type(known.get("grade_id")) is not str or not _is_number(known.get("points", 0)):
        return False
    return compute_checksum(cell) == known.get("checksum")


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
    except RecursionError:
        _refuse(RefusalReason.MALFORMED, "the file is nested too deeply to be a notebook.")
    except ValueError:
        _refuse(RefusalReason.MALFORMED, "the file has a number with thousands of digits.")


def _raw_cells(notebook: Any) -> list:
    if type(notebook) is not dict:
        _refuse(RefusalReason.MALFORMED, NO_NOTEBOOK)
    cells = notebook.get("cells")
    if cells is None and type(sheets := notebook.get("worksheets")) is list:
        lists: list[Any] = [s.get("cells", []) if type(s) is dict else None for s in sheets]
        if all(type(found) is list for found in lists):
            cells = list(chain.from_iterable(lists))
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
        cell_type=_text(kind),
        source=_text(source),
        id=_text(name) if type(name) is str else None,
        metadata=NotebookNode(known),
    )


def _text(value: str) -> str:
    """The text without half characters, which no file in UTF-8 can hold."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _plain(metadata: dict) -> NotebookNode:
    """What nbgrader may have written; anything else might be nested without end."""
    found = {key: metadata[key] for key in _OF_NBGRADER if key in metadata}
    texts = {key: _text(value) for key, value in found.items() if type(value) is str}
    numbers = {key: value for key, value in found.items() if value is None or _is_number(value)}
    return NotebookNode({**texts, **numbers})


def _is_number(value: Any) -> bool:
    """Whether JSON and a double can hold it."""
    if type(value) is float:
        return math.isfinite(value)
    return type(value) in (bool, int) and abs(value) < 2**63


def _metadata(cell: NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})


def _refuse(reason: RefusalReason, sentence: str) -> NoReturn:
    raise NotGradableError(Refusal(reason, sentence))
