"""The table “attack → stock nbgrader → ours”.

Run `python benchmarks/attacks.py [NAME …]` in the repository; it takes the files of
`tests/judging/attacks/`. Both graders get the same submissions. Stock nbgrader runs student code
with its own rights, so all of it runs behind bubblewrap here, in a throw-away folder, without a
network, and with a time limit; what would still harm this machine is not run there.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "tests" / "judging"), str(ROOT / "tests" / "shared")]

from test_attacks import FILES, LIMITS, hand_in, load, submission  # noqa: E402
from tiny_unit import UNIT, put_source, tiny_source  # noqa: E402

from course_utils.gradebook.classroom import Classroom, load_config  # noqa: E402
from course_utils.sandbox import bubblewrap  # noqa: E402

HARMFUL = {
    "disk_filled": "would fill the disk",
    "fork_bomb": "would take all processes",
    "memory_in_many_processes": "would take all memory",
    "memory_outside_of_processes": "would take all memory",
    "memory_shared_and_mapped": "would take all memory",
    "memory_without_end": "would take all memory",
    "output_of_a_gigabyte": "would take all memory",
    "threads_without_number": "would take all processes",
}
"""What would harm this machine under stock nbgrader even behind walls."""

STOCK_SECONDS = 60
FULL = {"total": 2.0, "largest": 4.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="stems of files; all by default")
    parser.add_argument("--grade-in", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    known = {path.stem: path for path in FILES}
    names = options.names or list(known)
    attacks = {name: load(known[name]) for name in names}
    if options.grade_in:
        grade_stock(options.grade_in, attacks)
        return
    console = Console()
    console.print("| attack | stock nbgrader | ours |\n|---|---|---|", markup=False)
    with tempfile.TemporaryDirectory(prefix="course-attacks-") as temporary:
        stock = stock_results(Path(temporary) / "stock", attacks)
        ours = our_results(Path(temporary) / "ours", attacks)
        for name, attack in attacks.items():
            row = (attack.__doc__.partition("\n")[0].rstrip("."), next(stock), next(ours))
            cells = " | ".join(
                cell.replace("|", "\\|") for cell in (f"`{name}`: {row[0]}", *row[1:])
            )
            console.print(f"| {cells} |", markup=False, soft_wrap=True, highlight=False)


def verdict(attack, points: dict[str, float]) -> str:
    """What points mean beside those that the attack must get."""
    points = {name.removesuffix("-test"): number for name, number in points.items()}
    said = f"{sum(points.values()):g} of {sum(FULL.values()):g} points"
    due = attack.POINTS.items()
    wrong = {n: f"`{n}` {points.get(n, 0):g} for {p:g}" for n, p in due if points.get(n, 0) != p}
    if any(points.get(name, 0) > earned for name, earned in due):
        return f"**fooled**: {said} ({', '.join(wrong.values())} earned)"
    if wrong:
        return f"**loses what was earned**: {said} ({', '.join(wrong.values())} earned)"
    return f"{said}, as earned"


def our_results(folder: Path, attacks: dict):
    """Our verdicts, one after the other."""
    config = load_config(ROOT)
    put_source(folder, tiny_source())
    release = Classroom(folder, config).release(UNIT)
    for name, attack in attacks.items():
        limited = config.copy()
        limited.RefereeExecute = config.RefereeExecute.copy()
        limited.RefereeExecute.update(LIMITS | getattr(attack, "LIMITS", {}))
        classroom = Classroom(folder, limited)
        student = name.replace("_", "-")
        hand_in(attack, classroom, student, submission(attack, tiny_source(), release))
        grade = classroom.grade(UNIT, student)
        why = grade.not_graded or "; ".join(r.problem for r in grade.results if r.problem)
        yield verdict(attack, grade.points) + (f" ({why})" if why else "")


def stock_results(folder: Path, attacks: dict):
    """Stock nbgrader's verdicts, one after the other; it is started again when it is gone."""
    config = stock_config()
    put_source(folder, tiny_source())
    classroom = Classroom(folder, config)
    release = classroom.release(UNIT)
    for name, attack in attacks.items():
        content = submission(attack, tiny_source(), release)
        hand_in(attack, classroom, name.replace("_", "-"), content)
    results = folder / "results"
    results.mkdir()
    todo = [name for name in attacks if name not in HARMFUL]
    for name, attack in attacks.items():
        if name in HARMFUL:
            yield f"not run: {HARMFUL[name]}"
            continue
        if not (results / name).exists():
            run_walled(folder, todo[todo.index(name) :], results / name)
        try:
            found = json.loads((results / name).read_text(encoding="utf-8"))
        except OSError:
            (results / name).write_text("{}", encoding="utf-8")
            yield "**the grader is gone or hangs**: this student and all after get no grade"
            continue
        reason = found.get("not_graded")
        yield f"**no grade**: {reason}" if reason else verdict(attack, found["points"])


def run_walled(folder: Path, names: list[str], first: Path) -> None:
    """Let stock nbgrader grade from `names` on until it is done, gone, or hangs."""
    walls = [
        bubblewrap.program().path,
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--ro-bind",
        "/",
        "/",
    ]
    walls += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/run"]  # noqa: S108
    walls += ["--bind", str(folder), str(folder), "--chdir", str(folder)]
    walls += ["--setenv", "HOME", "/tmp", "--setenv", "PYTHONPATH", str(ROOT), "--"]  # noqa: S108
    bounds = ["prlimit", "--fsize=100000000", "--as=16000000000", "--"]
    command = [sys.executable, str(Path(__file__).resolve()), "--grade-in", str(folder), *names]
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen([*walls, *bounds, *command], stdout=log, stderr=log)
    done, latest = -1, time.monotonic()
    while process.poll() is None and time.monotonic() < latest + STOCK_SECONDS:
        time.sleep(0.2)
        count = len(list(first.parent.iterdir()))
        if count != done:
            done, latest = count, time.monotonic()
    process.kill()
    process.wait()


def grade_stock(folder: Path, attacks: dict) -> None:
    """Inside the walls: grade with stock nbgrader and note each result."""
    classroom = Classroom(folder, stock_config())
    for name in attacks:
        grade = classroom.grade(UNIT, name.replace("_", "-"))
        found = {"points": grade.points, "not_graded": grade.not_graded}
        temporary = folder / "result.tmp"
        temporary.write_text(json.dumps(found), encoding="utf-8")
        shutil.move(temporary, folder / "results" / name)


def stock_config() -> Config:
    config = Config()
    config.CourseDirectory.course_id = "medical-imaging"
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "notebooks"
    config.CourseDirectory.ignore = ["*.py"]
    config.Execute.timeout = 5
    config.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
    return config


if __name__ == "__main__":
    main()
