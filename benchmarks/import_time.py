"""Time to `import course_utils`, beside an empty Python: the bar is 0.1 s.

Run: python benchmarks/import_time.py
"""

import statistics
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

RUNS = 15
STATEMENTS = {
    "nothing": "pass",
    "course_utils": "import course_utils",
    "the command's --help": "from course_utils import cli; cli._parser()",
    "the checks of 03-convolution": "import course_utils.checks.convolution",
    "the widgets of 03-convolution": "import course_utils.widgets.convolution",
}


def seconds(statement: str) -> float:
    """Wall seconds of a Python process that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print medians over runs in turn, and what each costs beyond an empty process."""
    times = {name: [] for name in STATEMENTS}
    for _ in range(RUNS):
        for name, statement in STATEMENTS.items():
            times[name].append(seconds(statement))
    empty = statistics.median(times["nothing"])
    table = Table("import", "median (s)", "beyond an empty process (s)")
    for name, values in times.items():
        middle = statistics.median(values)
        table.add_row(name, f"{middle:.3f}", f"{middle - empty:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
