"""Seconds and peak memory of every unit, top to bottom: the bars are 30 s, 60 s busy, and 1 GiB.

Memory is resident memory summed over the kernel's process tree, sampled every 50 ms (bar with
PyTorch's CUDA build: 1.1 GiB). `--as-student` runs the kernel as a student's is started, with as
many threads as libraries take by themselves; `--busy` keeps every core busy with another process.

Run: python benchmarks/units.py [UNIT ...] [--as-student] [--busy]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from nbclient import NotebookClient
from rich.console import Console
from rich.table import Table

from course_utils.authoring.environment import environment
from course_utils.authoring.measure import Meter, Usage
from course_utils.authoring.notebook import read_script
from course_utils.repository import Unit, repository, units

FOREVER = (sys.executable, "-c", "while True: pass")


def measure(unit: Unit, as_student: bool) -> tuple[Usage, float]:
    """Run a unit in a fresh kernel; return what it used, and the seconds of its slowest cell."""
    notebook = read_script(unit.script)
    settings = environment(unit.root)
    if as_student:
        settings = {key: value for key, value in settings.items() if "_NUM_THREADS" not in key}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=900, resources={"metadata": {"path": folder}})
        with client.setup_kernel(env=settings):
            meter = Meter(client.km.provisioner.pid)
            for index, cell in enumerate(notebook.cells):
                started = time.perf_counter()
                client.execute_cell(cell, index)
                slowest = max(slowest, time.perf_counter() - started)
            usage = meter.stop()
    return usage, slowest


@contextmanager
def busy() -> Iterator[None]:
    """Keep every core busy meanwhile."""
    with ExitStack() as stack:
        for _ in range(os.cpu_count() or 1):
            stack.callback(subprocess.Popen(FOREVER).kill)
        yield


def main() -> None:
    """Print a table of the units."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("units", nargs="*", default=[])
    parser.add_argument("--as-student", action="store_true", help="without the builder's settings")
    parser.add_argument("--busy", action="store_true", help="beside a busy process for each core")
    options = parser.parse_args()
    table = Table("unit", "seconds", "slowest cell (s)", "peak (MiB)")
    with busy() if options.busy else ExitStack():
        for unit in units(repository(), options.units):
            usage, slowest = measure(unit, options.as_student)
            seconds = f"{usage.seconds:.1f}", f"{slowest:.1f}"
            table.add_row(unit.name, *seconds, f"{usage.peak / 2**20:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
