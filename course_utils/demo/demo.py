"""`course demo`: releases the units, makes a sample class, grades it and shows what came out."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import nbformat
from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress, TaskID
from rich.table import Table
from rich.text import Text

from course_utils.demo.sample_class import Submission, WrongAnswer, submissions
from course_utils.errors import CourseError
from course_utils.gradebook.classroom import Classroom, Grade, load_config
from course_utils.grading.console import progress_bar
from course_utils.repository import Unit, repository, units
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.warm_process import try_out

STEPS_A_UNIT = 8
"""One release and seven students; the progress bar counts them."""


def run(
    names: list[str],
    folder: Path | None,
    wrong_answers: Callable[[Unit], Iterable[WrongAnswer]],
) -> int:
    """Grade a sample class in a new folder and print its grades.

    Args:
        names: the units, or none for all.
        folder: a folder that does not exist yet; by default `course-demo-DATE-TIME` here.
        wrong_answers: gives a unit's typical wrong answers.

    Returns:
        0 when every submission came out as it should, else 1.

    Raises:
        CourseError: for an unknown or unbuilt unit, a folder that exists, or a release that fails.
    """
    root = repository()
    chosen = units(root, names)
    for unit in chosen:
        if not unit.source.is_file():
            raise CourseError(f"{unit.name} is not built yet: run `course build {unit.name}`.")
    console = Console()
    folder = _new_folder(folder)
    console.print(f"A sample class works in {folder}", soft_wrap=True, markup=False)
    config = load_config(root)
    try:
        try_out()
    except NoSandboxError as error:
        config.RefereeExecute.unsafe = True
        console.print(
            f"Without a sandbox, since {error.why}: these sample answers are this course's own.",
            soft_wrap=True,
            markup=False,
        )
    classroom = Classroom(folder, config)
    surprises = []
    with progress_bar(console) as progress:
        task = progress.add_task("", total=STEPS_A_UNIT * len(chosen))
        graded = [
            (unit, _grade_class(classroom, unit, wrong_answers(unit), progress, task))
            for unit in chosen
        ]
    for unit, outcomes in graded:
        console.rule(unit.name)
        for submission, grade in outcomes:
            _print_cases(console, submission, grade)
        surprises += _surprises(outcomes)
    for unit, outcomes in graded:  # last, so that they stay on the screen
        console.print()
        console.print(_grade_table(unit, outcomes))
    console.print(f"Feedback pages: {folder / 'feedback'}", soft_wrap=True, markup=False)
    console.print(f"Grades as CSV:  {classroom.export()}", soft_wrap=True, markup=False)
    for surprise in surprises:
        console.print(f"Unexpected: {surprise}", style="bold red", markup=False)
    return 1 if surprises else 0


def _new_folder(folder: Path | None) -> Path:
    folder = folder or Path.cwd() / f"course-demo-{datetime.now():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise CourseError(f"{folder} exists already: name a folder that does not.") from error
    return folder.resolve()


def _grade_class(
    classroom: Classroom,
    unit: Unit,
    wrong: Iterable[WrongAnswer],
    progress: Progress,
    task: TaskID,
) -> list[tuple[Submission, Grade]]:
    progress.update(task, description=f"{unit.name}: release")
    shutil.copytree(
        unit.source.parent,
        classroom.folder / "solutions" / unit.name,
        ignore=shutil.ignore_patterns("*.py", ".*", "__pycache__"),
    )
    source = nbformat.read(unit.source, as_version=4)
    release = classroom.release(unit.name)
    progress.advance(task)
    outcomes = []
    for submission in submissions(source, release, wrong):
        progress.update(task, description=f"{unit.name}: {submission.student}")
        classroom.enrol(submission.student)
        classroom.hand_in(submission.student, unit.name, submission.content)
        grade = classroom.grade(unit.name, submission.student)
        if grade.results:
            classroom.give_feedback(unit.name, submission.student)
        outcomes.append((submission, grade))
        progress.advance(task)
    return outcomes


def _grade_table(unit: Unit, outcomes: list[tuple[Submission, Grade]]) -> Table:
    table = Table(title=unit.name, title_justify="left", title_style="bold")
    table.add_column("student")
    table.add_column("notebook")
    table.add_column("points", justify="right")
    table.add_column("not graded: reason")
    for submission, grade in outcomes:
        points = f"{grade.total:g} of {grade.total_maximum:g}"
        table.add_row(submission.student, submission.sketch, points, Text(grade.not_graded))
    return table


def _print_cases(console: Console, submission: Submission, grade: Grade) -> None:
    console.print()
    console.print(Text(f"{submission.student}, {submission.sketch}", style="bold"))
    if grade.not_graded:
        _print_indented(console, 2, Text(f"not graded: {grade.not_graded}"))
        return
    for result in grade.results:
        points = f"{grade.points[result.test]:g} of {grade.maximum[result.test]:g} points"
        _print_indented(console, 2, Text(f"{result.exercise}: {points}"))
        if result.problem:
            _print_indented(console, 4, Text(result.problem))
        previous = ""
        for case in result.cases:
            mark = ("passed  ", "green") if case.passed else ("failed  ", "red")
            hint = "as above" if case.hint == previous else case.hint
            said = f" – {hint}" if case.hint else ""
            _print_indented(console, 4, Text.assemble(mark, case.name + said))
            previous = case.hint or previous


def _print_indented(console: Console, spaces: int, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, spaces), expand=False))


def _surprises(outcomes: list[tuple[Submission, Grade]]) -> list[str]:
    """Submissions that were graded against expectation, or not graded against it."""
    found = []
    for submission, grade in outcomes:
        who = f"{submission.student} ({submission.sketch})"
        if submission.gradable and grade.not_graded:
            found.append(f"{who} could not be graded. {grade.not_graded}")
        elif not submission.gradable and not grade.not_graded:
            found.append(f"{who} was graded.")
        elif submission.full_marks and grade.points != grade.maximum:
            found.append(f"{who} has {grade.total:g} of {grade.total_maximum:g} points.")
    return found
