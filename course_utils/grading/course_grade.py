"""`course grade`: grades a class on several workers, and resumes where it was stopped."""

import contextlib
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, as_completed
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import nbformat
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SAWarning

from course_utils.errors import CourseError
from course_utils.files import is_full
from course_utils.gradebook.autograde import course_files, template_of
from course_utils.gradebook.changes import Change, Points, changes
from course_utils.gradebook.classroom import load_config
from course_utils.gradebook.hidden_seeds import HiddenSeeds
from course_utils.gradebook.options import GradingOptions
from course_utils.gradebook.remarks import Remark, alike, remarks_on, told, unfit_folders
from course_utils.gradebook.submitted import student_folders, submitted_notebook
from course_utils.gradebook.writer import Writer
from course_utils.grading.console import progress_bar
from course_utils.grading.workers import is_lost_worker, loss_of, pool, uninterrupted, work
from course_utils.judging.cell_names import imports_of
from course_utils.judging.check_versions import check_versions
from course_utils.judging.disposable import failure
from course_utils.judging.intake import all_handed_in
from course_utils.judging.overlay import grade_ids, read, without_random_ids
from course_utils.judging.tasks import Graded, Task, given_up
from course_utils.reports import class_report, grades_csv
from course_utils.repository import repository, units
from course_utils.sandbox.limits import UNSAFE
from course_utils.sandbox.warm_process import program
from course_utils.student_ids import printable

ROUNDS = 3
"""How often submissions whose worker was ended are given to others, before each goes alone."""


@dataclass(frozen=True)
class Outcome:
    """What came of a submission.

    Attributes:
        student: whose.
        points: that count, after a late penalty.
        reason: why it could not be read.
        seconds: that grading took; None where only its penalty changed.
        late: how late it is, in words; empty where the unit has no due date.
    """

    student: str
    points: float
    reason: str
    seconds: float | None
    late: str = ""


def run(
    name: str,
    students: list[str],
    workers: int | None,
    scheduler: str = "",
    *,
    again: bool = False,
    sandbox: str = "",
    preview: bool = False,
) -> int:
    """Grade the submissions to a unit; write gradebook, feedback, `grades.csv` and a class report.

    Args:
        name: the unit.
        students: whose submissions; all by default.
        workers: how many processes; as many as there are cores by default.
        scheduler: the address of a Dask scheduler, to use its workers instead.
        again: also what has been graded already and has not changed since.
        sandbox: who builds its walls, or `UNSAFE`; as configured by default.
        preview: grade, write nothing, and say whose points would change.

    Returns:
        0 when every submission has its points or its reason, else 1. Folders whose names are no
        ids have neither: they are named in the end, with the command that renames them.

    Raises:
        CourseError: for an unknown unit or student, or a machine without a sandbox.
    """
    if workers is not None and workers < 1:
        raise CourseError(f"Expected 1 worker (--workers) or more, got {workers}.")
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)  # nbgrader's tracebacks
    warnings.simplefilter("ignore", SAWarning)  # nbgrader's own use of SQLAlchemy
    root = repository()
    (unit,) = units(root, [name])
    config = load_config(root)
    course = CourseDirectory(config=config)
    course.root = str(root)
    options = GradingOptions.configured(config)
    if sandbox:
        options = replace(options, sandbox=sandbox, unsafe=False)
    is_unsafe = options.sandbox == UNSAFE
    if not (is_unsafe or scheduler):
        program(options.sandbox)
    tasks = list(tasks_of(course, unit.name, students, options))
    console = Console()
    if is_unsafe:
        console.print("Without a sandbox: student code runs with your rights.", style="bold yellow")
    outcomes: dict[str, Outcome] = {}
    unwritten: dict[str, str] = {}
    with Writer(course, config) as writer, progress_bar(console) as progress:
        dropped = writer.dropped_due_date(unit.name)
        todo = [task for task in tasks if again or not writer.has(task)]
        before = writer.points(unit.name)
        checks = {task.student: writer.other_checks(task) for task in todo}
        count = min(workers or os.cpu_count() or 1, max(len(todo), 1))
        if preview:
            return _preview(console, unit.name, todo, writer, before, checks, count, scheduler)
        by_student = {task.student: task for task in todo}
        bar = progress.add_task(f"{unit.name}: grading", total=len(todo))

        def take(graded: Graded) -> None:
            student, reason, points = graded.student, graded.refused, 0.0
            try:
                points = writer.write(graded)
            except Exception as error:  # what is wrong with one must not stop the others
                if is_full(error):
                    raise
                reason = unwritten[student] = str(failure(error))
            outcomes[student] = Outcome(student, points, reason, graded.seconds)
            progress.advance(bar)

        lost = grade_all(todo, take, count, scheduler)
        lost |= unwritten
        for student, why in lost.items():
            take(given_up(by_student[student], why))
        same = {task.student for task in tasks} - by_student.keys()
        standings = writer.bring_up_to_date(unit.name, same, by_student.keys())
        changed = changes(before, writer.points(unit.name), checks)
    refused = {} if students else unfit_folders(student_folders(course, unit.name), root)
    report = class_report.write(course, unit.name)
    grades = grades_csv.export(NbGraderAPI(course, config=config), root / "grades.csv")
    for student, standing in standings.items():
        if standing.problem:
            lost[student] = standing.problem
        if student in outcomes or standing.points != standing.before or standing.problem:
            outcome = outcomes.get(student, Outcome(student, 0.0, standing.problem, None))
            outcomes[student] = replace(outcome, points=standing.points, late=standing.late)
    if outcomes:
        had = {change.student: change.before.total for change in changed}
        console.print(_table(unit.name, outcomes, had))
    _tell(console, "Points that changed:", changed)
    console.print(f"{len(tasks) - len(todo)} of {len(tasks)} submissions had been graded before.")
    console.print(f"Grades as CSV: {grades}", soft_wrap=True, markup=False)
    console.print(f"Class report:  {report}", soft_wrap=True, markup=False)
    submitted = _submitted(course, unit.name)
    twins = [] if students else alike({path.parents[1] for path in submitted.values()}, root)
    each = (remarks_on(submitted[task.student].parent) for task in tasks)
    dates = [Remark(unit.name, dropped)] if dropped else []
    for line in told([*dates, *refused.values(), *twins, *chain.from_iterable(each)]):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    return 1 if lost or refused else 0


