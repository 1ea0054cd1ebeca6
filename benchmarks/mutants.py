"""Mutation testing of the checks: prints every mutant's fate by unit and exercise.

Run: python benchmarks/mutants.py [UNIT ...]
"""

import sys
import time
from collections import Counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from course_utils.authoring.mutation import judge
from course_utils.repository import repository, units


def main(names: list[str]) -> int:
    """Judge all mutants; the exit status is the number of unexplained survivors, at most 99."""
    console = Console()
    unexplained = 0
    for unit in units(repository(), names):
        start = time.perf_counter()
        verdicts = list(track(judge(unit), description=unit.name, console=console))
        table = Table("exercise", "killed", "timeout", "explained", "survived", title=unit.name)
        for exercise in dict.fromkeys(verdict.mutant.exercise for verdict in verdicts):
            counts = Counter(v.outcome for v in verdicts if v.mutant.exercise == exercise)
            kinds = ("killed", "timeout", "explained", "survived")
            table.add_row(exercise, *(str(counts[kind]) for kind in kinds))
        console.print(table)
        for verdict in verdicts:
            if verdict.outcome in ("explained", "survived"):
                name = f"{verdict.mutant.exercise}: {verdict.mutant.change}"
                console.print(f"{verdict.outcome}: {name}  {verdict.reason}", markup=False)
        unexplained += sum(verdict.outcome == "survived" for verdict in verdicts)
        console.print(f"{len(verdicts)} mutants in {time.perf_counter() - start:.0f} s")
    return min(unexplained, 99)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
