"""Seconds to draw 1,000 phantoms of each kind and size, and to load the stand-ins.

Run: python benchmarks/data.py [REPEATS]
"""

import contextlib
import io
import os
import sys
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.progress import track
from rich.table import Table

from course_utils import data

N = 1000
BUDGET = 1.0  # seconds for N images


def fastest(action: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The least seconds of several runs, on the clock and of the processor (no other work)."""
    clock, processor = [], []
    for _ in range(repeats):
        start, busy = time.perf_counter(), time.process_time()
        action()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return min(clock), min(processor)


def load_quietly(name: str, size: int) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        data.load(name, size)


def main(repeats: int) -> None:
    """Time everything and print the table."""
    os.environ["COURSE_DATA_SOURCE"] = "phantoms"
    actions = {}
    for size in (28, 64):
        square = f"{size}×{size}"
        actions[f"{N} chest, {square}"] = partial(data.phantoms.chest, N, size)
        actions[f"{N} chest with marker, {square}"] = partial(
            data.phantoms.chest, N, size, marker=0.95
        )
        actions[f"{N} modalities, {square}"] = partial(data.phantoms.modalities, N, size)
    for name in ("pneumoniamnist", "mednist"):
        actions[f"stand-in for {name}, 28×28"] = partial(load_quietly, name, 28)
    table = Table(
        "what", "seconds", "of the processor", f"budget, {N} images", title=f"fastest of {repeats}"
    )
    for what, action in track(actions.items(), "Drawing", transient=True):
        budget = f"{BUDGET:.1f}" if what.startswith(str(N)) else ""
        clock, processor = fastest(action, repeats)
        table.add_row(what, f"{clock:.2f}", f"{processor:.2f}", budget)
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
