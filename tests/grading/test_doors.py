"""What `course grade` and `nbgrader autograde` refuse, and what they tell of it."""

import csv
import os
import shlex
import subprocess

import pytest
from nbgrader.api import Gradebook
from small_class import db_url, release
from tiny_unit import UNIT

from course_utils.cli import main
from course_utils.demo.sample_class import filled, solutions, to_bytes

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such names"),
]

UNFIT = (
    *("a b", "-rf", "@SUM(A1)", "=HYPERLINK(1)", "a+b", ".hidden", "nul.txt", "ends.", "a;b"),
    *("'\"><svg onload=run()>", "a\x1b[31mred", "a\u202eb", "[bold]x[", "a\tb", "a\nb", "z" * 90),
    *("\u1160", "ﬁ", "$(touch pwned)", "`id`", "a'b", "a\\b", "\udcff\udcfe"),
)
"""Names of folders; the last one is of bytes that are no text."""


@pytest.fixture
def course(repository, source, released):
    """A class of three honest students, and as many folders as there are unfit names."""
    release(repository)
    content = to_bytes(filled(released.release, solutions(source)))
    for student in ("ida", "müller", "x_1@example.org", *UNFIT):
        folder = repository / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_bytes(content)
    (repository / "submitted" / "ida" / UNIT / "timestamp.txt").write_text("never")
    return repository


HONEST = {"ida": "6.0", "müller": "6.0", "x_1@example.org": "6.0"}


def scores(root):
    with (root / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row["score"] for row in csv.DictReader(file)}


def renaming_commands(told):
    return [line.strip() for line in told.splitlines() if line.strip().startswith("mv ")]


def test_folders_that_bear_no_id_are_told_and_stop_nobody(course, capsys):
    assert main(["grade", UNIT, "--workers", "1"]) == 1

    told = capsys.readouterr().out
    assert scores(course) == HONEST
    with Gradebook(db_url(course)) as gradebook:
        assert {student.id for student in gradebook.students} == set(HONEST)
    assert {path.name for path in (course / "autograded").iterdir()} == set(HONEST)
    end = told.partition("Please look at:")[2]
    assert end.replace("\n", "").isprintable()
    assert "ida: timestamp.txt holds no time" in end

    commands = renaming_commands(end)
    assert len(commands) == len(UNFIT)
    for command in commands:
        subprocess.run(["bash", "-c", command], cwd=course, check=True)
    assert not (course / "pwned").exists()
    assert len(list((course / "submitted").iterdir())) == len(HONEST) + len(UNFIT)
    (course / "submitted" / "ida" / UNIT / "timestamp.txt").unlink()
    assert main(["grade", UNIT, "--workers", "1"]) == 0
    assert set(scores(course).values()) == {"6.0"}
    assert len(scores(course)) == len(HONEST) + len(UNFIT)


def test_so_does_nbgrader_autograde(course, nbgrader, capsys):
    nbgrader("autograde", UNIT, folder=course)
    told = capsys.readouterr().err.partition("Please look at:")[2]
    with Gradebook(db_url(course)) as gradebook:
        assert {student.id for student in gradebook.students} == set(HONEST)
    assert "ida: timestamp.txt holds no time" in told
    assert len(renaming_commands(told)) == len(UNFIT)


def test_a_class_of_nothing_else_is_told_why_nobody_is_graded(repository, capsys):
    release(repository)
    (repository / "submitted" / "a b" / UNIT).mkdir(parents=True)
    assert main(["grade", UNIT]) == 1
    assert f"mv {shlex.quote('submitted/a b')} submitted/a-b" in capsys.readouterr().err


def test_what_is_there_in_place_of_a_folder_is_refused_and_not_left_out(
    repository, source, released, capsys
):
    release(repository)
    content = to_bytes(filled(released.release, solutions(source)))
    for student in ("ida", "file", "dangling", "pipe"):
        (repository / "submitted" / student).mkdir(parents=True)
    (repository / "submitted" / "ida" / UNIT).mkdir()
    (repository / "submitted" / "ida" / UNIT / f"{UNIT}.ipynb").write_bytes(content)
    (repository / "submitted" / "file" / UNIT).write_text("")
    (repository / "submitted" / "dangling" / UNIT).symlink_to("nowhere")
    os.mkfifo(repository / "submitted" / "pipe" / UNIT)
    assert main(["grade", UNIT, "--workers", "1"]) == 0
    assert scores(repository) == {"ida": "6.0", "file": "0.0", "dangling": "0.0", "pipe": "0.0"}
    with (repository / "grades.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["student_id"]: row["not_graded"] for row in csv.DictReader(file)}
    assert reasons["dangling"].startswith("no ordinary file")
    assert reasons["pipe"].startswith("no ordinary file")
