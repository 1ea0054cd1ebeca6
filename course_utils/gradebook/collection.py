"""Puts what a class has handed in into `submitted/`, and keeps account of everybody."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from course_utils import class_file
from course_utils.due_dates import Rule
from course_utils.errors import CourseError
from course_utils.files import write_atomically
from course_utils.gradebook.archives import NOTEBOOK, TOLD_AT_MOST
from course_utils.gradebook.arrival import STAMP, stamp
from course_utils.gradebook.attempts import (
    NOTEBOOKS_AT_MOST,
    Standing,
    Units,
    Work,
    contents,
    last,
    works,
)
from course_utils.gradebook.downloads import Downloads
from course_utils.gradebook.exchange import OrdinaryCollect
from course_utils.gradebook.ownership import Owners, Share
from course_utils.gradebook.remarks import Remark
from course_utils.gradebook.roster import Person, Roster
from course_utils.gradebook.senders import CANVAS
from course_utils.gradebook.submitted import holds, new_submission, student_folders
from course_utils.judging.doors import open_file
from course_utils.student_ids import renaming

IN, BEFORE, MISSING, REFUSED = "in", "in before", "missing", "not taken"


@dataclass
class Row:
    """What became of one person's work; `source` is where it came from."""

    person: Person
    status: str = MISSING
    time: datetime | None = None
    source: str = ""