def _preview(
    console: Console,
    unit: str,
    todo: list[Task],
    writer: Writer,
    before: dict[str, Points],
    checks: dict[str, frozenset[str]],
    workers: int,
    scheduler: str,
) -> int:
    """Say whose points would change; nothing is written. 1 where somebody cannot be graded."""
    known = [task for task in todo if task.student in before]
    after: dict[str, Points] = {}

    def take(graded: Graded) -> None:
        after[graded.student] = writer.preview(graded)

    lost = grade_all(known, take, workers, scheduler)
    changed = changes(before, after, checks)
    console.print(
        f"{unit}: of {len(before)} graded, {len(known)} would be graded anew, {len(changed)} would "
        f"have other points; {len(todo) - len(known)} would be graded for the first time. Nothing "
        "is written.",
        soft_wrap=True,
        highlight=False,
    )
    others = sorted({test for student in after for test in checks[student]})
    if others:
        names = ", ".join(test.removesuffix("-test") for test in others)
        console.print(f"Checks that are others now: {names}", soft_wrap=True, highlight=False)
    _tell(console, "Points that would change:", changed)
    for line in told(Remark(student, f"cannot be graded: {why}") for student, why in lost.items()):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    return 1 if lost else 0


def _tell(console: Console, title: str, changed: list[Change]) -> None:
    for line in [title, *(f"  {change}" for change in changed)] if changed else []:
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def grade_all(
    tasks: list[Task], take: Callable[[Graded], None], workers: int, scheduler: str = ""
) -> dict[str, str]:
    """Grade tasks in workers; each result is handed to `take`, in this process.

    A worker that dies takes no submission with it: those that it had are given to others.

    Args:
        tasks: of one student each.
        take: gets each result, one after the other.
        workers: how many processes on this machine.
        scheduler: the address of a Dask scheduler, to use its workers instead.

    Returns:
        The students for whom every try failed, and why.

    Raises:
        CourseError: when no worker can be had, or the scheduler goes away.
    """
    left = {task.student: task for task in tasks}
    suspects: dict[str, Task] = {}
    for _ in range(ROUNDS):
        if left:
            with _pool(workers, scheduler, left) as executor:
                errors = _one_round(executor, left, take)
            suspects |= {s: left.pop(s) for s, e in errors.items() if not is_lost_worker(e)}
    return _each_alone(left | suspects, take, scheduler)


