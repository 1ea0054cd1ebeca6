"""Without a sandbox nobody's code is run: one sentence, no points, and the exit status 1."""

import os
import subprocess
import sys
from textwrap import dedent

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from small_class import db_url, hand_in, release
from tiny_unit import ROOT, UNIT

from course_utils import cli
from course_utils.gradebook.classroom import Classroom, load_config
from course_utils.sandbox import bubblewrap, engine

SENTENCE = str(bubblewrap.NoSandboxError("bubblewrap is not installed"))


@pytest.fixture
def course(repository, monkeypatch):
    """A course folder on a machine without a sandbox, in which two students have handed in."""
    release(repository)
    hand_in(repository, 2)
    monkeypatch.setattr(bubblewrap, "installed", list)
    return repository


def assert_nothing_was_written(course):
    assert not (course / "autograded").exists()
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        assert gradebook.assignment_submissions(UNIT) == []


def test_course_grade_refuses(course, capsys):
    assert cli.main(["grade", UNIT]) == 1
    assert capsys.readouterr().err == f"course grade: {SENTENCE}\n"
    assert_nothing_was_written(course)


def test_nbgrader_autograde_refuses(course):
    code = """
import sys
from course_utils.sandbox import bubblewrap
from nbgrader.apps.nbgraderapp import main
bubblewrap.installed = list
sys.exit(main())
"""
    command = [sys.executable, "-c", code, "autograde", UNIT]
    ended = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.endswith(f"ERROR | {SENTENCE}") or line.endswith(f"ERROR] {SENTENCE}")
    assert_nothing_was_written(course)


def test_formgrader_refuses(course):
    """Its button calls this, and shows the log and the error."""
    config = load_config(course)
    classroom = Classroom(course, config)
    done = NbGraderAPI(classroom.course, config=config).autograde(UNIT, "00-amara")
    assert done["success"] is False
    assert done["log"] == f"[ERROR] {SENTENCE}\n"
    assert done["error"].strip().endswith(SENTENCE)
    assert_nothing_was_written(course)


LATE = """
import errno, sys
from course_utils import cli
from course_utils.sandbox import system_calls
from nbgrader.apps.nbgraderapp import main
if __name__ == "__main__":
    system_calls.refuse({"setpriority": errno.EPERM})
    sys.exit(cli.main() if sys.argv.pop(1) == "course" else main())
"""


@pytest.mark.sandbox
@pytest.mark.parametrize("command", [("course", "grade"), ("nbgrader", "autograde")])
def test_a_wall_that_fails_only_when_a_process_starts_is_refused_alike(late, command):
    ended = late(*command, UNIT)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "there is none on this machine: the kernel refuses the system call setpriority" in line


@pytest.mark.sandbox
@pytest.mark.slow
def test_the_demo_goes_on_where_a_wall_fails_only_when_a_process_starts(late, tmp_path):
    ended = late("course", "demo", UNIT, "--folder", str(tmp_path / "demo"))
    assert ended.returncode == 0
    assert "Without a sandbox, since the kernel refuses" in ended.stdout
    assert "6 of 6" in ended.stdout


@pytest.fixture
def late(repository):
    """Runs a command where the kernel refuses a child one of its walls; nothing is written."""
    release(repository)
    hand_in(repository, 2)
    script = repository / "late.py"
    script.write_text(LATE, encoding="utf-8")
    yield lambda *words: subprocess.run(
        [sys.executable, str(script), *words],
        cwd=repository,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert_nothing_was_written(repository)


def test_who_trusts_the_students_can_do_without(course):
    assert cli.main(["grade", UNIT, "--workers", "1", "--unsafe"]) == 0
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        assert len(gradebook.assignment_submissions(UNIT)) == 2


@pytest.mark.parametrize("builder", engine.ENGINES)
def test_a_container_engine_grades_where_there_is_one_and_else_it_says_so(course, capsys, builder):
    why_not = engine.trial(builder).why_not
    ended = cli.main(["grade", UNIT, "--workers", "1", "--sandbox", builder])
    assert ended == int(bool(why_not))
    assert why_not in capsys.readouterr().err
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        assert len(gradebook.assignment_submissions(UNIT)) == (0 if why_not else 2)


WINDOWS = """
    import asyncio, multiprocessing, os, psutil, socket, subprocess, sys  # others in themselves
    for name in ("fcntl", "resource", "termios"):
        sys.modules[name] = None
    del os.fork, os.sysconf, socket.send_fds
"""
START = """
    import sys
    from course_utils import cli
    from course_utils.sandbox import bubblewrap
    from course_utils.grading import course_grade

    if __name__ == "__main__":
        bubblewrap.installed = list
        sys.exit(cli.main())
"""


@pytest.fixture
def windows(course, tmp_path):
    """Runs `course` in a Python without what Windows has not got and nbgrader can do without."""
    folder = tmp_path / "windows"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(dedent(WINDOWS), encoding="utf-8")
    (folder / "start.py").write_text(dedent(START), encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, str(folder / "start.py"), *arguments],
            cwd=course,
            env={"PYTHONPATH": f"{folder}:{ROOT}", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_windows_gets_the_sentence(windows):
    ended = windows("grade", UNIT)
    assert (ended.returncode, ended.stderr) == (1, f"course grade: {SENTENCE}\n")


@pytest.mark.slow
def test_windows_grades_whom_the_instructor_trusts(windows, course):
    ended = windows("grade", UNIT, "--unsafe", "--workers", "2")
    assert ended.returncode == 0, ended.stderr
    assert len(list((course / "autograded").iterdir())) == 2


@pytest.mark.slow
def test_the_demo_grades_its_own_answers_there(windows, tmp_path):
    ended = windows("demo", UNIT, "--folder", str(tmp_path / "demo"))
    assert ended.returncode == 0, ended.stderr
    assert "Without a sandbox, since bubblewrap is not installed" in ended.stdout
    assert "full solution" in ended.stdout
    assert "6 of 6" in ended.stdout
