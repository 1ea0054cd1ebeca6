"""The processes that a grader of this machine has started."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
from tiny_unit import ROOT, UNIT


def grades_an_endless_loop(course: Path, *options: str) -> subprocess.Popen:
    """`course grade` with these options, in a session of its own; one answer has no end."""
    place = course / "submitted" / "00-amara" / UNIT / f"{UNIT}.ipynb"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("return sum(xs)", "while True: pass"), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "course_utils.cli", "grade", UNIT, *options],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def workers() -> list[psutil.Process]:
    """What the fork server has forked to grade; each may have a disposable process below it."""
    ours = [process for process in psutil.Process().children() if "forkserver" in command(process)]
    return [worker for server in ours for worker in server.children()]


def judges() -> list[psutil.Process]:
    """The disposable processes of the workers."""
    return [judge for worker in workers() for judge in worker.children()]


def command(process: psutil.Process) -> str:
    """How it was started; nothing of one that has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
