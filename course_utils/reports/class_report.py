"""The class report: what an instructor wants to know of a unit after grading, on one page.

Points come from the gradebook; misconceptions, reasons, seconds and answers from the autograded
notebooks.
The page needs no network and no script, and everything on it is escaped.
"""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from course_utils.files import write_atomically
from course_utils.judging.cells import KEY, questions, refused
from course_utils.reports import item_analysis, similarity
from course_utils.reports.item_analysis import Discrimination
from course_utils.reports.late_work import LateWork
from course_utils.reports.results import Result, results
from course_utils.reports.similarity import Alike, Form, Known
from course_utils.reports.standing import NOTHING, graded_notebook
from course_utils.reports.templates import template
from course_utils.repository import Unit

BINS = 10
"""Bars of the distribution, from 0 to all points."""

SLOWEST = 5


@dataclass(frozen=True)
class Entry:
    """One student of the class.

    Attributes:
        student: the student's id.
        points: by test; none without a grade.
        total: the points that count, after a late penalty.
        results: what the checks said.
        not_graded: why there is no grade, or why the notebook has none.
        seconds: what grading took, where it is known.
        walls: what was known of the sandbox's walls when it was graded.
        late: how late it is, in words; empty without a due date.
        handed_in: when it was due and came, and what that costs, in a sentence.
        questions: what only the instructor can decide.
        forms: of the answers, by exercise, to find similar ones.
    """

    student: str
    points: dict[str, float] = field(default_factory=dict)
    total: float = 0.0
    results: tuple[Result, ...] = ()
    not_graded: str = ""
    seconds: float | None = None
    walls: str = ""
    late: str = ""
    handed_in: str = ""
    questions: tuple[str, ...] = ()
    forms: dict[str, Form] = field(default_factory=dict)


@dataclass(frozen=True)
class ExerciseSummary:
    """How the class did in one exercise."""

    name: str
    maximum: float
    passed: int
    mean: float
    graded: int
    misconceptions: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    discrimination: Discrimination | None = None

    @property
    def rate(self) -> float:
        """The share of the graded students who have every point."""
        return self.passed / self.graded if self.graded else 0.0


@dataclass(frozen=True)
class Summary:
    """All that the page says."""

    unit: str
    maximum: float
    entries: tuple[Entry, ...]
    exercises: tuple[ExerciseSummary, ...]
    due: str = ""
    similar: tuple[Alike, ...] = ()

    @property
    def has_discrimination(self) -> bool:
        """Whether it could be computed for an exercise."""
        return any(exercise.discrimination for exercise in self.exercises)

    @property
    def missing(self) -> tuple[Entry, ...]:
        """Who has handed in nothing."""
        return tuple(entry for entry in self.entries if entry.not_graded == NOTHING)

    @property
    def late(self) -> tuple[Entry, ...]:
        """Whose work came after the due date, or at a time that is not known."""
        return tuple(entry for entry in self.entries if entry.late not in ("", "on time"))

    @property
    def graded(self) -> tuple[Entry, ...]:
        """Who handed in a notebook that could be graded."""
        return tuple(entry for entry in self.entries if not entry.not_graded)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """Who handed in something that has no grade."""
        return tuple(entry for entry in self.entries if entry.not_graded not in ("", NOTHING))

    @property
    def slowest(self) -> tuple[Entry, ...]:
        """The graded submissions that took longest, the slowest first."""
        timed = [entry for entry in self.graded if entry.seconds is not None]
        return tuple(sorted(timed, key=lambda entry: entry.seconds or 0.0, reverse=True)[:SLOWEST])

    @property
    def walls(self) -> list[tuple[str, str, int]]:
        """What was known of the walls, when last, and how many submissions were graded behind."""
        known = sorted(entry.walls.partition(" at ")[::2] for entry in self.entries if entry.walls)
        counts = Counter(what for what, _ in known)
        return [(what, when, counts[what]) for what, when in dict(known).items()]

    @property
    def asking(self) -> tuple[Entry, ...]:
        """Of whose notebooks something could not be decided."""
        return tuple(entry for entry in self.entries if entry.questions)

    @property
    def mean(self) -> float:
        """The mean total of the graded."""
        return statistics.fmean(entry.total for entry in self.graded) if self.graded else 0.0

    @property
    def median(self) -> float:
        """The median total of the graded."""
        return statistics.median(entry.total for entry in self.graded) if self.graded else 0.0

    @property
    def distribution(self) -> list[tuple[float, float, int]]:
        """From, to and how many of the graded; the last range includes all points."""
        width = self.maximum / BINS
        counts = Counter(
            min(int(entry.total / width), BINS - 1) if width else 0 for entry in self.graded
        )
        return [(width * i, width * (i + 1), counts[i]) for i in range(BINS)]


