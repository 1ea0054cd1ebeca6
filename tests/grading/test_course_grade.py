"""`course grade` grades a class on workers, and writes everything that nbgrader would."""

import contextlib
import csv
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import processes
import psutil
import pytest
from nbgrader.api import Gradebook
from small_class import db_url, hand_in, held, release
from tiny_unit import ROOT, UNIT

from course_utils import cli
from course_utils.errors import CourseError
from course_utils.grading import course_grade, workers
from course_utils.judging import grader
from course_utils.sandbox import bubblewrap
from course_utils.sandbox import probe_programs as programs

pytestmark = pytest.mark.sandbox


@pytest.fixture
def course(repository) -> Path:
    """A course folder in which seven students have handed in."""
    release(repository)
    hand_in(repository, 7)
    return repository


@pytest.fixture(scope="module")
def one_worker():
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def in_this_process(monkeypatch, one_worker):
    """One worker for several tests, whose sandbox stays warm."""
    monkeypatch.setattr(course_grade, "pool", lambda *_, **__: contextlib.nullcontext(one_worker))


def totals(root: Path) -> dict[str, float]:
    with (root / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"][3:]: float(row["score"]) for row in csv.DictReader(file)}


SAMPLE = {"amara": 6, "bela": 2, "deniz": 2, "chiara": 0, "emil": 0, "fatou": 0, "goran": 6}


def test_a_class_has_its_grades_its_feedback_and_a_report(course):
    assert course_grade.run(UNIT, [], 2) == 0

    assert totals(course) == SAMPLE
    assert len(list((course / "feedback").rglob("*.html"))) == 7
    report = (course / f"class-report-{UNIT}.html").read_text(encoding="utf-8")
    assert "last left out" in report
    assert "malformed notebook" in report
    assert "walls: 14 of 14 held at 2" in report


def test_without_dask_processes_of_our_own_grade_the_same(course, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert course_grade.run(UNIT, [], 2) == 0
    assert totals(course) == SAMPLE


def test_a_unit_that_the_gradebook_does_not_know_is_said_with_the_remedy(repository):
    hand_in_nothing = repository / "submitted" / "ana" / UNIT
    hand_in_nothing.mkdir(parents=True)
    with pytest.raises(CourseError, match=f"generate_assignment {UNIT} --force"):
        course_grade.run(UNIT, [], 1)


def test_what_is_graded_is_not_graded_again(course, in_this_process, monkeypatch):
    assert course_grade.run(UNIT, [], 1) == 0
    before = held(course)
    nobody = lambda tasks, *_: {task.student: "" for task in tasks}  # noqa: E731
    monkeypatch.setattr(course_grade, "grade_all", nobody)
    assert course_grade.run(UNIT, [], 1) == 0
    assert held(course) == before


def test_nobody_is_graded_behind_walls_that_do_not_stand(course, in_this_process, monkeypatch):
    grader.close()
    monkeypatch.setitem(programs.ASKING, "no network", "print('connected')")
    with pytest.raises(CourseError, match="wall “no network” does not stand: connected"):
        course_grade.run(UNIT, [], 1)
    assert not (course / "grades.csv").exists()
    assert not (course / "autograded").exists()


def correct_the_check(course):
    """Another check of `largest`, which takes what was right for wrong."""
    place = course / "solutions" / UNIT / f"{UNIT}.ipynb"
    text = place.read_text(encoding="utf-8")
    changed = text.replace("lambda xs: max(xs),", "lambda xs: max(xs) + 1,", 1)
    assert changed != text
    place.write_text(changed, encoding="utf-8")


def files(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_preview_says_whose_points_a_corrected_check_changes(course, in_this_process, capsys):
    """And changes nothing; grading then does just that, and says so."""
    assert course_grade.run(UNIT, [], 1) == 0
    assert "Points that changed" not in capsys.readouterr().out
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        gradebook.find_grade("largest-test", UNIT, UNIT, "06-goran").manual_score = 3
        gradebook.db.commit()
    assert course_grade.run(UNIT, [], 1) == 0
    capsys.readouterr()
    correct_the_check(course)
    before, stored = held(course), files(course)

    assert cli.main(["grade", UNIT, "--preview", "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert held(course) == before
    changed = {p for p, content in files(course).items() if stored.get(p) != content}
    assert {path.name for path in changed} <= {"gradebook.db"}
    assert "of 7 graded, 7 would be graded anew, 1 would have other points; 0 would" in said
    line = "00-amara: 6 → 2 points (largest 4 → 0, another check)"
    assert said.partition("Points that would change:")[2].split("\n")[1] == f"  {line}"

    assert course_grade.run(UNIT, [], 1) == 0
    said = capsys.readouterr().out
    assert said.partition("Points that changed:\n")[2].split("\n")[0] == f"  {line}"
    (row,) = (line for line in said.splitlines() if "00-amara" in line and "│" in line)
    assert [cell.strip() for cell in row.split("│")[1:4]] == ["00-amara", "6", "2"]
    assert totals(course) == SAMPLE | {"amara": 2, "goran": 5}


def test_a_preview_of_what_was_never_graded_runs_nobody(course, monkeypatch, capsys):
    monkeypatch.setattr(course_grade, "pool", None)
    assert course_grade.run(UNIT, [], 1, preview=True) == 0
    assert "7 would be graded for the first time. Nothing is written." in capsys.readouterr().out
    assert not (course / "autograded").exists()


def test_what_is_given_by_hand_survives_a_changed_test(course, in_this_process):
    assert course_grade.run(UNIT, ["00-amara"], 1) == 0
    url = db_url(course)
    with Gradebook(url, "medical-imaging") as gradebook:
        gradebook.find_grade("total-test", UNIT, UNIT, "00-amara").manual_score = 1.5
        gradebook.find_comment("total", UNIT, UNIT, "00-amara").manual_comment = "See me."
        gradebook.find_grade("largest-test", UNIT, UNIT, "00-amara").extra_credit = 0.5
        gradebook.db.commit()
    correct_the_check(course)
    release(course)

    assert course_grade.run(UNIT, ["00-amara"], 1) == 0

    with Gradebook(url, "medical-imaging") as gradebook:
        total = gradebook.find_grade("total-test", UNIT, UNIT, "00-amara")
        largest = gradebook.find_grade("largest-test", UNIT, UNIT, "00-amara")
        comment = gradebook.find_comment("total", UNIT, UNIT, "00-amara")
        assert (total.auto_score, total.manual_score) == (2, 1.5)
        assert total.needs_manual_grade, "the instructor is asked to look again"
        assert (largest.auto_score, largest.extra_credit) == (0, 0.5)
        assert comment.manual_comment == "See me."


def test_ctrl_c_ends_at_once_with_all_that_runs(course):
    """Though a student's loop has half a minute left."""
    grader = processes.grades_an_endless_loop(course, "--workers", "1")
    process = psutil.Process(grader.pid)
    while not any("zygote" in processes.command(each) for each in process.children(True)):
        assert grader.poll() is None
    os.killpg(grader.pid, signal.SIGINT)
    _, said = grader.communicate(timeout=20)
    assert (grader.returncode, said) == (130, "course grade: stopped\n")


def test_ctrl_c_waits_until_all_workers_are_started():
    done = []

    def start() -> None:
        with workers.uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.sandbox
@pytest.mark.slow
def test_an_ordinary_user_grades_after_nbgrader_autograde(course, nbgrader):
    """nbgrader leaves files that cannot be written to."""
    (course / "submitted" / "00-amara" / UNIT / "timestamp.txt").write_text("2026-01-02 03:04 UTC")
    nbgrader("autograde", UNIT, "--student", "00-amara", folder=course)
    user = [bubblewrap.program().path, "--unshare-user", "--uid", "1000", "--gid", "1000"]
    command = [*user, "--dev-bind", "/", "/", "--", sys.executable, "-m", "course_utils.cli"]
    ended = subprocess.run(
        [*command, "grade", UNIT, "--students", "00-amara", "--workers", "1"],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
