"""How far a student got: read from the saved notebooks of the work folder, with no network.

Nothing is run. Each check leaves a record in its cell's output, and the records of the last run
are what is shown; whoever runs an answer's cell again after its check is told to check again.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from course_utils import class_file
from course_utils.class_file import DueDates
from course_utils.errors import CourseError
from course_utils.repository import releases

_STYLE = """<style>
.cu-progress { font-size: 14px; line-height: 1.45; max-width: 60em; }
.cu-progress.cu-progress :is(th, td) { text-align: left; padding: 3px 12px 3px 0; }
.cu-progress.cu-progress tr { background: none; }
.cu-progress meter { width: 10em; height: 1em; }
</style>"""


@dataclass(frozen=True)
class Exercise:
    """One exercise in a student's notebook.

    Attributes:
        name: as in its heading and check.
        points: the most that can be had.
        earned: what the last check gave; None where it did not run.
        hint: the first hint of that check; empty where there was none.
        stale: whether the answer's cell ran again after the check.
        lost: whether the release has the exercise, and the notebook has not got its check any more.
    """

    name: str
    points: float
    earned: float | None = None
    hint: str = ""
    stale: bool = False
    lost: bool = False

    @property
    def done(self) -> bool:
        """Whether the answer as it stands has full marks."""
        return self.earned == self.points and not self.stale


@dataclass(frozen=True)
class Lesson:
    """The exercises of one notebook, or the problem why they cannot be read."""

    unit: str
    exercises: tuple[Exercise, ...] = ()
    problem: str = ""

    @property
    def earned(self) -> float:
        """Points so far."""
        return sum(exercise.earned or 0.0 for exercise in self.exercises)

    @property
    def points(self) -> float:
        """The most that can be had."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def passed(self) -> int:
        """How many exercises have full marks."""
        return sum(exercise.done for exercise in self.exercises)


