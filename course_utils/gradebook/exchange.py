"""`nbgrader collect`: takes submissions out of the exchange.

There each is a folder of its student's, who may put links, pipes or devices into it, give it any
name and any time. nbgrader's own collector follows the links, believes the times, and ends where a
name does not fit.
"""

import contextlib
import fnmatch
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from course_utils.errors import CourseError
from course_utils.gradebook.arrival import STAMP, TOLERANCE, Arrival, arrival, parsed, stamp
from course_utils.gradebook.remarks import Remark, told
from course_utils.gradebook.submitted import SECRET, fit_secret, new_submission
from course_utils.judging.doors import NotAFileError, open_file
from course_utils.student_ids import renaming, suggested, unfit

FILES_AT_MOST = 1000
FOLDERS_AT_MOST = 10
"""Folders in each other."""


class OrdinaryCollect(ExchangeCollect):
    """Collects ordinary files, by the server's time; what it does not take, it lists at the end.

    Of several submissions of a student the last one that can be taken counts. One that takes the
    place of another is in `submitted/` all at once, and the other one in `replaced/`.
    """

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        self._remarks: list[Remark] = []
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]
        for name in self._arrivals:
            if name.startswith("."):  # nbgrader does not see it
                self._path_to_record(str(self._folder(name)))

    def from_folder(self, inbound: Path) -> list[dict[str, Any]]:
        """Look into an exchange's folder `inbound`, wherever it lies; who has handed in.

        Returns:
            nbgrader's records, of each student the last that can be taken; see `take`.
        """
        self._remarks, self.inbound_path = [], str(inbound)
        names = (
            name for name in os.listdir(inbound) if f"+{self.coursedir.assignment_id}+" in name
        )
        found = [self._path_to_record(str(inbound / name)) for name in sorted(names)]
        found.sort(key=lambda record: record["timestamp"])
        return list({record["username"]: record for record in found if record["username"]}.values())

    def take(self, record: dict[str, Any]) -> None:
        """Collect a submission; where that is not possible it is among the remarks."""
        try:
            self._collect(record)
        except (CourseError, OSError) as error:
            self._remark(record["filename"], f"not collected: {error}")

    @property
    def remarks(self) -> list[Remark]:
        """What there is to be told."""
        if not self._moved:
            return self._remarks
        moved = Remark(
            self.coursedir.assignment_id,
            "many submissions were changed after they were written, as when an exchange is "
            "moved: the time of writing counts, which students can set.",
        )
        return [*self._remarks, moved]

    def copy_files(self) -> None:
        if not self.src_records:
            self.log.warning("No submissions of %s to collect", self.coursedir.assignment_id)
        for record in self.src_records:
            self.take(record)
        for line in told(self.remarks):
            self.log.warning(line)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """nbgrader's record of a folder; one without a student is not taken."""
        name = os.path.basename(path)
        try:
            student, claim = self._who_and_when(name)
            self._require_ordinary(Path(path))
            self._require_owner(name, student)
            came = self._came(name, parsed(claim))
        except (CourseError, OSError) as error:
            self._remark(name, f"not collected: {error}")
            return {"username": "", "filename": name, "timestamp": datetime.min}
        return {"username": student, "filename": name, "timestamp": came}

    def _who_and_when(self, name: str) -> tuple[str, str]:
        parts = name.split("+")
        if len(parts) not in (3, 4) or parts[1] != self.coursedir.assignment_id:
            raise CourseError("a submission's folder is called ID+UNIT+TIME, and + is in no id.")
        if why := unfit(parts[0]):
            new = "+".join([suggested(parts[0]), *parts[1:]])
            inbound = Path(self.inbound_path)
            self._remark(name, "how to rename it:", renaming(inbound / name, inbound / new))
            raise CourseError(f"{why}.")
        return parts[0], parts[2]

    def _require_ordinary(self, folder: Path) -> None:
        """A folder of its own, and in it a notebook of its own, if there is one."""
        if folder.is_symlink() or not folder.is_dir():
            raise CourseError("it is no ordinary folder.")
        try:
            with open_file(folder / f"{self.coursedir.assignment_id}.ipynb", folders=1) as file:
                if os.fstat(file.fileno()).st_nlink > 1:
                    raise CourseError("its notebook is a hard link to another file.")
        except FileNotFoundError:
            pass  # grading says so

    def _require_owner(self, name: str, student: str) -> None:
        """Where several users have handed in under one id, only the user of that name has."""
        owners = self._owners[student]
        if not self.check_owner or len(owners) < 2:
            return
        names = sorted(map(_user, owners))
        if student not in names:
            said = f"several users have handed in as {student}: {', '.join(names)}"
            raise CourseError(f"{said}. Delete what is not theirs, and collect again.")
        owner = _user(self._arrival(name).owner)
        if owner != student:
            raise CourseError(f"it is {owner}'s, and {student} has handed in, too.")

    def _came(self, name: str, claim: datetime | None) -> datetime:
        """When a submission came; tells where it says something else."""
        found = self._arrival(name)
        late_change = found.touched and not self._moved
        server = found.changed if late_change else found.written
        written = stamp(self._folder(name), folders=1)
        said = {"its name": claim, STAMP: written.time}
        wrong = [what for what, time in said.items() if not time or abs(time - server) > TOLERANCE]
        if wrong:
            differs = ", ".join(f"{what} says {said[what] or 'no time'}" for what in wrong)
            self._remark(
                name, f"{differs}; the server's time counts, {server:%Y-%m-%d %H:%M:%S} UTC."
            )
        return claim if claim and abs(claim - server) <= TOLERANCE else server

    @property
    def _moved(self) -> bool:
        """Whether half of all were changed after they were written, as in a moved exchange.

        A user counts once, however many folders are theirs, where the system knows users apart.
        """
        users: dict[int, list[bool]] = defaultdict(list)
        for found in self._arrivals.values():
            users[found.owner].append(found.touched)
        moved = [all(touched) for touched in users.values()]
        if len(users) == 1:
            (moved,) = users.values()
        return 2 * sum(moved) >= max(len(moved), 1)

    def _arrival(self, name: str) -> Arrival:
        if name not in self._arrivals:
            raise CourseError("it cannot be read.")
        return self._arrivals[name]

    @cached_property
    def _arrivals(self) -> dict[str, Arrival]:
        """Of each submission to the unit that can be read, when it came to the server."""
        found = {}
        for path in Path(self.inbound_path).glob(f"*+{self.coursedir.assignment_id}+*"):
            with contextlib.suppress(OSError):  # gone since, or not for us: it is told by its name
                found[path.name] = arrival(path)
        return found

    @cached_property
    def _owners(self) -> dict[str, set[int]]:
        """The users who have handed in under an id."""
        found: dict[str, set[int]] = defaultdict(set)
        for name, came in self._arrivals.items():
            found[name.partition("+")[0]].add(came.owner)
        return found

    def _collect(self, record: dict[str, Any]) -> None:
        student, came = record["username"], record["timestamp"]
        unit, course = self.coursedir.assignment_id, self.coursedir
        target = Path(course.format_path(course.submitted_directory, student, unit))
        if os.path.lexists(target) and not self._is_wanted(target, came):
            self.log.info("Kept as it is (use --update to update): %s %s", student, unit)
            return
        self.log.info("Collecting submission: %s %s", student, unit)
        with new_submission(course, student, unit, came) as folder:
            self._copy(self._folder(record["filename"]), folder)

    def _is_wanted(self, target: Path, came: datetime) -> bool:
        known = stamp(target).time
        newer = self.update and (known is None or came > known)
        return newer or (self.before_duedate and known != came)

    def _copy(self, source: Path, target: Path) -> None:
        """Copy what is an ordinary file and wanted; tell of the others."""
        left = 1000 * self.coursedir.max_dir_size
        for place in self._files(source):
            try:
                with open_file(source / place, folders=len(place.parts)) as file:
                    status = os.fstat(file.fileno())
                    if status.st_nlink > 1:
                        raise NotAFileError(place.name, "a hard link")
                    most = min(left, 1000 * self.coursedir.max_file_size)
                    content = file.read(most + 1)
            except (NotAFileError, OSError) as error:
                self._remark(source.name, f"a file was left out: {error}")
                continue
            if len(content) > most:
                self._remark(source.name, f"a file was left out: {place} is too large.")
                continue
            left -= len(content)
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_bytes(content)
        secret = target / SECRET
        secret.write_bytes(fit_secret(secret.read_bytes() if secret.exists() else b""))

    def _files(self, source: Path) -> Iterator[Path]:
        """The files of a submission that are wanted, as paths in it."""
        count = 0
        for folder, folders, names in os.walk(source):
            here = Path(folder).relative_to(source)
            folders[:] = [] if len(here.parts) >= FOLDERS_AT_MOST else _kept(folders, self._ignored)
            for name in _kept(names, self._ignored):
                if not any(fnmatch.fnmatch(name, wanted) for wanted in self.coursedir.include):
                    continue
                count += 1
                if count > FILES_AT_MOST:
                    self._remark(source.name, f"it has more than {FILES_AT_MOST} files.")
                    return
                if name.isprintable():
                    yield here / name

    @property
    def _ignored(self) -> list[str]:
        return [*self.coursedir.ignore, STAMP]

    def _folder(self, name: str) -> Path:
        return Path(self.inbound_path) / name

    def _remark(self, about: str, said: str, command: str = "") -> None:
        self._remarks.append(Remark(about, said, command))


def _kept(names: list[str], ignored: list[str]) -> list[str]:
    return [n for n in names if not any(fnmatch.fnmatch(n, pattern) for pattern in ignored)]


def _user(number: int) -> str:
    import pwd  # not on Windows, where there is no exchange

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
