"""nbgrader's own steps that read what students hand in, behind the doors of this course.

nbgrader has no setting for the classes and functions below: its own follow links, let a student's
`timestamp.txt` end the command, and put any folder's name into the gradebook. `install` puts ours
in their place; `nbgrader_config.py` calls it, so it holds for every command and for formgrader.
"""

import os
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.apps import api, autogradeapp, generatefeedbackapp
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory

from course_utils.gradebook.arrival import STAMP, stamp
from course_utils.gradebook.remarks import alike, remarks_on, told, unfit_folders
from course_utils.gradebook.submitted import SECRET, fit_secret, student_folders
from course_utils.judging.doors import NotAFileError, open_file

LARGEST = 100 * 2**20
"""Bytes of a file beside a notebook that is copied with it."""


class OrdinaryFiles(BaseConverter):
    """Copies what lies beside a submitted notebook, where it is an ordinary file."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        source = Path(self._format_source(assignment_id, student_id))
        target = Path(self._format_dest(assignment_id, student_id))
        if source.is_symlink() or source.parent.is_symlink():
            return
        for name in utils.find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb", STAMP]):
            place = Path(name).relative_to(source)
            try:
                with open_file(source / place, folders=len(place.parts) + 1) as file:
                    content = file.read(LARGEST + 1)
            except (NotAFileError, OSError) as error:
                self.log.warning("Not copied: %s", error)
                continue
            if len(content) > LARGEST:
                continue
            _put(target / place, content if place.name != SECRET else fit_secret(content))
        if came := stamp(source).time:
            _put(target / STAMP, came.isoformat(" ").encode())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # nbgrader leaves files that cannot be written to
    path.write_bytes(content)


class DoorkeepingAutograde(Autograde, OrdinaryFiles):
    """nbgrader's `Autograde` for folders that bear an id; the others are named at the end."""

    def init_notebooks(self) -> None:
        course = self.coursedir
        unit, wanted = course.assignment_id, course.student_id
        folders = student_folders(course, unit)
        refused = unfit_folders(folders, Path(course.root))
        same = alike(set(folders) - refused.keys(), Path(course.root))
        folders = [f for f in folders if f.name == wanted or fnmatch(f.name, wanted)]
        self._remarks = [refused[folder] for folder in folders if folder in refused] + same
        self.assignments: dict[str, list[str]] = {}
        self.notebooks: list[str] = []
        for folder in folders:
            if folder not in refused:
                self._add(self._format_source(unit, folder.name))
        if not self.assignments:
            lines = [f"There is no notebook of {unit} to be graded.", *told(self._remarks)]
            for line in lines:
                self.log.error(line)
            raise NbGraderException("\n".join(lines))

    def _add(self, assignment: str) -> None:
        """Let the unit's notebook be graded; the exporter knows which file that is."""
        unit = self.coursedir.assignment_id
        if fnmatch(unit, self.coursedir.notebook_id):
            self.assignments[assignment] = [os.path.join(assignment, f"{unit}.ipynb")]
            self._remarks += remarks_on(Path(assignment))

    def convert_notebooks(self) -> None:
        try:
            super().convert_notebooks()
        finally:
            for line in told(self._remarks):
                self.log.error(line)


class FreshFeedback(GenerateFeedback):
    """nbgrader's `GenerateFeedback`, which makes every page anew.

    Its own leaves a page as it is that was made before points or comments were given by hand.
    """

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        return student_id not in self.coursedir.student_id_exclude.split(",")


def _existing_timestamp(course: Any, dest_path: str) -> datetime | None:
    """When a submission came, as its folder says; None where it says nothing that is a time."""
    return stamp(Path(dest_path)).time


def _submitted_timestamp(grader: Any, assignment_id: str, student_id: str) -> datetime | None:
    course = grader.coursedir
    folder = course.format_path(course.submitted_directory, student_id, assignment_id)
    return stamp(Path(os.path.abspath(folder))).time


def install() -> None:
    """Let nbgrader use all of this, in this process."""
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    api.NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    api.Autograde = autogradeapp.Autograde = DoorkeepingAutograde
    api.GenerateFeedback = generatefeedbackapp.GenerateFeedback = FreshFeedback