@dataclass(frozen=True, repr=False)
class Progress:
    """All lessons of a work folder; shown as a table in a notebook and in a terminal."""

    lessons: tuple[Lesson, ...]
    due_dates: DueDates = field(default_factory=DueDates)
    problem: str = ""

    @property
    def due(self) -> str:
        """What is due when, in lines; empty where nothing is known of it."""
        rules = [(lesson.unit, self.due_dates.rule(lesson.unit).words()) for lesson in self.lessons]
        lines = [f"{unit}: due {words}" for unit, words in rules if words]
        if self.problem:
            lines.append(f"Due dates cannot be read. {self.problem}")
        return "\n".join(lines)

    @property
    def next_step(self) -> str:
        """What to do next, in one or two sentences."""
        if not self.lessons:
            return "No notebook with exercises is saved here. Save the notebook, then look again."
        for lesson in self.lessons:
            if lesson.problem:
                return f"{lesson.unit}: {lesson.problem}"
        started = [n for n in self.lessons if any(e.earned is not None for e in n.exercises)]
        open_lessons = [n for n in [*started, *self.lessons] if n.passed < len(n.exercises)]
        if not open_lessons:
            return "Every exercise passes. Hand the units in with `course submit`."
        lesson = open_lessons[0]
        exercise = next(each for each in lesson.exercises if not each.done)
        where = f"{lesson.unit}, {exercise.name}: "
        if exercise.lost:
            return where + "its check is not in the notebook any more. Take it from a fresh copy."
        if exercise.earned is None:
            return where + "write your answer, then run its check and save the notebook."
        if exercise.stale:
            return where + "the answer ran again after its check. Run the check again and save."
        got = f"{exercise.earned:g} of {exercise.points:g} points. "
        return where + got + (exercise.hint or "Look at the first failed case of its report.")

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Unit, passed exercises and points of each lesson, and the sum, as text."""
        for lesson in self.lessons:
            count = f"{lesson.passed} of {len(lesson.exercises)}"
            yield lesson.unit, count, f"{lesson.earned:g} of {lesson.points:g}"
        if len(self.lessons) > 1:
            passed = sum(lesson.passed for lesson in self.lessons)
            exercises = sum(len(lesson.exercises) for lesson in self.lessons)
            earned = sum(lesson.earned for lesson in self.lessons)
            points = sum(lesson.points for lesson in self.lessons)
            yield "all units", f"{passed} of {exercises}", f"{earned:g} of {points:g}"

    def __repr__(self) -> str:
        lines = [f"{unit}: {passed} exercises, {points} points" for unit, passed, points in self]
        return "\n".join([*lines, *self.due.splitlines(), f"Next: {self.next_step}"])

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr><th scope='row'>{escape(unit)}</th><td>{passed}</td><td>{points}</td></tr>"
            for unit, passed, points in self
        )
        head = "".join(f"<th scope='col'>{word}</th>" for word in ("unit", "passed", "points"))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        due = "".join(f"<p>{escape(line)}</p>" for line in self.due.splitlines())
        return (
            f"{_STYLE}<div class='cu-progress'>{table if body else ''}{due}"
            f"<p><b>Next:</b> {escape(self.next_step)}</p></div>"
        )


def show(folder: Path | str | None = None) -> Progress:
    """How far the student got in the notebooks `UNIT/UNIT.ipynb` of a work folder.

    Args:
        folder: the work folder; by default the one around the notebook that calls this, or the
            working directory.

    Returns:
        A table with, for each unit, the exercises that pass and the points so far; when the units
        are due, and what to do next. Instructors' sources, which hold hidden tests, are left out.

    Raises:
        CourseError: when the folder does not exist.
    """
    here = Path.cwd()
    inside = (here / f"{here.name}.ipynb").is_file()
    folder = Path(folder) if folder is not None else (here.parent if inside else here)
    lessons = map(lesson_of, notebooks(folder))
    return progress_of((lesson for lesson in lessons if lesson is not None), folder)


def progress_of(lessons: Iterable[Lesson], folder: Path) -> Progress:
    """The lessons of a work folder with the due dates of the course around it."""
    found = tuple(lessons)
    try:
        return Progress(found, class_file.around(folder))
    except CourseError as error:  # the instructor's to put right
        return Progress(found, problem=str(error))


def notebooks(folder: Path) -> list[Path]:
    """The notebooks `UNIT/UNIT.ipynb` of a work folder, in their order.

    Raises:
        CourseError: when the folder does not exist.
    """
    if not folder.is_dir():
        raise CourseError(f"There is no folder {folder}. Name your work folder with --work.")
    paths = sorted(folder.glob("[0-9][0-9]-*/*.ipynb"))
    return [path for path in paths if path.stem == path.parent.name]


def lesson_of(path: Path, ran: dict | None = None) -> Lesson | None:
    """A notebook's lesson; None for an instructor's source and for one without exercises.

    Args:
        path: the file.
        ran: what it became when it was run; by default what is saved.
    """
    try:
        text = path.read_text(encoding="utf-8")
        cells = (ran or json.loads(text))["cells"]
        if "### BEGIN HIDDEN TESTS" in text:
            return None
        found = list(_exercises(cells))
        exercises = (*found, *_lost(path.stem, {each.name for each in found}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Lesson(path.stem, problem=f"the notebook cannot be read ({type(error).__name__}).")
    return Lesson(path.stem, exercises) if exercises else None


def _exercises(cells: list[dict]) -> Iterator[Exercise]:
    ran: dict[str, int] = {}  # when the cell of an answer ran last
    for cell in cells:
        marks = cell.get("metadata", {}).get("nbgrader", {})
        name = marks.get("grade_id", "").removesuffix("-test")
        if marks.get("solution"):
            ran[name] = cell.get("execution_count") or 0
        elif marks.get("grade"):
            record = _record(cell)
            if record is not None and not record.get("written", True):
                record = None  # a check of what is not written yet says no more than none
            checked = cell.get("execution_count") or 0
            yield Exercise(
                name,
                float(marks["points"]),
                earned=None if record is None else float(record["earned"]),
                hint="" if record is None else _hint(record),
                stale=record is not None and ran.get(name, 0) > checked,
            )


def _lost(unit: str, names: set[str]) -> Iterator[Exercise]:
    """The exercises of a unit's release that are none of these; none without a release."""
    try:
        release = next((path for path in releases() if path.stem == unit), None)
    except CourseError:
        return
    cells = json.loads(release.read_text(encoding="utf-8"))["cells"] if release else []
    yield from (replace(each, lost=True) for each in _exercises(cells) if each.name not in names)


def _record(cell: dict) -> dict | None:
    """What the check said in this cell's last output; None where it did not run."""
    from course_utils.checks.core.report import MIME  # NumPy, only where there is something to read

    found = [output.get("data", {}).get(MIME) for output in cell.get("outputs", [])]
    found = [record for record in found if record]
    return found[-1] if found else None


def _hint(record: dict) -> str:
    hints = [case["hint"] for case in record["cases"] if not case["passed"] and case["hint"]]
    return record["problem"] or (hints[0] if hints else "")
