"""Seconds for each submission: stock nbgrader against this repository's configuration.

Run `python benchmarks/nbgrader_stock.py [UNIT] [--students N]` in the repository. Both grade the
same full solution of a built unit in this process, one student after the other. Stock nbgrader
reads and writes the same folders, but runs its own steps on every cell.
"""

import argparse
import statistics
import time

import nbformat
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sample_course import released
from traitlets.config import Config

from course_utils.demo.sample_class import filled, solutions, to_bytes
from course_utils.gradebook.classroom import load_config
from course_utils.repository import repository, units


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("unit", nargs="?", default="03-convolution")
    parser.add_argument("--students", type=int, default=5)
    options = parser.parse_args()
    root = repository()
    (unit,) = units(root, [options.unit])
    stock = Config()
    stock.CourseDirectory.source_directory = "solutions"
    stock.CourseDirectory.release_directory = "notebooks"
    stock.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
    table = Table(title=f"{unit.name}, full solution, {options.students} students")
    for column in ("configuration", "median s", "fastest s", "slowest s"):
        table.add_column(column, justify="left" if column == "configuration" else "right")
    for name, config in (("stock nbgrader", stock), ("this repository", load_config(root))):
        seconds = measure(unit, config, options.students, name)
        table.add_row(name, *(f"{f(seconds):.2f}" for f in (statistics.median, min, max)))
    Console().print(table)


def measure(unit, config: Config, students: int, name: str) -> list[float]:
    """Seconds of autograding for each student, in a course folder of its own."""
    with released(unit, config) as (classroom, release):
        content = to_bytes(filled(release, solutions(nbformat.read(unit.source, as_version=4))))
        seconds = []
        for number in track(range(students), description=name, transient=True):
            student = f"student{number}"
            classroom.hand_in(student, unit.name, content)
            start = time.perf_counter()
            grade = classroom.grade(unit.name, student)
            seconds.append(time.perf_counter() - start)
            assert not grade.not_graded, grade.not_graded
        return seconds


if __name__ == "__main__":
    main()
