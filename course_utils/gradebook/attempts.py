"""Which of several notebooks is a student's work: the unit's, the answered one, the last one."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path

from nbgrader.utils import is_solution

from course_utils.errors import CourseError
from course_utils.gradebook.downloads import File
from course_utils.gradebook.senders import CANVAS
from course_utils.judging import intake
from course_utils.judging.cell_names import UNCLEAR, names
from course_utils.judging.disposable import GraderLostError, each_apart

NOTEBOOKS_AT_MOST = 200
"""Of what is handed in at once so many notebooks are looked at."""


class Standing(IntEnum):
    """What a notebook is worth as a work; the more the better."""

    OTHER = 0
    """Of another unit, or of none."""
    UNREADABLE = 1
    UNTOUCHED = 2
    """No exercise is answered."""
    ANSWERED = 3


@dataclass(frozen=True)
class Content:
    """What is in a notebook; `said` tells why it is no answered one of the unit."""

    standing: Standing
    said: str = ""


@dataclass(frozen=True)
class Work:
    """A notebook that may be a student's work."""

    file: File
    content: Content


@dataclass(frozen=True)
class Units:
    """By what notebooks are known.

    Attributes:
        unit: the one that is collected.
        cells: for each unit the names of its exercise and test cells.
    """

    unit: str
    cells: Mapping[str, frozenset[str]]

    @classmethod
    def of_releases(cls, unit: str, releases: Iterable[Path]) -> "Units":
        """What the releases say.

        Raises:
            CourseError: when the unit's release is missing or cannot be read.
        """
        cells = {path.stem: frozenset(_cells_of(path)) for path in releases}
        if not cells.get(unit):
            raise CourseError(f"There is no release of {unit} in notebooks/. Make it first.")
        return cls(unit, cells)

    def look(self, path: Path) -> Content:
        """What a file is that may be a notebook of the unit."""
        try:
            notebook = intake.parse(intake.load(path))
        except intake.NotGradableError as error:
            return Content(Standing.UNREADABLE, str(error))
        found = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
        common = {unit: len(found & known) for unit, known in self.cells.items()}
        most = max(common, key=lambda unit: (common[unit], unit == self.unit))
        if common[most] and most != self.unit:
            return Content(Standing.OTHER, f"it is {most}")
        if not common[most] and not self._defines(cell.source for cell in notebook.cells):
            return Content(Standing.OTHER, f"it has none of the exercises of {self.unit}")
        is_labelled = any(map(is_solution, notebook.cells))
        if is_labelled and intake.is_untouched(notebook):
            return Content(Standing.UNTOUCHED, "no exercise in it is answered")
        return Content(Standing.ANSWERED)

    def _defines(self, sources: Iterable[str]) -> bool:
        """Whether cells that have lost their labels define a function of the unit."""
        defined = frozenset().union(*(names(source)[0] for source in sources)) - UNCLEAR
        return bool(defined & self.cells[self.unit])


def _cells_of(release: Path) -> Iterator[str]:
    try:
        cells = json.loads(release.read_bytes())["cells"]
    except (OSError, ValueError, KeyError) as error:
        raise CourseError(f"{release} cannot be read. Make it anew.") from error
    yield from filter(None, (c["metadata"].get("nbgrader", {}).get("grade_id") for c in cells))


def contents(paths: Iterable[Path], units: Units) -> Iterator[Content]:
    """What is in files, read in processes that may be lost."""
    for found in each_apart(units.look, paths, intake.BOUNDS):
        if isinstance(found, GraderLostError):
            found = Content(Standing.UNREADABLE, found.sentence)
        yield found


def works(files: Collection[File], units: Units) -> list[Work]:
    """The files with what is in them."""
    found = contents((file.path for file in files), units)
    return [Work(file, content) for file, content in zip(files, found, strict=True)]


def last(works: Iterable[Work], unit: str) -> Work:
    """The work that counts: the last one in time that is answered.

    Of what was handed in at once that of the unit's name comes first. Canvas numbers files in the
    order in which they came, which counts more than times.
    """
    uploads: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    for work in works:
        uploads[work.file.upload].append(work)
    best = [max(those, key=partial(_in_upload, unit)) for those in uploads.values()]
    senders = [work.file.sender for work in best]
    if all(sender is not None and sender.system == CANVAS for sender in senders):
        return max(best, key=lambda work: (work.content.standing, _order(work)))
    return max(best, key=lambda work: (work.content.standing, work.file.time))


def _in_upload(unit: str, work: Work) -> tuple:
    name = work.file.parts[-1].lower()
    return (work.content.standing, name == f"{unit}.ipynb", work.file.time)


def _order(work: Work) -> int:
    return work.file.sender.order if work.file.sender else 0
