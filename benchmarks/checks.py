"""Time of each check with its visible cases, on a right answer: the bar is 1 s.

Run: python benchmarks/checks.py [UNIT ...]
"""

import statistics
import sys
import time

from rich.console import Console
from rich.table import Table

from course_utils.authoring.answers import load
from course_utils.checks import exercises
from course_utils.repository import repository, units

RUNS = 5


def main(names: list[str]) -> None:
    """Print first and median seconds of every exercise's check over its slowest variant."""
    table = Table("unit", "exercise", "first (s)", "median (s)")
    for unit in units(repository(), names):
        variants = load(unit).variants
        for exercise in exercises(unit.topic).values():
            slowest = (0.0, 0.0)
            for answer in variants:
                if answer.exercise == exercise.name:
                    times = []
                    for _ in range(RUNS):
                        start = time.perf_counter()
                        exercise(*answer.functions)
                        times.append(time.perf_counter() - start)
                    slowest = max(slowest, (statistics.median(times), times[0]))
            table.add_row(unit.name, exercise.name, f"{slowest[1]:.3f}", f"{slowest[0]:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
