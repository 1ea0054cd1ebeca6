"""A gradebook that an LMS has exported: whose each row is, and what each column holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.gradebook import roster
from course_utils.gradebook.raw_csv import RawTable
from course_utils.reports.grades_csv import FORMULA

CANVAS, MOODLE = "canvas", "moodle"

_IDS = ("lms_id", "login", "number", "id", "email")
"""What a column of ids is (`roster.columns`)."""

_NOBODY = ("studenttest", "teststudent")
"""The student that Canvas makes for a teacher's own tries."""

_POINTS = ("real", "punkte", "reel", "reelle", "brut", "brute", "puntos", "")
"""What Moodle writes behind a column of points, not of percentages or letters."""

_NUMBER = re.compile(r"[+-]?[\d\s.,()/%]+|[+-]+")

_NEUTRAL = (
    *("assignment", "exercise", "exercises", "homework", "lab", "lesson", "module", "notebook"),
    *("session", "sheet", "unit", "week", "the"),
    *("aufgabe", "blatt", "einheit", "lektion", "modul", "ubung", "ubungsblatt", "woche"),
)
"""Words that a title may have beside a unit's number and topic."""

EXCUSED = "EX"
"""What Canvas has in a cell of an excused student."""


@dataclass(frozen=True)
class Options:
    """What an instructor asks for.

    Attributes:
        lms: `canvas` or `moodle`.
        gradebook: the file that the LMS has exported.
        units: which units; by default all that have a column.
        to: the new file; by default beside the other one, with `-filled` in its name.
        columns: the column of a unit, where its name does not tell.
        id_column: the column with the students' ids, where its name does not tell.
        maximum: all points in the LMS, where the file does not say them; else those of the unit.
        zeros: whether who handed in nothing gets 0; else the cell stays as it is.
    """

    lms: str
    gradebook: Path
    units: tuple[str, ...] = ()
    to: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    id_column: str = ""
    maximum: float | None = None
    zeros: bool = False


def ids_in(row: list[str], name: str = "") -> dict[str, int]:
    """Which column of a header holds which id; one that is named is the only one."""
    cells = [cell.strip() for cell in row]
    if name:
        return {"id": cells.index(name)} if name in cells else {}
    found = roster.columns(row)
    return {kind: found[kind] for kind in _IDS if kind in found}


