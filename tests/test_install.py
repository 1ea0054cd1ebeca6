"""README's two commands in a fresh virtual environment, with nothing of the system but Python."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_utils.repository import repository

ROOT = repository()
COMMANDS = re.findall(r"^(pip install .*) && (.*)$", (ROOT / "README.md").read_text("utf-8"), re.M)

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]


@pytest.fixture(scope="module")
def fresh() -> Iterator[Path]:
    """A virtual environment whose `bin` is all of its PATH: no bubblewrap, no browser, no shell."""
    with tempfile.TemporaryDirectory(prefix="fresh-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        yield Path(folder)


def run(fresh: Path, command: str, folder: Path) -> str:
    """Run one command of the README there, with further words of its own where they are given."""
    variables = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    program, *words = re.sub(r'"', "", command).split()
    ended = subprocess.run(
        [fresh / "bin" / program, *words],
        cwd=folder,
        env={**variables, "PATH": str(fresh / "bin"), "HOME": str(fresh), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-5000:]
    return ended.stdout


def test_the_readme_has_both_commands():
    assert [program for _, program in COMMANDS] == ["course demo", "pytest"]


def test_the_first_command_installs_and_grades(fresh, tmp_path):
    install, demo = COMMANDS[0]
    run(fresh, install, ROOT)
    printed = run(fresh, f"{demo} 03 --folder {tmp_path / 'demo'}", ROOT)
    assert "24 of 24" in printed
    assert "Without a sandbox" not in printed
    assert "stands (bubblewrap 0.11.0" in run(fresh, "course doctor", ROOT)


def test_the_second_command_installs_and_tests(fresh):
    install, pytest_ = COMMANDS[1]
    run(fresh, install, ROOT)
    printed = run(
        fresh, f"{pytest_} tests/sandbox/test_walls.py tests/grading/test_tasks_and_writer.py", ROOT
    )
    assert "skipped" not in printed
    assert " passed" in printed
