"""Submissions a minute: stock nbgrader, `nbgrader autograde` with our grader, and `course grade`.

Run `python benchmarks/grading.py [UNIT…] [--class N] [--stock N]` in the repository. The class is
the sample class over and over, without the truncated file, at which stock nbgrader gives up. Stock
nbgrader grades fewer (`--stock`), since its time per submission does not depend on the others.
Start-up (imports, the warm process) is told apart: a class pays it once.
"""

import argparse
import os
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice

import nbformat
import psutil
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from rich.table import Table
from sample_course import released
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from course_utils.authoring import answers
from course_utils.checks import exercises
from course_utils.demo.sample_class import submissions
from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.gradebook.options import GradingOptions
from course_utils.gradebook.writer import Writer
from course_utils.grading.course_grade import grade_all, tasks_of
from course_utils.judging import grader
from course_utils.judging.submission import worth_running
from course_utils.judging.tasks import Graded
from course_utils.repository import Unit, repository, units

ROOT = repository()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("units", nargs="*", default=[])
    parser.add_argument("--class", dest="students", type=int, default=60)
    parser.add_argument("--stock", type=int, default=6, help="students for stock nbgrader")
    options = parser.parse_args()
    warnings.simplefilter("ignore", SAWarning)
    console = Console()
    for unit in units(ROOT, options.units):
        table = Table(title=f"{unit.name}, {options.students} students, {os.cpu_count()} cores")
        columns = ("grader", "students", "s each", "per minute", "× stock", "start-up s", "MB")
        for column in columns:
            table.add_column(column, justify="left" if column == "grader" else "right")
        stock = row(table, "stock nbgrader", 0.0, *stock_nbgrader(unit, options.stock))
        row(table, "nbgrader autograde", stock, *autograde(unit, options.students))
        one = row(table, "course grade, 1 worker", stock, *course_grade(unit, options.students, 1))
        two = row(table, "course grade, 2 workers", stock, *course_grade(unit, options.students, 2))
        console.print(table)
        console.print(f"efficiency from 1 to 2 workers: {two / one / 2:.2f}")
        console.print(
            f"a full solution alone, without a grader, in one process: {alone(unit):.2f} s"
        )


def row(
    table: Table, name: str, stock: float, students: int, seconds: float, start: float, memory: int
) -> float:
    """Add a row; submissions a minute."""
    rate = 60 * students / seconds
    times = f"{rate / stock:.1f}" if stock else ""
    size = f"{memory / 1e6:.0f}" if memory else ""
    numbers = (f"{seconds / students:.2f}", f"{rate:.0f}", times, f"{start:.1f}", size)
    table.add_row(name, str(students), *numbers)
    return rate


@contextmanager
def class_of(unit: Unit, students: int, config: Config) -> Iterator[Classroom]:
    """A course folder with the unit released and so many submissions."""
    with released(unit, config) as (classroom, release):
        source = nbformat.read(unit.source, as_version=4)
        known = submissions(source, release, answers.load(unit).wrong)
        known = [s for s in known if s.gradable and s.sketch != "wrong-schema metadata"]
        for number, submission in enumerate(islice(cycle(known), students)):
            classroom.hand_in(f"student{number:03}", unit.name, submission.content)
        yield classroom


def stock_nbgrader(unit: Unit, students: int) -> tuple[int, float, float, int]:
    config = Config()
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "notebooks"
    config.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
    config.Execute.timeout = 120
    with class_of(unit, students, config) as classroom:
        started = time.perf_counter()
        for number in range(students):
            classroom.api.autograde(unit.name, f"student{number:03}")
        return students, time.perf_counter() - started, 0.0, 0


def autograde(unit: Unit, students: int) -> tuple[int, float, float, int]:
    """One process, as the command `nbgrader autograde UNIT`; the first submission is start-up."""
    with class_of(unit, students, load_config(ROOT)) as classroom:
        started = time.perf_counter()
        classroom.api.autograde(unit.name, "student000")
        warm = time.perf_counter()
        classroom.api.autograde(unit.name, "*", force=False)
        done = time.perf_counter()
    grader.close()
    return students - 1, done - warm, warm - started, 0


def course_grade(unit: Unit, students: int, workers: int) -> tuple[int, float, float, int]:
    """What `course grade` does, feedback pages included; a worker's memory beyond shared pages."""
    config = load_config(ROOT)
    with class_of(unit, students, config) as classroom:
        course = CourseDirectory(config=config)
        course.root = str(classroom.folder)
        course.db_url = classroom.course.db_url
        todo = list(tasks_of(course, unit.name, [], GradingOptions.configured(config)))
        times: list[float] = []
        with Writer(course, config) as writer, watched() as peak:

            def take(graded: Graded) -> None:
                writer.write(graded)
                times.append(time.perf_counter())
                if len(times) == workers:
                    peak[0] = 0  # before, the pages to be shared were one process's own

            started = time.perf_counter()
            assert not grade_all(todo, take, workers)
        first = times[workers - 1]  # when every worker is warm
        return students - workers, times[-1] - first, first - started, peak[0] // workers


@contextmanager
def watched() -> Iterator[list[int]]:
    """The peak of the private memory of this process's descendants, in bytes.

    It is looked at every four seconds, since a look takes about 0.1 s of CPU time.
    """
    peak, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(4):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    total += process.memory_full_info().uss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def alone(unit: Unit) -> float:
    """Seconds that a full solution takes by itself, in one process, without any grader.

    Its cells that a grader runs, and the calls of all checks with a hidden seed; both are warm.
    """
    cells = nbformat.read(unit.source, as_version=4).cells
    pieces = [compile(cells[at].source, "<cell>", "exec") for at in worth_running(cells)]
    right = {answer.exercise: answer for answer in answers.load(unit).variants}
    checks = [exercise for exercise in exercises(unit.topic).values() if exercise.name in right]
    for seed in (1, 2):
        started, names = time.perf_counter(), {}
        for piece in pieces:
            exec(piece, names)  # noqa: S102  (our own lesson)
        for check in checks:
            check(*right[check.name].functions, seed=seed)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
