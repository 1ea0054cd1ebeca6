"""`course due`: shows and sets due dates, and lets all grades follow without grading anew."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomlkit
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SAWarning
from tomlkit import TOMLDocument
from tomlkit.items import InlineTable

from course_utils import class_file
from course_utils.class_file import FILE, DueDates
from course_utils.due_dates import Rule, Span, Zone
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.remarks import Remark, told
from course_utils.gradebook.writer import Standing, Writer
from course_utils.reports import class_report, grades_csv
from course_utils.repository import repository, units
from course_utils.student_ids import printable

NONE = "none"
"""What takes a due date or an extension away."""

_HEAD = "# Due dates of this class; a date without a time is the end of that day.\n"


@dataclass(frozen=True)
class Change:
    """What is to be written into `class.toml`; what is empty stays as it is.

    Attributes:
        unit: of whose due date, grace and penalty; of the class where it is empty.
        due: a date, or `none`.
        students: whose due date it is; everybody's where there are none.
        grace: such as `2`, `2 days` or `12 hours`.
        penalty: such as `none`, `zero` or `10% per day`.
        timezone: such as `Europe/Berlin`.
    """

    unit: str = ""
    due: str = ""
    students: tuple[str, ...] = ()
    grace: str = ""
    penalty: str = ""
    timezone: str = ""


def run(change: Change) -> int:
    """Write a change into `class.toml`, bring the gradebook and all pages up to date, show both.

    Returns:
        0.

    Raises:
        CourseError: when something in the change or in the file cannot be meant; nothing is
            written then.
    """
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    root = repository()
    if change.unit:
        (unit,) = units(root, [change.unit])
        change = replace(change, unit=unit.name)
    course = CourseDirectory(config=load_config(root))
    course.root = str(root)
    if change != Change(unit=change.unit):
        _write(root / FILE, change, course)
    dates = class_file.read(root)
    console = Console()
    console.print(_table(dates, [unit.name for unit in units(root)]))
    console.print(f"Times are those of {dates.zone}.", markup=False, highlight=False)
    if not dates.zone.name:
        console.print("`course due --timezone Europe/Berlin` names that of the class.")
    for line in _follow(course):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    return 0


def _write(path: Path, change: Change, course: CourseDirectory) -> None:
    """Write a change, with all comments as they are; refused before anything is written."""
    before = class_file.read(path.parent)
    content = path.read_bytes().decode("utf-8-sig") if before.written else _HEAD
    try:
        document = tomlkit.parse(content)
        if not before.written:
            _take_over(document, course)
        _edit(document, change, before.zone)
        text = tomlkit.dumps(document)
    except (LookupError, TypeError, ValueError) as error:  # tables that tomlkit cannot change
        raise CourseError(
            f"{FILE} cannot be changed where it is written so ({error}). Write it by hand, or give "
            "each unit a table of its own: [units.03-convolution]."
        ) from error
    after = class_file.parsed(text, class_file.units_in(path.parent))
    rule = after.rule(change.unit)
    for student in change.students:
        until = rule.extensions.get(student)
        if until and rule.due and until <= rule.due:
            when, due = after.zone.text(until), after.zone.text(rule.due)
            raise CourseError(f"{when} is no extension for {student}: all have until {due}.")
    write_atomically(path.resolve(), text)


def _edit(document: TOMLDocument, change: Change, zone: Zone) -> None:
    """Put a change into the file's document."""
    if change.timezone:
        document["timezone"] = change.timezone
    if not change.unit and (change.due or change.students):
        raise CourseError("Name the unit: course due UNIT DATE.")
    table: Any = _inner(document, "units", change.unit) if change.unit else document
    if change.students and not change.due:
        raise CourseError("Name their date: course due UNIT DATE --students ID …")
    if change.students and change.due == NONE:
        for student in change.students:
            table.get("extensions", {}).pop(student, None)
    elif change.students:
        for student in change.students:
            _inner(table, "extensions")[student] = _value(change.due, zone)
    elif change.due == NONE:
        table.pop("due", None)
        table.pop("extensions", None)
    elif change.due:
        table["due"] = _value(change.due, zone)
    if change.grace:
        table["grace"] = int(change.grace) if change.grace.isdecimal() else change.grace
    if change.penalty:
        table["penalty"] = change.penalty


