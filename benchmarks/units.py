"""Seconds and peak memory of every unit, top to bottom: the bars are 60 s and 1 GiB (CUDA: 1.3).

Memory is resident memory summed over the kernel's process tree, sampled every 50 ms.

Run: python benchmarks/units.py [UNIT ...]
"""

import sys
import tempfile

from nbclient import NotebookClient
from rich.console import Console
from rich.table import Table

from course_utils.authoring.environment import environment
from course_utils.authoring.measure import Meter
from course_utils.authoring.notebook import read_script
from course_utils.repository import Unit, repository, units


def measure(unit: Unit) -> tuple[float, int]:
    """Run a unit in a fresh kernel; return its seconds and its peak memory in bytes."""
    notebook = read_script(unit.script)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}})
        with client.setup_kernel(env=environment(unit.root)):
            meter = Meter(client.km.provisioner.pid)
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            usage = meter.stop()
    return usage.seconds, usage.peak


def main(names: list[str]) -> None:
    """Print a table of all units."""
    table = Table("unit", "seconds", "peak (MiB)")
    for unit in units(repository(), names):
        seconds, peak = measure(unit)
        table.add_row(unit.name, f"{seconds:.1f}", f"{peak / 2**20:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
