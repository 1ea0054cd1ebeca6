"""Brings a student's answers into another release of the same lesson; notebooks are plain JSON."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path

from course_utils.errors import CourseError


def read(path: Path) -> dict:
    """A notebook whose cells have a type, a text and metadata.

    Raises:
        CourseError: when it is none.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
        if all(isinstance(cell.get("id", ""), str) for cell in notebook["cells"]):
            digests(notebook)  # reads all that is needed of each cell
            return notebook
        why = "a cell's id is no text"
    except json.JSONDecodeError as error:
        why = f"it is cut off or damaged in line {error.lineno}"
    except OSError as error:
        why = str(error.strerror)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        why = "it does not have the form of a notebook"
    raise CourseError(f"{path} cannot be read: {why}.")


def text(notebook: dict) -> bytes:
    """The content of a notebook's file, as nbformat writes it."""
    dumped = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return dumped.encode("utf-8", "replace")


def digests(notebook: dict) -> dict[str, str]:
    """The digest of each cell by its id, in order."""
    cells = enumerate(notebook["cells"])
    return {cell.get("id", str(place)): digest(cell) for place, cell in cells}


def digest(cell: dict) -> str:
    """What makes a cell: type, text, name and points; nothing that running or saving changes."""
    marks = _marks(cell)
    parts = [cell["cell_type"], _source(cell), marks.get("grade_id"), marks.get("points")]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:16]


class Merge:
    """A release that takes in a student's answers and further cells.

    An exercise's cell is found by its `grade_id`; of several copies the last one counts, as in
    grading, and the others stay before it as cells of the student's own. A cell of the lesson that
    the student changed is taken where this release has the same one. Own cells stand after the same
    neighbour as before. Outputs and tests are never taken.

    Args:
        release: the release.
        began: the digests of the release from which the student began, None when unknown. Then
            own cells cannot be told from old ones of the lesson, and are left out.

    Attributes:
        answers: how many exercises have got the student's answer.
        cells: how many further cells have come in.
        left: how many changed cells have not.
    """

    def __init__(self, release: dict, began: Mapping[str, str] | None) -> None:
        self.answers = self.cells = self.left = 0
        self._release = deepcopy(release)
        self._cells = self._release["cells"]
        self._new = [digest(cell) for cell in self._cells]
        self._places = {
            name: place for place, cell in enumerate(self._cells) if (name := _name(cell))
        }
        self._began = began
        self._known = digests(release) | dict(began or {})
        self._old = set((began or {}).values())
        self._own: dict[int, list[dict]] = {}
        self._ids = {cell.get("id") for cell in self._cells}

    def take(self, cells: Sequence[dict]) -> None:
        """Take in what is the student's among the cells of a notebook."""
        last_copy = {_name(cell): index for index, cell in enumerate(cells)}
        place = -1
        for index, cell in enumerate(cells):
            name, now = _name(cell), digest(cell)
            was = self._known.get(cell.get("id", ""))
            if name in self._places and last_copy[name] == index:
                place = self._places[name]
                self._answer(place, cell)
            elif now in self._new:
                place = self._new.index(now)
            elif now in self._old or _is_test(cell) or not _source(cell).strip():
                continue
            elif is_solution(cell):
                if not self._is_untouched(cell):
                    self._add(self._places.get(name or "", place + 1) - 1, cell)
            elif self._began is None or (was is not None and was not in self._new):
                self.left += 1
            elif was is None or self._type(was) != cell["cell_type"]:
                self._add(place, cell)
            else:
                place = self._new.index(was)
                self._cells[place]["source"] = _lines(cell)
                self.cells += 1

    def notebook(self) -> dict:
        """The release with all that was taken in."""
        cells = list(self._own.get(-1, []))
        for place, cell in enumerate(self._cells):
            cells += [cell, *self._own.get(place, [])]
        return {**self._release, "cells": cells}

    def _type(self, known: str) -> str:
        return self._cells[self._new.index(known)]["cell_type"]

    def _answer(self, place: int, cell: dict) -> None:
        ours = self._cells[place]
        if is_solution(ours) and _source(cell) != _source(ours) and not self._is_untouched(cell):
            ours["source"] = _lines(cell)
            self.answers += 1

    def _is_untouched(self, cell: dict) -> bool:
        """Whether an exercise's cell is as its release had it; nbgrader's checksum says so, too."""
        if self._began is not None:
            return digest(cell) in self._old
        from nbformat.notebooknode import from_dict
        from nbgrader.utils import compute_checksum

        found = compute_checksum(from_dict({**cell, "source": _source(cell)}))
        return found == _marks(cell).get("checksum")

    def _add(self, place: int, cell: dict) -> None:
        name = cell.get("id")
        while name is None or name in self._ids:
            name = secrets.token_hex(4)
        self._ids.add(name)
        own = {"cell_type": cell["cell_type"], "id": name, "metadata": {}, "source": _lines(cell)}
        if cell["cell_type"] == "code":
            own |= {"execution_count": None, "outputs": []}
        elif "attachments" in cell:
            own["attachments"] = cell["attachments"]
        self._own.setdefault(place, []).append(own)
        self.cells += 1


def is_solution(cell: dict) -> bool:
    """Whether the cell is an exercise's, for the student to write in."""
    return bool(_marks(cell).get("solution"))


def _is_test(cell: dict) -> bool:
    return bool(_marks(cell).get("grade")) and not is_solution(cell)


def _name(cell: dict) -> str | None:
    name = _marks(cell).get("grade_id")
    return name if isinstance(name, str) else None


def _marks(cell: dict) -> dict:
    return cell.get("metadata", {}).get("nbgrader", {})


def _source(cell: dict) -> str:
    return "".join(cell["source"])


def _lines(cell: dict) -> list[str]:
    return _source(cell).splitlines(keepends=True)
