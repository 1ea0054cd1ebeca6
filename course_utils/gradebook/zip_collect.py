"""`nbgrader zip_collect`: takes notebooks out of archives that `course submit` made.

Archives come from students, over an LMS that may rename them. nbgrader's own steps end at the first
archive or name that is not as expected, and write over work collected before; these go on, keep it,
and list at the end what was not taken.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from course_utils.errors import CourseError
from course_utils.gradebook.archives import (
    NOTEBOOK,
    TOLD_AT_MOST,
    Bounds,
    is_archive,
    stem,
    unpack,
)
from course_utils.gradebook.arrival import FAST_CLOCK, parsed, stamp, utc
from course_utils.gradebook.remarks import Remark, told
from course_utils.gradebook.submitted import holds, new_submission
from course_utils.judging.doors import open_file
from course_utils.student_ids import printable, suggested, unfit


class OrdinaryExtractor(ExtractorPlugin):
    """Unpacks archives within bounds (`archives.Bounds`), and takes what a browser has unpacked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.remarks: list[Remark] = []

    def extract(self, archive_path: str, extracted_path: str) -> None:
        found = 0
        for path in _files(Path(archive_path)):
            place = path.relative_to(archive_path)
            if not is_archive(path.name) and path.suffix != NOTEBOOK:
                self._remark(place, "not read: it is neither a notebook nor a zip or tar file.")
                continue
            self.log.info("Unpacking %s", printable(str(place)))
            found += self._extract(path, Path(extracted_path) / _safe(place))
        if not found:  # then nbgrader ends here
            for line in told(self.remarks):
                self.log.warning(line)

    def _extract(self, path: Path, target: Path) -> int:
        if not is_archive(path.name):
            return self._copy(path, target)
        folder, number = target.with_name(stem(target.name)), 1
        while folder.exists():
            number += 1
            folder = target.with_name(f"{stem(target.name)} ({number})")
        done = unpack(path, folder, Bounds())
        for name, why in done.refused:
            about = f"{path.name}, {name}" if name else path.name
            self._remark(Path(about), f"not taken: {why}.")
        return len(done.notebooks)

    def _copy(self, path: Path, target: Path) -> int:
        try:
            with open_file(path) as file:
                content, status = file.read(Bounds().member + 1), os.fstat(file.fileno())
            if len(content) > Bounds().member:
                raise CourseError("it is too large for a notebook.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            os.utime(target, (status.st_mtime, status.st_mtime))
        except (CourseError, OSError) as error:
            self._remark(Path(path.name), f"not taken: {error}")
            return 0
        return 1

    def _remark(self, about: Path, said: str) -> None:
        self.remarks.append(Remark(str(about), said))


@dataclass(frozen=True)
class Claim:
    """A notebook in an archive, and what the archive says of it.

    Attributes:
        student: the id, as typed by who made the archive.
        path: where it has been unpacked.
        time: when it was made, by its maker's clock, where that is possible.
        came: the archive's own time.
        origin: by what names it came, without numbers: one student's uploads share them.
    """

    student: str
    path: Path
    time: datetime
    came: datetime
    origin: tuple[str, ...]


class OrdinaryCollector(FileNameCollectorPlugin):
    """Finds whose a notebook is by `named_regexp`, and puts it into `submitted/`.

    It does the last two steps of nbgrader's command itself: nbgrader has plugins for the names
    only, and its own steps end with the first name that does not fit.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._remarks: list[Remark] = []
        self.parent._collect_files = self.chosen
        self.parent._transfer_files = self.transfer

    @property
    def _course(self) -> Any:
        return self.parent.coursedir

    @property
    def _unit(self) -> str:
        return self._course.assignment_id

    def chosen(self, files: list[str]) -> dict[str, Claim]:
        """The notebook of each student that counts: the last one, where all are one student's."""
        claims: dict[str, list[Claim]] = defaultdict(list)
        for file in files:
            try:
                claim = self._claim(Path(file))
            except (CourseError, OSError) as error:
                self._remark(self._shown(Path(file)), f"not collected: {error}")
            else:
                claims[claim.student].append(claim)
        found = {student: self._last(student, those) for student, those in claims.items()}
        return {student: claim for student, claim in found.items() if claim is not None}

    def transfer(self, chosen: dict[str, Claim]) -> None:
        """Put the notebooks into `submitted/`, and tell what there is to be told."""
        for student, claim in sorted(chosen.items()):
            try:
                self._put(student, claim)
            except (CourseError, OSError) as error:
                self._remark(student, f"not collected: {error}")
        self._tell_of_times(list(chosen.values()))
        for line in told([*self.parent.extractor_plugin_inst.remarks, *self._remarks]):
            self.log.warning(line)

    def _claim(self, path: Path) -> Claim:
        """What an archive says of a notebook.

        Raises:
            CourseError: when it says nothing, or nothing that can be.
        """
        said = re.match(self.named_regexp, str(path))
        if said is None:
            raise CourseError(
                "it is in no folder STUDENT+UNIT+TIME, as `course submit` packs it, so it does not "
                "say whose it is."
            )
        student, unit, name = (said[key] for key in ("student_id", "unit", "file_id"))
        if unit != self._unit or name != self._unit:
            raise CourseError(f"it is {name} of {unit}; expected {self._unit}.")
        if why := unfit(student):
            renamed = suggested(student)
            raise CourseError(f"{why}. Let its student run `course submit --student {renamed}`.")
        containers = path.relative_to(self._extracted).parts[:-2]
        for container in containers:
            label = container.split("+")
            if len(label) == 3 and label[0] != student:
                raise CourseError(f"{container} holds the work of {student}, another student.")
        origin = tuple(map(head, containers)) or (head(student),)
        came = utc(path.stat().st_mtime)
        time = parsed(said["timestamp"])
        if time is None or time - came > FAST_CLOCK:
            self._remark(
                self._shown(path), f"its time is impossible; {came:%Y-%m-%d %H:%M:%S} UTC counts."
            )
            time = came
        return Claim(student, path, time, came, origin)

    def _last(self, student: str, claims: list[Claim]) -> Claim | None:
        """Of all that bears a student's id the last one; none where others may have made it."""
        names = ", ".join(self._shown(claim.path) for claim in claims)
        if len({claim.origin for claim in claims}) > 1:
            own = {claim.origin for claim in claims if head(student) in claim.origin}
            claims = [claim for claim in claims if claim.origin in own]
            if len(own) != 1:
                self._remark(
                    student,
                    f"not collected: archives of different names bear this id ({names}). Take away "
                    "those that are not this student's, and collect again.",
                )
                return None
            self._remark(student, f"archives of other names bear this id ({names}); not taken.")
        last = max(claims, key=lambda claim: claim.time)
        if any(claim.path.read_bytes() != last.path.read_bytes() for claim in claims):
            self._remark(student, f"of {names} the last one counts, {self._shown(last.path)}.")
        return last

    def _put(self, student: str, claim: Claim) -> None:
        course, unit = self._course, self._unit
        target = Path(course.format_path(course.submitted_directory, student, unit))
        content, known = claim.path.read_bytes(), stamp(target).time
        if known == claim.time and holds(target / f"{unit}{NOTEBOOK}", content):
            self.log.info("Collected before: %s", student)
            return
        if known is not None and known > claim.time:
            self._remark(student, "kept as it is: what is in submitted/ is newer.")
            return
        if os.path.lexists(target):
            self._remark(student, "what was in submitted/ is in replaced/ now.")
        self.log.info("Collecting submission: %s", student)
        with new_submission(course, student, unit, claim.time) as folder:
            (folder / f"{unit}{NOTEBOOK}").write_bytes(content)

    def _tell_of_times(self, claims: list[Claim]) -> None:
        """Times in archives are their makers' word: say where a penalty may depend on one."""
        with Gradebook(self._course.db_url, self._course.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(self._unit).duedate
            except MissingEntry:
                return
        early = sorted(c.student for c in claims if due and c.time <= due < c.came)
        if early:
            more = f" and {len(early) - TOLD_AT_MOST} more" if len(early) > TOLD_AT_MOST else ""
            self._remark(
                f"{', '.join(early[:TOLD_AT_MOST])}{more}",
                "made before the due date, as the archives say, and files here since after it. "
                "Compare with your LMS where points depend on it.",
            )

    @property
    def _extracted(self) -> Path:
        return Path(self.parent._format_collect_path(self.parent.extracted_directory))

    def _shown(self, path: Path) -> str:
        place = path.relative_to(self._extracted)
        return str(place.parent if len(place.parts) > 1 else place)

    def _remark(self, about: str, said: str) -> None:
        self._remarks.append(Remark(about, said))


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def _safe(place: Path) -> Path:
    """A path for what is unpacked from an archive of that path, of printable characters."""
    return Path(*("".join(c if c.isprintable() else "_" for c in part) for part in place.parts))


def head(name: str) -> str:
    """A file's name up to what an LMS or a browser adds, without numbers."""
    return re.sub(r"[\d() -]+", "", re.split(r"[_+]", stem(name))[0]).lower()