def write(course: Any, unit: str) -> Path:
    """Write `class-report-UNIT.html` into the course folder.

    Args:
        course: nbgrader's `CourseDirectory`.
        unit: the unit's name.
    """
    return put(course, summary(course, unit))


def put(course: Any, found: Summary) -> Path:
    """Write the page of a summary into the course folder."""
    path = Path(course.root) / f"class-report-{found.unit}.html"
    write_atomically(path, page(found))
    return path


def summary(course: Any, unit: str) -> Summary:
    """What the gradebook and the autograded notebooks say of a unit."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        late_work = LateWork(course)
        late_work.settle(gradebook, unit)
        tests = {c.name: c.max_score for c in gradebook.find_notebook(unit, unit).grade_cells}
        names = [student.id for student in gradebook.students]
        entries = [_entry(course, gradebook, unit, name, late_work) for name in sorted(names)]
        due = late_work.rule(gradebook.find_assignment(unit)).words()
    known = similarity.known(Unit(unit, Path(course.root)))
    return summarised(unit, tests, entries, due, known)


def summarised(
    unit: str,
    tests: dict[str, float],
    entries: Iterable[Entry],
    due: str = "",
    known: Known | None = None,
) -> Summary:
    """The summary of a class.

    Args:
        unit: the unit's name.
        tests: the most that each test gives.
        entries: all students.
        due: what holds for late work, in words.
        known: answers that say nothing when they are alike.
    """
    entries = tuple(entries)
    graded = [entry for entry in entries if not entry.not_graded]
    exercises = tuple(_exercise(test, points, graded) for test, points in tests.items())
    similar = tuple(
        similarity.alike({entry.student: entry.forms for entry in entries}, known or Known())
    )
    in_order = _in_order(exercises, graded)
    return Summary(unit, sum(tests.values()), entries, in_order, due, similar)


def page(found: Summary) -> str:
    """The summary as one HTML page."""
    return template("class_report.html.j2").render(found=found, least=item_analysis.LEAST)


def _entry(
    course: Any, gradebook: Gradebook, unit: str, student: str, late_work: LateWork
) -> Entry:
    notebook = graded_notebook(course, gradebook, unit, student)
    if isinstance(notebook, str):
        due = late_work.awaited(gradebook.find_assignment(unit), student)
        return Entry(student, not_graded=notebook, handed_in=due)
    entry = gradebook.find_submission_notebook(unit, unit, student)
    submission = gradebook.find_submission(unit, student)
    penalty = submission.late_submission_penalty or 0.0
    return Entry(
        student,
        {grade.name: grade.score for grade in entry.grades},
        max(0.0, entry.score - penalty),
        tuple(replace(result, html="") for result in results(notebook)),  # classes are large
        refused(notebook),
        notebook.metadata.get(KEY, {}).get("seconds"),
        notebook.metadata.get(KEY, {}).get("walls", ""),
        late_work.lateness(submission).words,
        late_work.sentence(submission, penalty),
        tuple(questions(notebook)),
        similarity.forms(notebook),
    )


def _exercise(test: str, maximum: float, graded: list[Entry]) -> ExerciseSummary:
    points = [entry.points.get(test, 0.0) for entry in graded]
    others = [sum(entry.points.values()) - one for entry, one in zip(graded, points, strict=True)]
    misconceptions: Counter[str] = Counter()
    reasons: dict[str, list[str]] = {}
    for entry in graded:
        for result in entry.results:
            if result.test == test:
                misconceptions.update({c.misconception for c in result.cases if c.misconception})
                if result.problem:
                    reasons.setdefault(result.problem, []).append(entry.student)
    return ExerciseSummary(
        test.removesuffix("-test"),
        maximum,
        sum(number >= maximum for number in points),
        statistics.fmean(points) if points else 0.0,
        len(graded),
        tuple(misconceptions.most_common()),
        tuple((why, tuple(who)) for why, who in sorted(reasons.items(), key=_how_many)),
        item_analysis.discrimination(points, others),
    )


def _how_many(reason: tuple[str, list[str]]) -> int:
    return -len(reason[1])


def _in_order(
    exercises: Iterable[ExerciseSummary], graded: list[Entry]
) -> tuple[ExerciseSummary, ...]:
    """As the exercises stand in the notebook; the gradebook does not know."""
    order = [result.exercise for entry in graded[:1] for result in entry.results]
    places = {name: place for place, name in enumerate(order)}
    return tuple(sorted(exercises, key=lambda exercise: places.get(exercise.name, len(places))))