def _inner(table: Any, *names: str) -> Any:
    """A table in a table, made where there is none."""
    for name in names:
        if name not in table:
            inline = isinstance(table, InlineTable)
            new = tomlkit.inline_table() if inline else tomlkit.table(name == "units")
            table[name] = new
        table = table[name]
    return table


def _value(text: str, zone: Zone) -> object:
    """A date as the file holds it: a date or time where it is one, else the text."""
    if Span.of(text):
        return text
    class_file.when(text, zone, "DATE")
    return class_file.moment(text)


def _take_over(document: TOMLDocument, course: CourseDirectory) -> None:
    """Put what the gradebook has into a new file, since that alone counts from now on."""
    if not is_there(course):
        return
    known = class_file.units_in(Path(course.root))
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for assignment in gradebook.assignments:
            if assignment.duedate is None or assignment.name not in known:
                continue
            table = _inner(document, "units", assignment.name)
            table["due"] = _moment(assignment.duedate)
            for submission in assignment.submissions:
                if submission.extension:
                    until = assignment.duedate + submission.extension
                    _inner(table, "extensions")[submission.student_id] = _moment(until)


def _moment(naive: datetime) -> datetime:
    return naive.replace(microsecond=0, tzinfo=UTC)


def is_there(course: CourseDirectory) -> bool:
    """Whether a course has a gradebook; nbgrader would make one."""
    kind, _, path = course.db_url.partition(":///")
    return kind != "sqlite" or Path(path).is_file()


def _follow(course: CourseDirectory) -> Iterable[str]:
    """Bring gradebook, feedback pages, class reports and CSV up to date; what changed, in lines."""
    if not is_there(course):
        yield "There is no gradebook yet."
        return
    root, remarks, changes, count = Path(course.root), [], [], 0
    with Writer(course, course.config) as writer:
        for unit in writer.units():
            if dropped := writer.dropped_due_date(unit):
                remarks.append(Remark(unit, dropped))
            standings = writer.bring_up_to_date(unit)
            changes += [f"  {unit}, {line}" for line in _changes(standings)]
            problems = ((student, s.problem) for student, s in standings.items() if s.problem)
            remarks += [Remark(student, f"{unit}: {problem}") for student, problem in problems]
            count += len(standings)
            if standings:
                class_report.write(course, unit)
        unknown = "has an extension, and neither gradebook nor roster has this id."
        remarks += [Remark(student, unknown) for student in writer.unknown_students()]
    if count:
        grades_csv.export(NbGraderAPI(course, config=course.config), root / "grades.csv")
        yield f"Gradebook, feedback pages, class reports and grades.csv say so ({count} graded)."
    if changes:
        yield "Points that changed:"
        yield from changes
    yield from told(remarks)


def _changes(standings: dict[str, Standing]) -> Iterable[str]:
    for student, standing in sorted(standings.items()):
        if standing.points != standing.before:
            late = f" ({standing.late})" if standing.late else ""
            yield f"{printable(student)}: {standing.before:g} → {standing.points:g}{late}"


def _table(dates: DueDates, names: Iterable[str]) -> Table:
    table = Table("unit", "due", "grace", "late work", "extensions")
    for name in names:
        rule = dates.rule(name)
        if rule.due is None:
            table.add_row(name, "no due date")
            continue
        penalty = rule.penalty.words if rule.penalty else "as nbgrader_config.py says"
        extensions = "\n".join(_extensions(rule, dates.zone))
        table.add_row(name, dates.zone.text(rule.due), rule.grace.text, penalty, Text(extensions))
    return table


def _extensions(rule: Rule, zone: Zone) -> Iterable[str]:
    for student, until in sorted(rule.extensions.items()):
        void = " (not later, so without effect)" if rule.due and until <= rule.due else ""
        yield f"{printable(student)}: {zone.text(until)}{void}"
