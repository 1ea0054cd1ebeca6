"""What a course folder stores about one student, and how each of it is removed."""

import csv
import io
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import tomlkit
from nbgrader.api import Gradebook

from course_utils import class_file
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.gradebook import roster as rosters
from course_utils.gradebook.collect import INBOUND, students_of
from course_utils.gradebook.downloaded import Download, downloads_of
from course_utils.gradebook.due import is_there
from course_utils.gradebook.remarks import Remark
from course_utils.gradebook.roster import Person, Roster
from course_utils.gradebook.submitted import REPLACED
from course_utils.reports import class_overview, class_report

DOWNLOADED = "downloaded"
GRADES = "grades.csv"
LOG = ".nbgrader.log"
REPORT = re.compile(r"class-report-(.+)\.html")

_LOOKED_THROUGH = (".csv", ".html", ".log", ".txt")
"""Files in the course folder in which an id is looked for, beside copies of the gradebook."""


@dataclass(frozen=True)
class Trace:
    """Something that is stored about a student.

    Attributes:
        what: the file or folder, and what of it.
        remove: removes it; raises what keeps it from that.
    """

    what: str
    remove: Callable[[], None]


@dataclass(frozen=True)
class Stored:
    """All that is stored about a student.

    Attributes:
        work: what is removed first.
        entries: by what the student is known; removed last, so that the rest is found again where
            some of it could not be removed.
        remarks: what is only told.
    """

    work: tuple[Trace, ...]
    entries: tuple[Trace, ...]
    remarks: tuple[Remark, ...]


def stored(course: Any, student: str, exchange: Path | None = None) -> Stored:
    """Look for all that a course folder stores about a student; nothing is changed.

    Args:
        course: nbgrader's `CourseDirectory`.
        student: the id.
        exchange: the folder of nbgrader's exchange, which is only looked into.

    Raises:
        CourseError: when `roster.csv`, `class.toml` or the gradebook cannot be read.
    """
    root = Path(course.root)
    has_gradebook = is_there(course)
    known = students_of(course) if has_gradebook else Roster()
    listed = rosters.of_course(root)
    person, everybody = _person(student, listed, known)
    is_known = any(each.id == student for each in known)
    work = [
        *(_tree(path, root) for path in _folders(course, student)),
        *(_download(each, root) for each in downloads_of(root / DOWNLOADED, person, everybody)),
        *_extensions(root, student),
        *_log(root, student),
    ]
    entries = []
    if is_known:
        what = f"the gradebook: {', '.join(filter(None, (student, person.name, person.email)))}"
        entries.append(
            Trace(f"{what}, all submissions", partial(_out_of_gradebook, course, student))
        )
    if any(each.id == student for each in listed):
        path = root / rosters.FILE
        entries.append(Trace(f"{rosters.FILE}: the row", partial(_out_of_roster, path, student)))
    entries += _tables(course, student, is_known=is_known, has_gradebook=has_gradebook)
    remarks = list(_mentions(root, student))
    if exchange is not None:
        remarks += _in_exchange(exchange / course.course_id / INBOUND, student)
    return Stored(tuple(work), tuple(entries), tuple(remarks))


def _person(student: str, listed: Roster, known: Roster) -> tuple[Person, Roster]:
    """The person of an id, and all people: the roster's, and those that only the gradebook has."""
    ids = {person.id for person in listed}
    people = [*listed, *(person for person in known if person.id not in ids)]
    found = next((person for person in people if person.id == student), None)
    if found is None:
        found = Person(student)
        people.append(found)
    return found, Roster(tuple(people))


def _folders(course: Any, student: str) -> Iterator[Path]:
    """The student's folders that are there, be they links."""
    steps = ("submitted", "autograded", "feedback")
    names = (*(getattr(course, f"{step}_directory") for step in steps), REPLACED)
    for name in names:
        path = Path(course.root) / name / student
        if os.path.lexists(path):
            yield path


def _tree(path: Path, root: Path) -> Trace:
    shown = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
    if path.is_symlink() or not path.is_dir():
        return Trace(shown, path.unlink)
    count = sum(len(names) for _, _, names in os.walk(path))
    return Trace(f"{shown}/ ({count} {'file' if count == 1 else 'files'})", partial(_rmtree, path))


def _download(found: Download, root: Path) -> Trace:
    trace = _tree(found.path, root)
    return Trace(trace.what, partial(_refuse, found.others)) if found.others else trace


def _refuse(why: str) -> None:
    raise CourseError(f"{why}. Take it away by hand.")


def _rmtree(path: Path) -> None:
    """Remove a folder; folders in it that are read-only are no hindrance to their owner."""
    for here, _, _ in os.walk(path):
        mode = stat.S_IMODE(os.lstat(here).st_mode)
        if mode & stat.S_IRWXU != stat.S_IRWXU:
            os.chmod(here, mode | stat.S_IRWXU)
    shutil.rmtree(path)


