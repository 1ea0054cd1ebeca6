"""A course folder of nbgrader, driven from Python with this repository's configuration."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from textwrap import dedent

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_utils.errors import CourseError
from course_utils.judging.cells import refused
from course_utils.judging.intake import RefusalReason
from course_utils.reports import grades_csv
from course_utils.reports.results import Result, results


@dataclass(frozen=True)
class Grade:
    """What a student has for one unit: points and results by test, or why there are none."""

    student: str
    unit: str
    points: dict[str, float]
    maximum: dict[str, float]
    results: tuple[Result, ...] = ()
    not_graded: str = ""

    @property
    def total(self) -> float:
        """The sum of the points."""
        return sum(self.points.values())

    @property
    def total_maximum(self) -> float:
        """The most that can be had."""
        return sum(self.maximum.values())


def load_config(root: Path) -> Config:
    """What `nbgrader_config.py` in the folder `root` says."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


class Classroom:
    """A folder with sources, releases, submissions, grades and a gradebook of its own.

    Each method works on one unit and one student, so what fails for one touches nobody else.

    Args:
        folder: the course folder; it has `solutions/UNIT/UNIT.ipynb`.
        config: nbgrader's configuration (`load_config`). Its gradebook is not used: this
            classroom's is `gradebook.db` in the folder.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder.resolve()
        config = Config(config)
        config.CourseDirectory.root = str(self.folder)
        config.CourseDirectory.db_url = f"sqlite:///{(self.folder / 'gradebook.db').as_posix()}"
        self.course = CourseDirectory(config=config)
        self.api = NbGraderAPI(self.course, config=config)

    def path(self, step: str, student: str, unit: str, suffix: str = ".ipynb") -> Path:
        """The file of a unit in one of nbgrader's folders (`submitted`, `autograded` …)."""
        return Path(self.course.format_path(step, student, unit)) / f"{unit}{suffix}"

    def release(self, unit: str) -> NotebookNode:
        """Make the release of a unit from its source and return it.

        Raises:
            CourseError: when nbgrader could not.
        """
        _require(self.api.generate_assignment(unit), f"The release of {unit} could not be made")
        return nbformat.read(self.path(self.course.release_directory, ".", unit), as_version=4)

    def enrol(self, student: str) -> None:
        """Put a student on the list of the class."""
        with Gradebook(self.course.db_url, self.course.course_id) as gradebook:
            gradebook.update_or_create_student(student)

    def hand_in(self, student: str, unit: str, content: bytes) -> Path:
        """Put a file in place as a student's submission."""
        path = self.path(self.course.submitted_directory, student, unit)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def grade(self, unit: str, student: str) -> Grade:
        """Autograde one submission; one that cannot be graded comes back with the reason."""
        maximum = self._tests(unit)
        reason = _missing(self.path(self.course.submitted_directory, student, unit))
        if reason:
            return Grade(student, unit, {}, maximum, not_graded=reason)
        done = _quietly(self.api.autograde, unit, student)
        if not done["success"]:
            return Grade(student, unit, {}, maximum, not_graded=_why(done))
        graded = nbformat.read(
            self.path(self.course.autograded_directory, student, unit), as_version=4
        )
        with Gradebook(self.course.db_url, self.course.course_id) as gradebook:
            notebook = gradebook.find_submission_notebook(unit, unit, student)
            points = {grade.name: grade.score for grade in notebook.grades}
        return Grade(student, unit, points, maximum, tuple(results(graded)), refused(graded))

    def give_feedback(self, unit: str, student: str) -> Path:
        """Make the feedback page of a graded submission.

        Raises:
            CourseError: when nbgrader could not.
        """
        done = self.api.generate_feedback(unit, student)
        _require(done, f"The feedback page of {student} for {unit} could not be made")
        return self.path(self.course.feedback_directory, student, unit, ".html")

    def export(self) -> Path:
        """Write all grades to `grades.csv`."""
        return grades_csv.export(self.api, self.folder / "grades.csv")

    def _tests(self, unit: str) -> dict[str, float]:
        with Gradebook(self.course.db_url, self.course.course_id) as gradebook:
            cells = gradebook.find_notebook(unit, unit).grade_cells
            return {cell.name: cell.max_score for cell in cells}


def _missing(path: Path) -> str:
    """Why there is nothing to grade at all; nbgrader would find no submission."""
    try:
        path.lstat()
    except OSError:
        return f"{RefusalReason.MISSING}: there is no file {path.name}."
    return ""


def _quietly(step: Callable[..., dict], *args: str) -> dict:
    """Run a step of nbgrader without its notes on its own use of SQLAlchemy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        return step(*args)


def _require(done: dict, what: str) -> None:
    if not done["success"]:
        raise CourseError(f"{what}: {_why(done)}")


def _why(done: dict) -> str:
    """The cause of a step that failed, in one line: where the first traceback of its log ends.

    A failed step has `error`, the traceback of what ended it; `log` has what it met before.
    """
    return _cause(done.get("log", "")) or _cause(done["error"]) or done["error"].strip()


def _cause(log: str) -> str:
    """What the first traceback in a log says in the end, and those that it led to; "" if none."""
    _, _, rest = log.partition("Traceback (most recent call last):")
    lines = takewhile(lambda line: not line.startswith("["), rest.splitlines()[1:])
    cause, before = "", " "
    for line in dedent("\n".join(lines)).splitlines():
        if before.startswith(" ") and line and not line.startswith(" "):
            cause = line
        before = line
    kind, _, said = cause.partition(": ")
    return said if kind.endswith("CourseError") else cause
