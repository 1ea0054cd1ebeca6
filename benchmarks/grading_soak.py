"""Kills `course grade` at random moments, resumes it, and compares the gradebooks.

Run `python benchmarks/grading_soak.py [UNIT] [--students 40] [--kills 50]` in the repository. A
class is graded undisturbed first. Then copies of the same ungraded course are graded by a grader
that gets SIGKILL again and again, until all kills are spent; each copy is graded to its end, and
its gradebook must hold the same: points, comments, one submission for each student. Nothing of a
killed grader may go on running, and every student has a feedback page.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from rich.console import Console
from sample_course import held, make_course

from course_utils.authoring import answers
from course_utils.repository import repository, units

SECONDS_TO_END = 30
"""How long what a killed grader had started may live on."""


@dataclass
class Soak:
    """What came of it."""

    undisturbed: float = 0.0
    rounds: int = 0
    kills: int = 0
    while_writing: int = 0
    """Kills after the first result of a run had been written, and before the last."""
    left_over: int = 0
    """Processes that outlived their grader."""
    differences: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("unit", nargs="?", default="01-perceptron")
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    (unit,) = units(repository(), [options.unit])
    with tempfile.TemporaryDirectory(prefix="course-soak-") as temporary:
        course = Path(temporary) / "course"
        make_course(course, unit, answers.load(unit).wrong, options.students)
        found = soak(course, unit.name, options.kills, options.workers, options.seed, print)
    console = Console()
    console.print(
        f"{unit.name}, {options.students} students, {options.workers} workers: "
        f"{found.undisturbed:.0f} s undisturbed; {found.kills} kills in {found.rounds} rounds, "
        f"{found.while_writing} of them while results were written; "
        f"{found.left_over} processes left over; {len(found.differences)} differences"
    )
    for difference in found.differences:
        console.print(difference, markup=False)
    return 1 if found.differences or found.left_over else 0


def soak(course: Path, unit: str, kills: int, workers: int, seed: int, say=lambda _: None) -> Soak:
    """Grade copies of an ungraded course under SIGKILL.

    Args:
        course: the course folder; stays as it is.
        unit: whose submissions are graded.
        kills: how often.
        workers: of `course grade`.
        seed: of the random moments.
        say: gets a line after each kill.
    """
    rng = random.Random(seed)  # noqa: S311  (moments, no secrets)
    found = Soak()
    reference = _copy(course, "undisturbed")
    started = time.monotonic()
    if _grader(reference, unit, workers).wait():
        raise RuntimeError((reference / "log.txt").read_text(encoding="utf-8"))
    found.undisturbed = time.monotonic() - started
    expected = held(reference, unit)
    students = len(list((course / "submitted").iterdir()))
    if len(expected) != students:
        found.differences.append(f"undisturbed: {len(expected)} of {students} students graded")
    while found.kills < kills:
        found.rounds += 1
        place = _copy(course, f"round-{found.rounds}")
        _round(place, unit, workers, kills, students, rng, found, say)
        _compare(place, unit, expected, found)
        shutil.rmtree(place)
    shutil.rmtree(reference)
    return found


def _round(place, unit, workers, kills, students, rng, found, say) -> None:
    """Grade one copy to its end; kill at random moments of each run, as long as there are kills."""
    while True:
        grader = _grader(place, unit, workers)
        before = _written(place, unit)
        if found.kills >= kills:
            code = grader.wait()
            if code:
                found.differences.append(f"round {found.rounds}: exit {code}")
            return
        _wait_for_a_moment(grader, place, unit, before, rng, found.undisturbed)
        if grader.poll() is not None:
            return
        family = psutil.Process(grader.pid).children(recursive=True)
        grader.kill()
        grader.wait()
        written = _written(place, unit)
        found.kills += 1
        found.while_writing += before < written < students
        _, alive = psutil.wait_procs(family, timeout=SECONDS_TO_END)
        found.left_over += len(alive)
        say(f"kill {found.kills} in round {found.rounds}: {written} of {students} written")


def _wait_for_a_moment(grader, place, unit, before, rng, seconds) -> None:
    """Every third kill falls anywhere; the others soon after some results have been written."""
    anywhere = rng.random() < 1 / 3
    end = time.monotonic() + (rng.uniform(0, seconds) if anywhere else 10 * seconds)
    results = rng.randint(1, 6)
    while grader.poll() is None and time.monotonic() < end:
        if not anywhere and _written(place, unit) >= before + results:
            time.sleep(rng.uniform(0, 0.5))
            return
        time.sleep(0.005)


def _compare(place: Path, unit: str, expected: dict, found: Soak) -> None:
    now = held(place, unit)
    where = f"round {found.rounds}"
    for student in sorted({*expected, *now}):
        if now.get(student) != expected.get(student):
            found.differences.append(f"{where}, {student}: {now.get(student)}")
        if not (place / "feedback" / student / unit / f"{unit}.html").is_file():
            found.differences.append(f"{where}, {student}: no feedback page")
    if not (place / "grades.csv").is_file():
        found.differences.append(f"{where}: no grades.csv")


def _grader(place: Path, unit: str, workers: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "course_utils.cli", "grade", unit, "--workers", str(workers)]
    with (place / "log.txt").open("ab") as log:
        return subprocess.Popen(command, cwd=place, stdout=log, stderr=subprocess.STDOUT)


def _written(place: Path, unit: str) -> int:
    return len(list(place.glob(f"autograded/*/{unit}/{unit}.ipynb")))


def _copy(course: Path, name: str) -> Path:
    return Path(shutil.copytree(course, course.parent / name))


if __name__ == "__main__":
    sys.exit(main())
