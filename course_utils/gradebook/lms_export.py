"""`course export`: fills the grade columns of a gradebook that was exported from an LMS.

Students are matched by ids, never by names. Of the file nothing changes but the cells of the units
that were filled, and texts that a spreadsheet would take for a formula.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from sqlalchemy.exc import SAWarning

from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.gradebook import raw_csv, roster
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.lms_sheet import EXCUSED, Options, Sheet, ids_in
from course_utils.gradebook.remarks import Remark, told
from course_utils.gradebook.roster import Person, Roster
from course_utils.reports import grades_csv
from course_utils.reports.late_work import LateWork
from course_utils.reports.standing import NOTHING
from course_utils.repository import repository, units
from course_utils.student_ids import printable


def run(options: Options) -> int:
    """Fill the columns, write the new file, and tell who was not matched on either side.

    Returns:
        0 when everybody who has points was matched, else 1.

    Raises:
        CourseError: when the file, a unit or its column cannot be found; nothing is written then.
    """
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    root = repository()
    path = options.gradebook
    target = options.to or path.with_name(f"{path.stem}-filled{path.suffix or '.csv'}")
    if target.exists() and path.exists() and target.samefile(path):
        raise CourseError(f"{path} is the exported file itself: name another one with --to.")
    if target.is_dir():
        raise CourseError(f"{target} is a folder: name a file with --to.")
    course = CourseDirectory(config=load_config(root))
    course.root = str(root)
    wanted = [unit.name for unit in units(root, options.units)] if options.units else []
    columns = {units(root, [name])[0].name: text for name, text in options.columns.items()}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grades = grades_csv.rows(course, gradebook, LateWork(course), wanted)
    sheet = Sheet(options, raw_csv.read(path, lambda row: len(ids_in(row, options.id_column))))
    filled = _Filling(sheet, grades, roster.of_course(root))
    filled.fill(columns, wanted)
    write_atomically(target.resolve(), sheet.table.content())
    console = Console()
    for line in filled.lines(target):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    return 1 if any(filled.missing.values()) else 0


class _Filling:
    """What was filled, and who could not be matched.

    Args:
        sheet: the exported file.
        grades: of all students in all units that are asked for (`grades_csv.rows`).
        people: of the class; students whom the gradebook alone knows belong to it, too.
    """

    def __init__(self, sheet: Sheet, grades: list[dict[str, Any]], people: Roster) -> None:
        self.sheet, self.grades = sheet, grades
        self.students = {row["student_id"]: row for row in grades}
        self.people = Roster((*people, *self._of_gradebook(people)))
        self.found: dict[str, int] = {}
        self.unknown: list[Remark] = []
        self.filled: dict[int, tuple[str, int]] = {}
        self.remarks: list[Remark] = []
        self.told: dict[tuple[str, str], list[str]] = {}
        self._match()

    def _of_gradebook(self, people: Roster) -> Iterator[Person]:
        """The gradebook's students who are not in the roster."""
        by_number = set(self.sheet.ids) == {"lms_id"}  # then that is all that there is
        for name, row in self.students.items():
            if people.with_id(name) is None:
                number = name if by_number and not people else ""
                yield Person(name, lms_id=number, email=row["email"] or "")

    def _match(self) -> None:
        """Find the row of each person; two rows of one person are nobody's."""
        rows: dict[str, list[int]] = {}
        for row in self.sheet.students:
            persons = self._persons(row)
            if len(persons) == 1:
                rows.setdefault(persons.pop(), []).append(row)
            else:
                why = (
                    f"its ids belong to different people: {', '.join(sorted(persons))}."
                    if persons
                    else f"nobody in {roster.FILE} or the gradebook has one of its ids."
                )
                self.unknown.append(Remark(self.sheet.called(row), why))
        for person, places in rows.items():
            if len(places) == 1:
                self.found[person] = places[0]
            else:
                numbers = ", ".join(str(place + 1) for place in places)
                self.unknown.append(Remark(person, f"is in several rows: {numbers}."))

    def _persons(self, row: int) -> set[str]:
        """Whose ids stand in a row."""
        people, found = self.people, set()
        for kind, text in self.sheet.keys(row).items():
            number = people.with_lms_id(re.sub(r"\.0$", "", text))
            name = people.with_id(text) or people.with_email(text)
            person = number if kind == "lms_id" else name
            if self.sheet.options.id_column:
                person = person or number
            found |= {person.id} if person else set()
        return found

    def fill(self, columns: Mapping[str, str], wanted: list[str]) -> None:
        """Fill the columns of the units.

        Args:
            columns: those that the instructor names, by unit.
            wanted: the units that must have one; any by default.
        """
        names = list(dict.fromkeys(row["assignment"] for row in self.grades))
        if missing := [name for name in (*wanted, *columns) if name not in names]:
            raise CourseError(f"The gradebook has no grades of {', '.join(missing)}.")
        for unit in names:
            column = self.sheet.column(unit, columns.get(unit, ""))
            if column is not None:
                self._fill(unit, column)
            elif unit in wanted:
                raise CourseError(self._no_column(unit))
            else:
                self.remarks.append(Remark(unit, self._no_column(unit)))
        if not self.filled:
            raise CourseError("\n".join(remark.said for remark in self.remarks) or "No grades yet.")
        self.remarks += [Remark("formula", text) for text in self.sheet.defuse(self.filled)]

    def _no_column(self, unit: str) -> str:
        places = range(len(self.sheet.header))
        known = [self.sheet.header[i] for i in places if i not in self.sheet.ids.values()]
        return (
            f"no column is that of {unit}. Name it: --column '{unit}=NAME', one of "
            f"{', '.join(map(repr, known))}."
        )

    def _fill(self, unit: str, column: int) -> None:
        if column in self.filled:
            name = self.sheet.header[column]
            raise CourseError(f"{name!r} is the column of {self.filled[column][0]} and of {unit}.")
        grades = [row for row in self.grades if row["assignment"] == unit]
        maximum, full, count = self.sheet.maximum(column), grades[0]["max_score"], 0
        absent = [person for person in self.found if person not in self.students]
        nothing = {"assignment": unit, "not_graded": NOTHING, "score": 0.0}
        for grade in (*grades, *({**nothing, "student_id": person} for person in absent)):
            row = self.found.get(grade["student_id"])
            points = self._points(grade)
            if points is None or row is None:
                continue
            values = self.sheet.values[row]
            if column < len(values) and values[column].upper() == EXCUSED:
                self._tell(grade, "excused, so left so")
                continue
            if maximum and full:
                points *= maximum / full
            self.sheet.table.put(row, column, self.sheet.text(points))
            count += 1
        self.filled[column] = unit, count
        if maximum and full != maximum:
            scaled = f"{full:g} points are {maximum:g} in the LMS: they were scaled."
            self.remarks.append(Remark(unit, scaled))
        elif not maximum:
            said = f"the file does not say the maximum there; it must be {full:g} (or --maximum)."
            self.remarks.append(Remark(unit, said))

    def _points(self, grade: dict[str, Any]) -> float | None:
        """The points to be written; None where the cell stays as it is."""
        why, score = grade["not_graded"], grade.get("score")
        if score is None or (why == NOTHING and not self.sheet.options.zeros):
            self._tell(grade, f"{why}, so the cell stays as it was")
            return None
        if why and why != NOTHING:
            self._tell(grade, f"0 points, since {why.removesuffix('.')}")
        return float(score)

    def _tell(self, grade: dict[str, Any], what: str) -> None:
        """Keep a sentence on a grade; those that are the same for several are told together."""
        self.told.setdefault((grade["assignment"], what), []).append(grade["student_id"])

    @property
    def missing(self) -> dict[str, bool]:
        """Who of the gradebook is in no row, and whether anything of theirs is graded."""
        units = {unit for unit, _ in self.filled.values()}
        has: dict[str, bool] = {}
        for row in self.grades:
            student, counts = row["student_id"], row["assignment"] in units and _counts(row)
            if student not in self.found:
                has[student] = has.get(student, False) or counts
        return has

    def lines(self, target: Path) -> list[str]:
        """What is told at the end."""
        lines = [
            f"{unit} → {self.sheet.header[column]}: {count} students"
            for column, (unit, count) in self.filled.items()
        ]
        lines.append(f"Written: {target}")
        if self.missing:
            lines.append("In the gradebook, but in no row of the LMS's file:")
            lines += [
                f"  {printable(student)}{'' if graded else ' (nothing graded)'}"
                for student, graded in self.missing.items()
            ]
        if self.unknown:
            lines.append("In the LMS's file, but not in the class:")
            lines += [f"  {remark}" for remark in self.unknown]
        several = [
            Remark(unit, f"{what}: {', '.join(who)}.") for (unit, what), who in self.told.items()
        ]
        return lines + told([*self.remarks, *several])


def _counts(grade: dict[str, Any]) -> bool:
    return grade["not_graded"] != NOTHING and grade.get("score") is not None