def _each_alone(
    left: dict[str, Task], take: Callable[[Graded], None], scheduler: str
) -> dict[str, str]:
    """Grade what was lost beside others, one after the other; why some are lost again."""
    lost: dict[str, str] = {}
    while left:
        with _pool(1, scheduler, left) as executor:
            for student in list(left):
                alone = {student: left.pop(student)}
                error = _one_round(executor, alone, take).get(student)
                if error is not None:
                    lost[student] = str(loss_of(error))
                if is_lost_worker(error):
                    break  # another worker for the others
    return lost


def _pool(
    workers: int, scheduler: str, tasks: dict[str, Task]
) -> contextlib.AbstractContextManager[Executor]:
    task = next(iter(tasks.values()))
    return pool(workers, scheduler, imports_of(read(task.template)), task.sandbox)


def _one_round(
    executor: Executor, left: dict[str, Task], take: Callable[[Graded], None]
) -> dict[str, Exception]:
    """Give every task to a worker; what comes back is taken out of `left`, the errors remain."""
    with uninterrupted():  # the first tasks start the workers
        futures = {executor.submit(work, task): task.student for task in left.values()}
    errors: dict[str, Exception] = {}
    for future in as_completed(futures):
        student = futures.pop(future)
        try:
            graded = future.result()
        except CancelledError as error:
            raise CourseError(
                "The scheduler has gone. What was graded is written: run the command again."
            ) from error
        except CourseError:
            raise  # there is no sandbox here, or the lesson itself does not run
        except Exception as error:  # a fault of ours in one submission is not the others'
            errors[student] = error
        else:
            take(graded)
            del left[student]
    return errors


def tasks_of(
    course: CourseDirectory, unit: str, students: list[str], options: GradingOptions
) -> Iterator[Task]:
    """The tasks of a class, the submissions read.

    Raises:
        CourseError: when there is nothing from one of these students, or from anybody; when the
            secret of the class cannot be had.
    """
    base = template_of(course, unit)
    template, names = nbformat.writes(base), grade_ids(base)
    found = _submitted(course, unit)
    unknown = sorted(set(students) - set(found))
    if unknown:
        raise CourseError(f"No submission to {unit} from {', '.join(unknown)}.")
    if not found:
        refused = unfit_folders(student_folders(course, unit), Path(course.root))
        none = f"There are no submissions to {unit} in {course.submitted_directory}/."
        raise CourseError("\n".join([none, *told(refused.values())]))
    chosen, known = students or list(found), course_files(course)
    seeds, checks = HiddenSeeds(course, unit, base), check_versions(base)
    read_in = all_handed_in((found[student] for student in chosen), names, known)
    for student, submission in zip(chosen, read_in, strict=True):
        submission = without_random_ids(base, submission)
        draw = seeds.draw(student, submission)
        yield Task(
            student, unit, template, submission, options.limits, draw, options.sandbox, checks
        )


def _submitted(course: CourseDirectory, unit: str) -> dict[str, Path]:
    """The notebook of each student who handed something in, whether it is there or not."""
    folders = student_folders(course, unit)
    refused = unfit_folders(folders, Path(course.root))
    return {
        folder.name: submitted_notebook(folder / unit, unit)
        for folder in folders
        if folder not in refused
    }


def _table(unit: str, outcomes: dict[str, Outcome], had: Mapping[str, float]) -> Table:
    """What came of the submissions; `had` has the points of those who had others before."""
    table = Table(title=unit, title_justify="left", title_style="bold")
    has_due_date = any(outcome.late for outcome in outcomes.values())
    late, before = ("late",) if has_due_date else (), ("before",) if had else ()
    for column in ("student", *before, "points", *late, "seconds", "not graded: reason"):
        is_number = column in ("before", "points", "seconds")
        table.add_column(column, justify="right" if is_number else "left")
    for student, outcome in sorted(outcomes.items()):
        seconds = "" if outcome.seconds is None else f"{outcome.seconds:.1f}"
        earlier = [f"{had[student]:g}" if student in had else ""] if had else []
        numbers = [
            *earlier,
            f"{outcome.points:g}",
            *([outcome.late] if has_due_date else []),
            seconds,
        ]
        table.add_row(Text(printable(student)), *numbers, Text(printable(outcome.reason)))
    return table
