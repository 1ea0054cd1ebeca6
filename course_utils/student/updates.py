"""When the release of a lesson changes: which notebooks of a work folder are old, and their update.

A work folder has a record of the cells with which each of its notebooks began. A notebook that
still has just these is untouched, however often it was run or saved.
"""

import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.student.merge import Merge, digest, digests, is_solution, read, text

RECORD = ".course-releases.json"
"""In the work folder: for each unit the digests of its release's cells by their ids."""


@dataclass(frozen=True)
class Outdated:
    """A notebook with work in it that is not of the present release.

    Attributes:
        notebook: the student's.
        release: the present release.
        is_known: whether it is known with which release the student began.
        problem: why it cannot be updated; empty when it can.
    """

    notebook: Path
    release: Path
    is_known: bool
    problem: str = ""


@dataclass(frozen=True)
class Refreshed:
    """What became of a work folder: notebooks copied, updated, and those to be asked about."""

    copied: tuple[Path, ...]
    updated: tuple[Path, ...]
    outdated: tuple[Outdated, ...]


@dataclass(frozen=True)
class Brought:
    """The notebook as it was, and what came into the new release (see `Merge`)."""

    kept: Path
    answers: int
    cells: int
    left: int


def refresh(folder: Path, releases: Sequence[Path]) -> Refreshed:
    """Copy the releases that a work folder has not got, and update what is untouched there.

    Raises:
        CourseError: when a release cannot be read.
    """
    before = _read_record(folder)
    record = dict(before)
    copied, updated, outdated = [], [], []
    for release in releases:
        unit, notebook = release.stem, folder / release.stem / release.name
        present, began = digests(read(release)), before.get(unit)
        if not notebook.exists():
            write_atomically(notebook, release.read_bytes())
            copied.append(notebook)
        elif began != present:
            try:
                cells = read(notebook)["cells"]
                if not _is_of(present, cells, began):
                    if not _is_untouched(cells, began):
                        outdated.append(Outdated(notebook, release, began is not None))
                        continue
                    _require_writable(notebook)
                    write_atomically(notebook, release.read_bytes())
                    updated.append(notebook)
            except CourseError as error:
                outdated.append(Outdated(notebook, release, began is not None, str(error)))
                continue
        record[unit] = present
    if record != before:
        _write_record(folder, record)
    return Refreshed(tuple(copied), tuple(updated), tuple(outdated))


def bring_over(old: Outdated) -> Brought:
    """Put the present release in the place of a notebook, with the student's answers in it.

    The notebook as it was is kept beside it under a name with the date. What was interrupted can
    be repeated.

    Raises:
        CourseError: when the notebook cannot be read or is write-protected; it stays as it is.
    """
    _require_writable(old.notebook)
    folder, unit = old.notebook.parents[1], old.notebook.stem
    record = _read_record(folder)
    release = read(old.release)
    merge = Merge(release, record.get(unit))
    merge.take(read(old.notebook)["cells"])
    kept = _keep(old.notebook)
    write_atomically(old.notebook, text(merge.notebook()))
    _write_record(folder, record | {unit: digests(release)})
    return Brought(kept, merge.answers, merge.cells, merge.left)


def _is_of(release: Mapping[str, str], cells: Sequence[dict], began: Mapping | None) -> bool:
    """Whether a notebook is this release, or, when its origin is unknown, this with answers."""
    found = [digest(cell) for cell in cells]
    if found == [*release.values()]:
        return True
    answered = {cell.get("id") for cell in cells if is_solution(cell)}
    return began is None and all(
        value in found or name in answered for name, value in release.items()
    )


def _is_untouched(cells: Sequence[dict], began: Mapping[str, str] | None) -> bool:
    return began is not None and [digest(cell) for cell in cells] == [*began.values()]


def _require_writable(notebook: Path) -> None:
    """A rename could replace a write-protected file; who has protected it wants it to stay."""
    if not notebook.stat().st_mode & stat.S_IWUSR:
        raise CourseError(f"{notebook} is write-protected.")


def _keep(notebook: Path) -> Path:
    """Copy a notebook to the first dated name that is free, or has the same content already."""
    content = notebook.read_bytes()
    place = next(p for p in _dated(notebook) if not p.exists() or p.read_bytes() == content)
    write_atomically(place, content)
    return place


def _dated(notebook: Path) -> Iterator[Path]:
    day = date.today().isoformat()
    yield notebook.with_stem(f"{notebook.stem}-{day}")
    for number in count(2):
        yield notebook.with_stem(f"{notebook.stem}-{day}-{number}")


def _read_record(folder: Path) -> dict[str, dict[str, str]]:
    """The record of a work folder; empty where there is none that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {unit: dict(cells) for unit, cells in record.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def _write_record(folder: Path, record: Mapping[str, Mapping[str, str]]) -> None:
    write_atomically(folder / RECORD, json.dumps(record, indent=1) + "\n")