class Sheet:
    """The exported file: its header, its students, and the columns of its units.

    Args:
        options: what the instructor asks for.
        table: the file.

    Raises:
        CourseError: when it has no column of ids.
    """

    def __init__(self, options: Options, table: RawTable) -> None:
        self.table, self.lms, self.options = table, options.lms, options
        top, name = table.rows[:10], options.id_column
        self.first = next((i for i, row in enumerate(top) if ids_in(row.values, name)), -1)
        if self.first < 0:
            raise CourseError(
                f"{options.gradebook} has no column of students' ids whose name is known. Name it "
                "with --id-column."
            )
        self.header = [cell.strip() for cell in table.rows[self.first].values]
        self.ids = ids_in(self.header, options.id_column)
        if options.lms == CANVAS and not options.id_column and "lms_id" not in self.ids:
            self.ids = {"lms_id" if kind == "id" else kind: i for kind, i in self.ids.items()}
        below = range(self.first + 1, len(table.rows))
        self.values = {row: [cell.strip() for cell in table.rows[row].values] for row in below}
        self.students = [row for row in below if self._is_student(row)]
        graded = [i for i, name in enumerate(self.header) if _title(name, options.lms)]
        start = min(graded, default=len(self.header))
        marks = [mark for row in self.students for mark in self.values[row][start:]]
        self.comma = any(re.fullmatch(r"\d+,\d+", mark) for mark in marks)

    def _is_student(self, row: int) -> bool:
        values = self.values[row]
        if self.lms == CANVAS:  # it gives everybody a number, and has rows of its own without one
            return any(self.keys(row).values()) and roster.plain(values[0]) not in _NOBODY
        return any(values)

    def keys(self, row: int) -> dict[str, str]:
        """The ids in a row."""
        values = self.values[row]
        return {kind: values[i] for kind, i in self.ids.items() if i < len(values)}

    def called(self, row: int) -> str:
        """A row for the instructor's eye: its number, its name and ids."""
        name = self.values[row][: min(2, *self.ids.values())]
        texts = dict.fromkeys(filter(None, [*name, *self.keys(row).values()]))
        return f"row {row + 1} ({', '.join(texts)})"

    def column(self, unit: str, named: str) -> int | None:
        """The column of a unit; None where there is none.

        Args:
            unit: the unit's name.
            named: its column as the instructor names it; empty where the name tells.

        Raises:
            CourseError: when the named one is not there, or several may be meant.
        """
        places = [i for i in range(len(self.header)) if i not in self.ids.values()]
        titles = {i: _title(self.header[i], self.lms) for i in places}
        if named:
            exact = [i for i in places if self.header[i] == named.strip()]
            found = exact or [i for i in places if titles[i] == named.strip()]
            if not found:
                known = "\n  ".join(self.header[i] for i in places)
                raise CourseError(f"There is no column {named!r}. The columns are:\n  {known}")
        else:
            exact = [i for i in places if roster.plain(titles[i]) == roster.plain(unit)]
            found = exact or [i for i in places if titles[i] and _is_of(titles[i], unit)]
        if len(found) > 1:
            several = ", ".join(repr(self.header[i]) for i in found)
            raise CourseError(
                f"Several columns may be that of {unit}: {several}. Name one: "
                f"--column '{unit}={self.header[found[0]]}'"
            )
        return found[0] if found else None

    def maximum(self, column: int) -> float | None:
        """All points of a column, where the file says them (Canvas: Points Possible)."""
        if self.options.maximum:
            return self.options.maximum
        for values in self.values.values():
            if roster.plain(values[0]) == "pointspossible" and column < len(values):
                return _number(values[column])
        return None

    def text(self, points: float) -> str:
        """Points as this file writes numbers."""
        text = f"{round(points, 2):.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.comma else text

    def defuse(self, filled: Iterable[int]) -> list[str]:
        """Let no text about a student be a formula; which cells, for the instructor's eye."""
        kept = {*filled}
        told = []
        for row in self.students:
            for column, text in enumerate(self.values[row]):
                if column in kept or not _is_formula(text):
                    continue
                where = f"row {row + 1}, {self.header[column] if column < len(self.header) else ''}"
                if column in self.ids.values():
                    told.append(f"{where}: an id that looks like a formula was left as it is")
                else:
                    self.table.put(row, column, FORMULA.sub(r"\1'", text))
                    told.append(f"{where}: looked like a formula, so it begins with ' now")
        return told


def _title(header: str, lms: str) -> str:
    """The name of a graded item in the header of its column; empty where it holds no points."""
    if lms == CANVAS:
        found = re.fullmatch(r"(.+?) \(\d+\)", header, re.DOTALL)
        return found[1].strip() if found else ""
    item = re.fullmatch(r"[^:]+: ?(.+?)(?: \(([^()]*)\))?", header, re.DOTALL)
    if item is None or roster.plain(item[2] or "") not in _POINTS:
        return ""
    return item[1].strip()


def _is_of(title: str, unit: str) -> bool:
    """Whether a title is that of a unit: its topic, perhaps its number, and no word of weight."""
    number, _, topic = unit.partition("-")
    words = {roster.plain(word) for word in re.findall(r"[^\W_]+", title)}
    numbers = {word for word in words if word.isdecimal()}
    topics = {roster.plain(word) for word in re.findall(r"[^\W_]+", topic)}
    return (
        topics <= words
        and words - numbers - topics <= set(_NEUTRAL)
        and all(int(word) == int(number) for word in numbers)
    )


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _is_formula(text: str) -> bool:
    return bool(FORMULA.search(text)) and not _NUMBER.fullmatch(text.strip())