def _extensions(root: Path, student: str) -> Iterator[Trace]:
    rules = class_file.read(root).rules
    units = [unit for unit, rule in rules.items() if student in rule.extensions]
    if units:
        what = f"{class_file.FILE}: extension ({', '.join(units)})"
        yield Trace(what, partial(_out_of_class_file, root / class_file.FILE, student))


def _out_of_class_file(path: Path, student: str) -> None:
    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
        tables: Any = document["units"]
        for unit in list(tables):
            tables[unit].get("extensions", {}).pop(student, None)
        text = tomlkit.dumps(document)
    except (LookupError, TypeError, ValueError) as error:
        raise CourseError(f"take it out by hand ({error}).") from error
    dates = class_file.parsed(text)
    if any(student in rule.extensions for rule in dates.rules.values()):
        raise CourseError("take it out by hand: it is written in a way that cannot be changed.")
    write_atomically(path.resolve(), text)


def naming(student: str) -> re.Pattern[bytes]:
    """Where a text names the id, and not one that is longer."""
    word = re.escape(student.encode())
    return re.compile(rb"(?<![\w.@-])" + word + rb"(?![\w@-]|\.\w)")


def _log(root: Path, student: str) -> Iterator[Trace]:
    path, names = root / LOG, naming(student)
    if path.is_file() and (count := sum(bool(names.search(line)) for line in _lines(path))):
        yield Trace(
            f"{LOG}: {count} {'line' if count == 1 else 'lines'}", partial(_cut, path, names)
        )


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _cut(path: Path, names: re.Pattern[bytes]) -> None:
    write_atomically(path, b"".join(line for line in _lines(path) if not names.search(line)))


def _out_of_gradebook(course: Any, student: str) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.remove_student(student)
    kind, _, path = course.db_url.partition(":///")
    if kind == "sqlite":  # which leaves what was deleted in the file
        with closing(sqlite3.connect(path)) as database:
            database.execute("VACUUM")


def _out_of_roster(path: Path, student: str) -> None:
    write_atomically(path.resolve(), rosters.without(path, student))


def _tables(course: Any, student: str, *, is_known: bool, has_gradebook: bool) -> Iterator[Trace]:
    """Tables and reports of the class, written again without the student."""
    root, names = Path(course.root), naming(student)
    grades = root / GRADES
    if grades.is_file() and names.search(grades.read_bytes()):
        yield Trace(f"{GRADES}: the rows", partial(_out_of_grades, grades, student))
    for path in sorted(root.glob("class-report-*.html")):
        unit = REPORT.fullmatch(path.name)
        if unit and path.is_file() and (is_known or names.search(path.read_bytes())):
            remove = partial(_report_anew, course, unit[1]) if has_gradebook else path.unlink
            yield Trace(f"{path.name}, which is written anew", remove)
    overview = root / class_overview.NAME
    if overview.is_file() and (is_known or names.search(overview.read_bytes())):
        yield Trace(f"{overview.name}; `course report` makes it anew", overview.unlink)


def _out_of_grades(path: Path, student: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        rows = [row for row in table if row.get("student_id") != student]
        fields = table.fieldnames or ()
    text = io.StringIO()
    writer = csv.DictWriter(text, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, text.getvalue())


def _report_anew(course: Any, unit: str) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        is_known = unit in {assignment.name for assignment in gradebook.assignments}
    if is_known:
        class_report.write(course, unit)
    else:  # of a unit that the gradebook does not know any more
        (Path(course.root) / f"class-report-{unit}.html").unlink()


def _mentions(root: Path, student: str) -> Iterator[Remark]:
    """Other files in the course folder that name the id: copies, exports for an LMS."""
    names = naming(student)
    ours = {rosters.FILE, GRADES, LOG, class_overview.NAME}
    for path in sorted((*root.iterdir(), *root.glob(".ipynb_checkpoints/*"))):
        is_ours = path.name in ours and path.parent == root
        if not path.is_file() or path.is_symlink() or is_ours or REPORT.fullmatch(path.name):
            continue
        is_copy = path.name.startswith("gradebook.db.") and student.encode() in path.read_bytes()
        is_text = path.suffix in _LOOKED_THROUGH and names.search(path.read_bytes())
        if is_copy or is_text:
            yield Remark(str(path.relative_to(root)), "names this id, and is not changed.")


def _in_exchange(inbound: Path, student: str) -> Iterator[Remark]:
    try:
        found = sorted(path for path in inbound.iterdir() if path.name.startswith(f"{student}+"))
    except OSError:  # there is none, or none for us
        return
    for path in found:
        yield Remark(str(path), "is in the exchange, and not removed.")
