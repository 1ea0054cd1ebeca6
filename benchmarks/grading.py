"""How fast a class is graded: stock nbgrader, ours through nbgrader, and `course grade`.

Run `python benchmarks/grading.py [UNIT …] [--students 60]` in the repository: a class hands in the
units built so far (full, half and wrong answers, an error of syntax, nothing), and every way grades
the same files in a new process, one way after the other.

- per minute: submissions, the start of the process included;
- s each: seconds from one result to the next, without the start;
- overhead: of those, what is not the students' code and the checks, which are run bare in a process
  of their own, everything imported;
- MiB a worker: the most that a worker and its sandbox hold for themselves (unique set size).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from rich.console import Console
from rich.table import Table
from sample_course import course_in, hand_in, make_course, sample

from course_utils.authoring import answers
from course_utils.grading.execute import template_of
from course_utils.grading.overlay import graded_notebook
from course_utils.repository import Unit, repository, units

STOCK = """
c = get_config()
c.CourseDirectory.course_id = "medical-imaging"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.ignore = ["*.py"]
"""


@dataclass
class Run:
    """One way over one unit."""

    submissions: int
    seconds: float
    each: float
    memory: float

    @property
    def per_minute(self) -> float:
        return 60 * self.submissions / self.seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("units", nargs="*")
    parser.add_argument("--students", type=int, default=60, help="in all units together")
    options = parser.parse_args()
    chosen = [unit for unit in units(repository(), options.units) if unit.source.is_file()]
    students = max(2, options.students // len(chosen))
    load = os.getloadavg()[0]
    console = Console(width=110)
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as temporary:
        for unit in chosen:
            console.print(measured(Path(temporary), unit, students))
    cores = os.cpu_count()
    console.print(f"{cores} cores; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


def measured(folder: Path, unit: Unit, students: int) -> Table:
    """A table with every way of grading one unit."""
    template = folder / unit.name
    make_course(template, unit, (), 0)
    everyone = sample(template, unit.name, answers.load(unit).wrong)
    honest = [s for s in everyone if s.student not in ("fatou", "goran")]  # stock stops at those
    hand_in(template, unit.name, honest, students)
    base = template_of(course_in(template), unit.name)
    files = sorted(template.glob("submitted/*/*/*.ipynb"))[: len(honest)]
    bare = bare_seconds([nbformat.writes(graded_notebook(base, file)) for file in files])
    nbgrader = [sys.executable, "-m", "nbgrader", "autograde", unit.name]
    course = [sys.executable, "-m", "course_utils.cli", "grade", unit.name, "--workers"]
    ways = {
        "stock nbgrader": (nbgrader, STOCK),
        "nbgrader autograde, ours": (nbgrader, None),
        "course grade, 1 worker": ([*course, "1"], None),
        "course grade, 2 workers": ([*course, "2"], None),
    }
    runs = {}
    for name, (command, config) in ways.items():
        place = Path(shutil.copytree(template, folder / "run"))
        if config:
            (place / "nbgrader_config.py").write_text(config, encoding="utf-8")
        runs[name] = timed(command, place, students)
        shutil.rmtree(place)
    title = f"{unit.name}: {students} submissions, {bare:.2f} s each of code and checks alone"
    table = Table(title=title, title_justify="left")
    for column in ("way", "per minute", "beside stock", "s each", "overhead s", "MiB a worker"):
        table.add_column(column, justify="left" if column == "way" else "right")
    stock = runs["stock nbgrader"]
    for name, run in runs.items():
        workers = 2 if "2 workers" in name else 1
        overhead = f"{run.each * workers - bare:.2f}"
        speed = f"{run.per_minute:.1f}", f"{run.per_minute / stock.per_minute:.1f}×"
        memory = f"{run.memory / workers:.0f}" if "course" in name else "–"
        table.add_row(name, *speed, f"{run.each:.2f}", overhead, memory)
    one, two = runs["course grade, 1 worker"], runs["course grade, 2 workers"]
    table.caption = f"from 1 to 2 workers: efficiency {one.each / two.each / 2:.2f}"
    return table


def timed(command: list[str], place: Path, students: int) -> Run:
    """Run a grader over a course folder."""
    started = time.perf_counter()
    with (place / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=subprocess.STDOUT)
    memory = Memory(process.pid)
    code = process.wait()
    seconds = time.perf_counter() - started
    memory.stop()
    done = sorted(path.stat().st_mtime for path in place.glob("autograded/*/*/*.ipynb"))
    if code or len(done) != students:
        text = (place / "log.txt").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{' '.join(command)}: {len(done)} of {students}\n{text[-3000:]}")
    return Run(students, seconds, (done[-1] - done[0]) / (len(done) - 1), memory.peak / 2**20)


class Memory(threading.Thread):
    """Watches what the workers of a grader, not itself, hold for themselves."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self._end = threading.Event()
        self.peak = 0
        self.start()

    def run(self) -> None:
        while not self._end.wait(0.5):
            try:
                family = self._process.children(recursive=True)
            except psutil.NoSuchProcess:
                return
            self.peak = max(self.peak, sum(map(own_bytes, family)))

    def stop(self) -> None:
        self._end.set()
        self.join()


def own_bytes(process: psutil.Process) -> int:
    """The unique set size of a process; 0 when it has ended."""
    try:
        return process.memory_full_info().uss
    except psutil.Error:
        return 0


def bare_seconds(contents: list[str]) -> float:
    """Mean seconds of the cells of notebooks, run one after the other without any grader."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_bare, contents).result()


def _bare(contents: list[str]) -> float:
    import matplotlib

    matplotlib.use("agg")
    notebooks = [nbformat.reads(content, as_version=4) for content in contents]
    for notebook in notebooks[:1]:  # imports, caches
        _run_cells(notebook)
    started = time.perf_counter()
    for notebook in notebooks:
        _run_cells(notebook)
    return (time.perf_counter() - started) / len(notebooks)


def _run_cells(notebook) -> None:
    names: dict = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", []):
            try:
                exec(compile(cell.source, "cell", "exec"), names)  # noqa: S102
            except Exception:  # noqa: S112  (a wrong answer is part of the class)
                continue


if __name__ == "__main__":
    main()
