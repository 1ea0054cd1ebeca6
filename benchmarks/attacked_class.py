"""One class with honest students, every attack and every oddity, graded in one run.

Run `python benchmarks/attacked_class.py [NAME …] [--honest 60] [--workers 2] [--kills 2]` in the
repository. `course grade` grades the files of `tests/judging/attacks/` beside honest submissions
while some of its workers are killed, as by a system that runs out of memory. Honest students and
honest oddities must have exactly their points, and nobody a point that was not earned.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from nbgrader.api import Gradebook, MissingEntry
from sample_course import course_in

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "tests" / "judging"), str(ROOT / "tests" / "shared")]

from test_attacks import FILES, FULL, LIMITS, hand_in, load, submission  # noqa: E402
from tiny_unit import UNIT, put_source, tiny_source  # noqa: E402

from course_utils.demo.sample_class import filled, solutions, to_bytes  # noqa: E402
from course_utils.gradebook.classroom import Classroom, load_config  # noqa: E402

SECONDS_BETWEEN_KILLS = 20.0
BREAKS_RULES = {path.stem.replace("_", "-") for path in FILES if hasattr(load(path), "NO_RULES")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="stems of attacks; all by default")
    parser.add_argument("--honest", type=int, default=60, help="students beside the attacks")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=2, help="workers that are killed meanwhile")
    parser.add_argument("--sandbox", default="bubblewrap")
    parser.add_argument("--scheduler", default="", help="a Dask cluster's workers grade instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="course-class-") as temporary:
        folder = Path(temporary) / "course"
        chosen = [path for path in FILES if not options.names or path.stem in options.names]
        due = make_class(folder, chosen, options.honest)
        started = time.perf_counter()
        status, kills = grade(folder, options)
        seconds = time.perf_counter() - started
        found = points(folder, due)
    wrong = [name for name, earned in due.items() if not is_right(name, found[name], earned)]
    print(
        f"{len(due)} submissions, {options.honest} of them honest: {seconds:.0f} s with "
        f"{options.workers} workers, {kills} killed meanwhile; `course grade` ended with {status}; "
        f"{len(wrong)} with wrong points"
    )
    for name in wrong:
        print(f"  {name}: {found[name]}, earned {due[name]}")
    return 1 if wrong else 0


def make_class(folder: Path, attacks: list[Path], honest: int) -> dict[str, dict[str, float]]:
    """A course folder in which all have handed in; by student the points that are earned."""
    settings = "".join(f"c.RefereeExecute.{name} = {value}\n" for name, value in LIMITS.items())
    put_source(folder, tiny_source())
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(config + settings, encoding="utf-8")
    classroom = Classroom(folder, load_config(folder))
    release = classroom.release(UNIT)
    due: dict[str, dict[str, float]] = {}
    for path in attacks:
        attack, student = load(path), path.stem.replace("_", "-")
        hand_in(attack, classroom, student, submission(attack, tiny_source(), release))
        due[student] = attack.POINTS
    right = to_bytes(filled(release, solutions(tiny_source())))
    for number in range(honest):
        due[f"student-{number:02}"] = FULL
        classroom.hand_in(f"student-{number:02}", UNIT, right)
    return due


def grade(folder: Path, options: argparse.Namespace) -> tuple[int, int]:
    """Grade the class while workers are killed; the command's status and how many were."""
    command = [sys.executable, "-m", "course_utils.cli", "grade", UNIT]
    command += ["--workers", str(options.workers), "--sandbox", options.sandbox]
    command += ["--scheduler", options.scheduler] if options.scheduler else []
    rng, kills = random.Random(0), 0  # noqa: S311
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as grader:
        next_kill = time.monotonic() + SECONDS_BETWEEN_KILLS
        while grader.poll() is None:
            time.sleep(0.2)
            if kills < options.kills and time.monotonic() > next_kill:
                next_kill = time.monotonic() + SECONDS_BETWEEN_KILLS
                if found := workers_of(grader.pid) or workers_of_dask():
                    rng.choice(found).kill()
                    kills += 1
    return grader.returncode, kills


def workers_of(pid: int) -> list[psutil.Process]:
    """The processes of a grader that judge, or hold those that do."""
    found = []
    for process in psutil.Process(pid).children(recursive=True):
        try:
            if "forkserver" in " ".join(process.cmdline()) and process.parent().pid != pid:
                found.append(process)
        except (psutil.NoSuchProcess, AttributeError):
            continue
    return found


def workers_of_dask() -> list[psutil.Process]:
    """The processes below `dask worker` on this machine: their nanny starts a new one."""
    nannies = [p for p in psutil.process_iter(["cmdline"]) if "dask worker" in _command(p)]
    return [
        process
        for nanny in nannies
        for process in nanny.children()
        if "spawn_main" in " ".join(process.cmdline())
    ]


def _command(process: psutil.Process) -> str:
    return " ".join(process.info["cmdline"] or ()).replace("dask_worker", "dask worker")


def points(folder: Path, students: dict) -> dict[str, dict[str, float]]:
    """What the gradebook holds of each student; nothing where there is no submission."""
    course = course_in(folder)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        found = {}
        for student in students:
            try:
                notebook = gradebook.find_submission_notebook(UNIT, UNIT, student)
                found[student] = {
                    grade.name.removesuffix("-test"): grade.score for grade in notebook.grades
                }
            except MissingEntry:
                found[student] = {}
    return found


def is_right(name: str, found: dict[str, float], earned: dict[str, float]) -> bool:
    """Whether somebody has what is due: an attack may also be refused by a rule."""
    if name.startswith(("honest-", "student-", "rule-")) and name not in BREAKS_RULES:
        return all(found.get(exercise) == number for exercise, number in earned.items())
    return all(found.get(exercise, 0) <= number for exercise, number in earned.items())


if __name__ == "__main__":
    sys.exit(main())
