"""Worked solutions for students: the executed source of a unit, without its hidden tests."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from course_utils import class_file
from course_utils.authoring.leaks import Leak, find_leaks
from course_utils.authoring.notebook import to_json
from course_utils.authoring.secrets import collect
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.repository import Unit

FOLDER = "worked-solutions"
"""Where they are in a publication."""

_HIDDEN = re.compile(r"\n?[^\n]*### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS[^\n]*", re.S)
_MARKER = re.compile(r"^[^\n]*### (?:BEGIN|END) SOLUTION[^\n]*\n?", re.M)


def require_due(root: Path, units: Sequence[Unit], now: datetime | None = None) -> None:
    """Refuse units that somebody may still hand in without a penalty.

    Args:
        root: the course folder, with `class.toml`.
        units: whose solutions are to be shown.
        now: the time, this moment by default.

    Raises:
        CourseError: before the last due date of a unit, extensions and grace included, and where
            it has none.
    """
    dates, moment = class_file.read(root), now or datetime.now(UTC)
    early = []
    for unit in units:
        rule = dates.rule(unit.name)
        if rule.due is None:
            early.append(f"{unit.name} has no due date; `course due {unit.name} DATE` sets one")
            continue
        last = max((rule.due, *rule.extensions.values()))
        until = rule.grace.after(last, dates.zone)
        if moment <= until:
            early.append(f"{unit.name} can be handed in until {dates.zone.text(until)}")
    if early:
        said = "; ".join(early)
        raise CourseError(f"{said}. Nothing was written; --now publishes solutions all the same.")


def worked(unit: Unit) -> NotebookNode:
    """The source as its run left it, with answers, without hidden tests and what they showed.

    It bears no mark of nbgrader's: nobody can hand it in as a submission.
    """
    notebook = nbformat.read(unit.source, as_version=4)
    for cell in notebook.cells:
        if _HIDDEN.search(cell.source):
            cell.source = _HIDDEN.sub("", cell.source).strip("\n")
            cell.outputs, cell.execution_count = [], None
        cell.source = _MARKER.sub("", cell.source)
        cell.metadata.pop("nbgrader", None)
    return notebook


def write(unit: Unit, folder: Path) -> Path:
    """Write the worked solutions of a unit into a publication; the file."""
    place = folder / FOLDER / unit.name / f"{unit.name}.ipynb"
    write_atomically(place, to_json(worked(unit)))
    return place


def leaks(unit: Unit, notebook: Path, units: Sequence[Unit]) -> list[Leak]:
    """What worked solutions show of hidden tests, or of other units' answers beyond their own.

    Args:
        unit: whose they are.
        notebook: the file.
        units: all units.
    """
    found = find_leaks(notebook, collect(units, solved=unit), executed=True)
    return [Leak(f"{FOLDER}/{unit.name}", leak.what) for leak in found]
