"""Mutation testing of the checks: prints the fate of mutants by unit and exercise.

All mutants of the solutions; with --variants those of the other right answers, as many as the
seconds allow.

Run: python benchmarks/mutants.py [--variants] [--seconds 120] [UNIT ...]
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import track
from rich.table import Table

from course_utils.authoring.mutation import Verdict, judge, mutants, mutants_of_variants
from course_utils.repository import repository, units


def main() -> int:
    """Judge mutants; the exit status is the number of unexplained survivors, at most 99."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units", nargs="*")
    parser.add_argument("--variants", action="store_true", help="mutate the variants instead")
    parser.add_argument("--seconds", type=float, default=120, help="for the variants of a unit")
    options = parser.parse_args()
    console = Console()
    unexplained = 0
    for unit in units(repository(), options.units):
        start = time.perf_counter()
        if options.variants:
            chosen = mutants_of_variants(unit)
            verdicts = list(within(options.seconds, judge(unit, chosen)))
        else:
            chosen = list(mutants(unit))
            verdicts = list(track(judge(unit, chosen), unit.name, len(chosen), console=console))
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
        seconds = time.perf_counter() - start
        console.print(f"{len(verdicts)} of {len(chosen)} mutants in {seconds:.0f} s")
    return min(unexplained, 99)


def within(seconds: float, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """As many verdicts as come in this time."""
    end = time.perf_counter() + seconds
    for verdict in verdicts:
        yield verdict
        if time.perf_counter() > end:
            return


if __name__ == "__main__":
    sys.exit(main())
