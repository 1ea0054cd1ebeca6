"""Fuzzing of intake, codec and channel: the properties that pytest tries for a moment, for longer.

Run: python benchmarks/fuzz.py [--seconds 600] [--seed 1] [intake] [protocol]
"""

import argparse
import sys
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis.errors import HypothesisWarning
from rich.console import Console
from rich.table import Table

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "shared"))

from fuzzing import PROPERTIES

EXAMPLES = 200
"""Inputs of a round; each round has a seed of its own."""


def main() -> int:
    """Try each property in turn until the time is up; the number of those that failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="*", help=f"of {', '.join(PROPERTIES)}; all by default")
    parser.add_argument("--seconds", type=float, default=600, help="in all (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the first round (%(default)s)")
    options = parser.parse_args()
    if unknown := set(options.what) - set(PROPERTIES):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    warnings.simplefilter("ignore", HypothesisWarning)  # on the length of a representation
    checks = list(HealthCheck)
    long = settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=checks
    )
    left = [long(holds) for name in options.what or PROPERTIES for holds in PROPERTIES[name]]
    rounds: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    failed = {}
    number, end = options.seed, time.monotonic() + options.seconds
    while left and time.monotonic() < end:
        for holds in list(left):
            name = holds.__name__
            began = time.monotonic()
            try:
                seed(number)(holds)()
            except Exception:
                failed[name] = number
                left.remove(holds)
                traceback.print_exc()
            rounds[name] += 1
            spent[name] += time.monotonic() - began
        number += 1
    table = Table("property", "inputs", "inputs a second", "failed at seed")
    for name, count in rounds.items():
        inputs = EXAMPLES * count
        table.add_row(name, f"{inputs:,}", f"{inputs / spent[name]:.0f}", str(failed.get(name, "")))
    Console().print(table)
    return min(len(failed), 99)


if __name__ == "__main__":
    sys.exit(main())
