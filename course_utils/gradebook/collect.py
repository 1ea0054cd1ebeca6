"""`course collect`: what a class has handed in, from LMS, GitHub Classroom or an exchange."""

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, Student
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from course_utils.errors import CourseError
from course_utils.gradebook import roster as rosters
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.collection import BEFORE, IN, MISSING, REFUSED, Collection, Row
from course_utils.gradebook.remarks import told
from course_utils.gradebook.roster import Person, Roster
from course_utils.repository import repository, units
from course_utils.student_ids import printable

INBOUND = "inbound"
"""nbgrader's name of the folder of an exchange in which students hand in."""


def run(name: str, folders: Sequence[Path], roster: Path | None = None) -> int:
    """Collect a unit, and print who is in, who is missing, and what was not taken and why.

    The people of the roster become the gradebook's students, so that who hands nothing in is in
    its tables, too.

    Args:
        name: the unit.
        folders: what was downloaded: folders, archives, an exchange.
        roster: the class's list; by default `roster.csv` of the course folder, or else the
            gradebook's students.

    Returns:
        0 when all that was handed in is in `submitted/`, else 1.

    Raises:
        CourseError: for an unknown unit, a folder that is not there, without a roster, or where
            the gradebook cannot be used.
    """
    try:
        return _run(name, [folder.expanduser() for folder in folders], roster)
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or type(error).__name__
        raise CourseError(f"The gradebook cannot be used: {reason}.") from error


def _run(name: str, folders: Sequence[Path], roster: Path | None) -> int:
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    root = repository()
    (unit,) = units(root, [name])
    course = CourseDirectory(config=load_config(root))
    course.root, course.assignment_id = str(root), unit.name
    people = rosters.read(roster) if roster else rosters.of_course(root) or students_of(course)
    if not people:
        raise CourseError(
            f"There is no {rosters.FILE}, so nobody is known. Save the list of participants or the "
            "gradebook of your LMS as CSV under this name in the course folder, or write one with "
            "the columns id,name,lms_id,email."
        )
    inbounds = [_inbound(folder, course.course_id) for folder in folders]
    collection = Collection(course, unit.name, people)
    enrol(course, people)
    collection.from_folders(
        folder for folder, inbound in zip(folders, inbounds, strict=True) if inbound is None
    )
    for inbound in filter(None, inbounds):
        collection.from_exchange(inbound)
    collection.look_around()
    _tell(unit.name, collection)
    return 1 if collection.refused else 0


def _inbound(folder: Path, course_id: str) -> Path | None:
    """Where students hand in, if a folder is an exchange, or a course in one; else None."""
    for place in (folder, folder / INBOUND, folder / course_id / INBOUND):
        if place.name == INBOUND and place.is_dir():
            return place.resolve()
    return None


def students_of(course: Any) -> Roster:
    """The people whom the gradebook knows."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        people = [
            Person(
                student.id,
                " ".join(filter(None, (student.first_name, student.last_name))),
                student.lms_user_id or "",
                student.email or "",
            )
            for student in gradebook.students
        ]
    return Roster(tuple(people))


def enrol(course: Any, people: Roster) -> None:
    """Let the gradebook know the people, all at once."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        known = {student.id: student for student in gradebook.students}
        for person in people:
            student = known.get(person.id)
            if student is None:
                student = Student(id=person.id)
                gradebook.db.add(student)
            for field, value in _fields(person).items():
                if value and getattr(student, field) != value:
                    setattr(student, field, value)
        gradebook.db.commit()


def _fields(person: Person) -> dict[str, str]:
    first, last = person.first_and_last
    return {
        "first_name": first,
        "last_name": last,
        "email": person.email,
        "lms_user_id": person.lms_id,
    }


def _tell(unit: str, collection: Collection) -> None:
    console = Console()
    rows = sorted(collection.rows.values(), key=lambda row: row.person.id)
    console.print(_table(unit, rows))
    count = Counter(row.status for row in rows)
    parts = [f"{count[IN]} in now", f"{count[BEFORE]} in before", f"{count[MISSING]} missing"]
    if count[REFUSED]:
        parts.append(f"{count[REFUSED]} not taken")
    console.print(f"Of {len(rows)} in the roster: {', '.join(parts)}.", highlight=False)
    for line in told(collection.remarks):
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def _table(unit: str, rows: Iterable[Row]) -> Table:
    table = Table(title=unit, title_justify="left", title_style="bold")
    for column in ("student", "name", "work", "handed in (UTC)", "from"):
        table.add_column(column)
    styles = {MISSING: "yellow", REFUSED: "bold red"}
    for row in rows:
        time = f"{row.time:%Y-%m-%d %H:%M}" if row.time else ""
        texts = (row.person.id, row.person.name, time, row.source)
        student, name, when, source = (Text(printable(text)) for text in texts)
        table.add_row(student, name, Text(row.status, styles.get(row.status, "")), when, source)
    return table
