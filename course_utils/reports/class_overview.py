"""The class report over several units: one page that leads to theirs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course_utils.files import write_atomically
from course_utils.reports import item_analysis, similarity
from course_utils.reports.class_report import Summary
from course_utils.reports.similarity import Alike
from course_utils.reports.templates import template

NAME = "class-report.html"


@dataclass(frozen=True)
class Standing:
    """A student of whom something is missing, late or without a grade: in which units."""

    student: str
    missing: tuple[str, ...]
    late: tuple[str, ...]
    not_graded: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """All that the page says."""

    units: tuple[Summary, ...]
    standings: tuple[Standing, ...]
    similar: tuple[Alike, ...]

    @property
    def has_discrimination(self) -> bool:
        """Whether it could be computed for an exercise."""
        return any(unit.has_discrimination for unit in self.units)


def write(course: Any, units: Sequence[Summary]) -> Path:
    """Write `class-report.html` into the course folder.

    Args:
        course: nbgrader's `CourseDirectory`.
        units: what is known of each unit, in order.
    """
    path = Path(course.root) / NAME
    write_atomically(path, page(overview(units)))
    return path


def overview(units: Sequence[Summary]) -> Overview:
    """What there is to say of several units together.

    Nobody is missing in a unit in which nobody has handed in anything.
    """
    started = [unit for unit in units if len(unit.missing) < len(unit.entries)]
    missing = _units_of((unit.unit, entry.student) for unit in started for entry in unit.missing)
    late = _units_of((unit.unit, entry.student) for unit in units for entry in unit.late)
    not_graded = _units_of((unit.unit, entry.student) for unit in units for entry in unit.failed)
    standings = [
        Standing(student, missing[student], late[student], not_graded[student])
        for student in sorted({*missing, *late, *not_graded})
    ]
    similar = (
        replace(group, exercises=tuple(f"{unit.unit}: {name}" for name in group.exercises))
        for unit in units
        for group in unit.similar
    )
    standings.sort(key=lambda one: -len(one.missing))
    return Overview(tuple(units), tuple(standings), tuple(similarity.joined(similar)))


def page(found: Overview) -> str:
    """The overview as one HTML page."""
    return template("class_overview.html.j2").render(found=found, least=item_analysis.LEAST)


def _units_of(pairs: Iterable[tuple[str, str]]) -> defaultdict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for unit, student in pairs:
        found[student] += (unit,)
    return found