class Collection:
    """Collects one unit of a class.

    Args:
        course: nbgrader's `CourseDirectory`.
        unit: the unit's name.
        roster: of the class.

    Attributes:
        rows: of everybody in the roster, by id.
        remarks: what there is to be told.
        refused: ids and files whose work was not taken.
    """

    def __init__(self, course: Any, unit: str, roster: Roster) -> None:
        self._course, self._unit, self._roster = course, unit, roster
        root = Path(course.root)
        self._units = Units.of_releases(unit, sorted((root / "notebooks").glob("*/*.ipynb")))
        self.rows = {person.id: Row(person) for person in roster}
        self.remarks: list[Remark] = []
        self.refused: list[str] = []
        self._by_download: list[str] = []
        self._late_unknown: list[str] = []
        self._doubtful: list[str] = []
        self._rule = _rule(course, unit)

    def from_folders(self, folders: Iterable[Path]) -> None:
        """Take what lies in folders and archives.

        Raises:
            CourseError: when there is no such folder.
        """
        with tempfile.TemporaryDirectory() as room:
            found = Downloads(self._roster, Path(room))
            for folder in folders:
                found.take(folder)
            owners = Owners(found, self._roster)
            for student, share in sorted(owners.shares.items()):
                try:
                    self._take(self.rows[student], share)
                except CourseError as error:
                    self._refuse(self.rows[student], share, str(error))
                except OSError as error:
                    why = f"{error.filename}: {error.strerror}"
                    self._refuse(self.rows[student], share, why)
                self.remarks += share.remarks
            self.remarks += owners.remarks
            self.refused += owners.refused
        self._tell_of_times()

    def from_exchange(self, inbound: Path) -> None:
        """Take what lies in an exchange's folder `inbound`, by the server's word."""
        collector = OrdinaryCollect(coursedir=self._course, update=True)
        for record in collector.from_folder(inbound):
            person = self._roster.with_id(record["username"])
            if person is None:
                said = "not taken: nobody in the roster has this id. Add the person there."
                self.remarks.append(Remark(record["filename"], said))
                self.refused.append(record["filename"])
                continue
            before = self._stamp(person.id)
            collector.take(record | {"username": person.id})
            after = self._stamp(person.id)
            status = BEFORE if after == before else IN
            if after is not None:
                self.rows[person.id] = Row(person, status, after, record["filename"])
        for remark in collector.remarks:
            self.remarks.append(remark)
            if remark.said.startswith("not collected"):
                self.refused.append(remark.about)
                person = self._roster.with_id(remark.about.partition("+")[0])
                if person is not None and self.rows[person.id].status == MISSING:
                    self.rows[person.id].status = REFUSED

    def look_around(self) -> None:
        """Say what was in `submitted/` before, and what is there of nobody in the roster."""
        root = Path(self._course.root)
        for folder in student_folders(self._course, self._unit):
            place, row = folder.relative_to(root), self.rows.get(folder.name)
            if row is not None:
                if row.status in (MISSING, REFUSED):
                    row.status, row.time = BEFORE, self._stamp(folder.name)
            elif person := self._roster.with_id(folder.name):
                command = renaming(place, place.with_name(person.id))
                said = f"the roster writes this id {person.id}."
                self.remarks.append(Remark(str(place), said, command))
            else:
                self.remarks.append(Remark(str(place), "nobody in the roster has this id."))

    def _take(self, row: Row, share: Share) -> None:
        student = row.person.id
        if len(share.files) > NOTEBOOKS_AT_MOST:
            said = f"of {len(share.files)} notebooks {NOTEBOOKS_AT_MOST} were looked at."
            share.remarks.append(Remark(student, said))
        looked = works(share.files[:NOTEBOOKS_AT_MOST], self._units)
        candidates = [work for work in looked if work.content.standing > Standing.OTHER]
        refused = [f"{each.shown}: {each.why}" for each in share.left if each.why]
        if not candidates:
            others = [f"{work.file.shown}: {work.content.said}" for work in looked]
            others += [f"{each.shown}: no notebook" for each in share.left if not each.why]
            if others or refused:
                self._refuse(row, share, "; ".join([*refused, *others]))
            elif share.remarks or share.is_doubtful:
                row.status = REFUSED
                self.refused.append(student)
            return
        share.remarks += [Remark(student, f"not taken: {each}.") for each in refused]
        work = last(candidates, self._unit)
        self._tell_of_others(student, work, candidates, share)
        if work.file.is_impossible:
            came = f"{work.file.came:%Y-%m-%d %H:%M:%S} UTC"
            said = f"{work.file.shown}: its time is impossible; {came} counts."
            share.remarks.append(Remark(student, said))
        self._put(row, work, share)

    def _refuse(self, row: Row, share: Share, why: str) -> None:
        row.status = REFUSED
        self.refused.append(row.person.id)
        share.remarks.append(Remark(row.person.id, f"not taken: {why.rstrip('.')}."))

    def _tell_of_others(
        self, student: str, work: Work, candidates: Sequence[Work], share: Share
    ) -> None:
        content = work.file.path.read_bytes()
        others = [
            each.file.shown
            for each in candidates
            if each is not work
            and each.content.standing in (Standing.UNREADABLE, Standing.ANSWERED)
            and each.file.path.read_bytes() != content
        ]
        if others:
            said = f"{work.file.shown} counts, the last one; not {', '.join(others)}."
            share.remarks.append(Remark(student, said))
        if work.content.said:
            share.remarks.append(Remark(student, f"{work.file.shown}: {work.content.said}"))

    def _put(self, row: Row, work: Work, share: Share) -> None:
        """Put a work into `submitted/`, unless a better or newer one is there.

        The same work keeps the earliest time that is not its student's word alone.
        """
        student, time = row.person.id, self._time(row, work)
        target = self._folder(student)
        notebook, known = target / f"{self._unit}{NOTEBOOK}", stamp(target).time
        with open_file(work.file.path) as file:
            content = file.read()
        row.status, row.time, row.source = BEFORE, known, work.file.source
        if holds(notebook, content):
            if known is not None and time < known and not work.file.is_claimed:
                write_atomically(target / STAMP, time.isoformat(" "))
                row.time = time
            return
        if os.path.lexists(notebook):
            (there,) = contents([notebook], self._units)
            if there.standing > work.content.standing:
                said = f"kept as it is: {work.file.shown} is worse ({work.content.said})."
                share.remarks.append(Remark(student, said))
                return
            if known is not None and known > time:
                said = f"kept as it is: what is in submitted/ is newer than {work.file.shown}."
                share.remarks.append(Remark(student, said))
                return
        if os.path.lexists(target):
            share.remarks.append(Remark(student, "what was in submitted/ is in replaced/ now."))
        with new_submission(self._course, student, self._unit, time) as folder:
            (folder / notebook.name).write_bytes(content)
        row.status, row.time = IN, time

    def _time(self, row: Row, work: Work) -> datetime:
        """When a work was handed in; Canvas says no more of that than whether it is late."""
        file, student = work.file, row.person.id
        due = self._due(student)
        if due is None:
            return file.time
        sender = file.sender
        if sender is not None and sender.system == CANVAS:
            if not sender.late and file.time > due:
                self._by_download.append(student)
                return due
            if sender.late and not file.is_claimed:
                self._late_unknown.append(student)
            elif sender.late and file.time <= due:
                self._doubtful.append(student)
        elif file.is_claimed and file.time <= due < file.came:
            self._doubtful.append(student)
        return file.time

    def _due(self, student: str) -> datetime | None:
        """When the unit is due for a student, extensions considered, in UTC as nbgrader has it."""
        due = self._rule.lateness(student, None).due
        return due.astimezone(UTC).replace(tzinfo=None) if due else None

    def _tell_of_times(self) -> None:
        """Say where points may depend on a time that is not the LMS's."""
        said = {
            "Canvas's archive has no times; it does not call this late, so the due date counts.": (
                self._by_download
            ),
            "late, as Canvas says; its archive does not say how late: the time of the download "
            "counts. Write the right one into timestamp.txt in submitted/.": self._late_unknown,
            "made before the due date, as the student's own archive or commit says, and here since "
            "after it, or late as Canvas says. Compare with your LMS where points depend on "
            "it.": self._doubtful,
        }
        for what, students in said.items():
            if students:
                count = len(students) - TOLD_AT_MOST
                more = f" and {count} more" if count > 0 else ""
                about = f"{', '.join(sorted(students)[:TOLD_AT_MOST])}{more}"
                self.remarks.append(Remark(about, what))

    def _folder(self, student: str) -> Path:
        place = self._course.format_path(self._course.submitted_directory, student, self._unit)
        return Path(place)

    def _stamp(self, student: str) -> datetime | None:
        return stamp(self._folder(student)).time


def _rule(course: Any, unit: str) -> Rule:
    """When a unit is due: by `class.toml`, or else by the gradebook."""
    dates = class_file.read(Path(course.root))
    if dates.written:
        return dates.rule(unit)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            due = gradebook.find_assignment(unit).duedate
        except MissingEntry:
            due = None
    return Rule(due.replace(tzinfo=UTC) if due else None)
