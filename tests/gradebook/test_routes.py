"""Whichever way an instructor goes, gradebook and pages are the same in the end."""

import contextlib
import csv
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.utils import notebook_hash
from small_class import db_url, held, release
from tiny_unit import ROOT, UNIT, WRONG, code, put_source

from course_utils import cli
from course_utils.demo.sample_class import submissions, to_bytes
from course_utils.gradebook import writer
from course_utils.grading import course_grade
from course_utils.reports import class_report
from course_utils.sandbox import bubblewrap

pytestmark = pytest.mark.sandbox

SECRETS = {"amara": "a1" * 32, "chiara": "c3" * 32, "bela": "be" * 32}
"""Of those who handed in through the exchange."""

RENAMED = "sums (1)"
"""How the notebook of `bela` is called."""

GRADE, AUTOGRADE, PAGES = "course grade", "nbgrader autograde", "nbgrader generate_feedback"
RELEASE = "nbgrader release_feedback"
ROUTES = [
    pytest.param((GRADE,), GRADE, id="course"),
    pytest.param((AUTOGRADE, PAGES), PAGES, id="nbgrader"),
    pytest.param((AUTOGRADE, GRADE), PAGES, id="nbgrader-course"),
    pytest.param((GRADE, AUTOGRADE, PAGES), PAGES, id="course-nbgrader"),
    pytest.param((AUTOGRADE, GRADE, PAGES), GRADE, id="mixed"),
]
"""The commands that grade, and the one that makes the pages when points were given by hand."""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory, source, released):
    """A course folder in which four have handed in."""
    root = tmp_path_factory.mktemp("routes") / "course"
    put_source(root, source)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    release(root)
    for each in submissions(source, released.release, WRONG):
        if each.student in (*SECRETS, "fatou"):
            folder = root / "submitted" / each.student / UNIT
            folder.mkdir(parents=True)
            name = RENAMED if each.student == "bela" else UNIT
            (folder / f"{name}.ipynb").write_bytes(each.content)
            if each.student in SECRETS:
                (folder / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
                (folder / "submission_secret.txt").write_text(SECRETS[each.student])
    (root / "submitted" / "amara" / UNIT / "scratch.ipynb").write_text("{}")
    return root


@pytest.fixture
def course(handed_in, tmp_path, nbgrader, monkeypatch):
    """A copy of it, as the working directory; `nbgrader` has made the exchange."""
    root = shutil.copytree(handed_in, tmp_path / "course")
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def one_worker():
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def run(course, nbgrader, monkeypatch, one_worker, capsys):
    """Runs commands one after the other; gives what they have told."""
    monkeypatch.setattr(course_grade, "pool", lambda *_, **__: contextlib.nullcontext(one_worker))

    def each(*commands):
        for command in commands:
            program, word = command.split()
            if program == "course":
                assert cli.main([word, UNIT]) == 0
            else:
                nbgrader(word, UNIT, folder=course)
        told = capsys.readouterr()
        return told.out + told.err

    return each


AS_A_USER = """
import os, subprocess, sys
os.umask(0o022)
for line in sys.argv[1:]:
    program, *words = line.split()
    module = {"course": "course_utils.cli", "nbgrader": "nbgrader"}[program]
    subprocess.run([sys.executable, "-m", module, *words], check=True)
"""


@pytest.fixture
def run_as_user(course):
    """As `run`, for an ordinary user who owns the course folder."""
    user = [bubblewrap.program().path, "--unshare-user", "--uid", "1000", "--gid", "1000"]
    user += ["--cap-drop", "ALL", "--dev-bind", "/", "/", "--"]
    own = {"PYTHONPATH": str(ROOT), "HOME": str(course.parent)}

    def each(*commands):
        lines = [f"{command} {UNIT}" for command in commands]
        ended = subprocess.run(
            [*user, sys.executable, "-c", AS_A_USER, *lines],
            cwd=course,
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    return each


def give_by_hand(course):
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        gradebook.find_grade("total-test", UNIT, UNIT, "chiara").manual_score = 1.5
        gradebook.find_comment("total", UNIT, UNIT, "chiara").manual_comment = "Well tried."
        gradebook.db.commit()


def pages(course):
    found = course.glob(f"feedback/*/{UNIT}/{UNIT}.html")
    return {path.parent.parent.name: path.read_text() for path in found}


def released_pages(course):
    """What each student fetches from the exchange, who asks by the name of the own notebook."""
    folder = course.parent / "exchange" / "medical-imaging" / "feedback"
    names = {student: RENAMED if student == "bela" else UNIT for student in SECRETS}
    return {
        student: (folder / f"{notebook_hash(secret=secret, notebook_id=names[student])}.html")
        for student, secret in SECRETS.items()
    }


def go(course, run, route, last):
    """Go a route to its end; what was found there."""
    run(*route)
    give_by_hand(course)
    told = run(last, RELEASE)
    assert "fatou: its work did not come through the exchange" in told
    found = SimpleNamespace(pages=pages(course), held=held(course))
    assert "Well tried." in found.pages["chiara"]
    assert "1.5 of 2 points, given by hand" in found.pages["chiara"]
    assert [e["score"] for e in found.held["bela"]] == [2]
    released = {student: path.read_text() for student, path in released_pages(course).items()}
    assert released == {student: found.pages[student] for student in SECRETS}
    return found


SEEN: list[SimpleNamespace] = []


def assert_the_same(found):
    SEEN.append(found)
    assert found == SEEN[0]
    scores = {student: entries[0]["score"] for student, entries in found.held.items()}
    assert scores == {"amara": 6, "bela": 2, "chiara": 1.5, "fatou": 0}


@pytest.mark.parametrize(("route", "last"), ROUTES)
def test_every_route_ends_in_the_same_gradebook_and_pages(course, run, route, last):
    assert_the_same(go(course, run, route, last))


@pytest.mark.slow
@pytest.mark.parametrize(("route", "last"), ROUTES)
def test_so_does_every_route_of_an_ordinary_user(course, run_as_user, route, last):
    assert_the_same(go(course, run_as_user, route, last))


def test_both_graders_tell_of_another_name_and_of_ids_that_are_alike(course, run):
    shutil.copytree(course / "submitted" / "amara", course / "submitted" / "Amara")
    for command in (GRADE, AUTOGRADE):
        told = run(command)
        assert f"bela: there is no {UNIT}.ipynb; {RENAMED}.ipynb was graded in its place." in told
        assert "submitted/amara: graded as somebody else than Amara" in told


def test_of_several_notebooks_of_other_names_none_is_chosen(course, run):
    folder = course / "submitted" / "bela" / UNIT
    shutil.copy(folder / f"{RENAMED}.ipynb", folder / "b.ipynb")
    run(GRADE)
    row = grades(course)["bela"]
    said = f"Beside it there is b.ipynb, {RENAMED}.ipynb: which one is to be graded?"
    assert (row["score"], said in row["not_graded"]) == ("0.0", True)


def test_a_work_that_was_put_away_keeps_its_points(course, run):
    run(GRADE)
    shutil.rmtree(course / "submitted" / "bela")
    shutil.rmtree(course / "submitted" / "chiara")
    shutil.rmtree(course / "autograded" / "chiara")
    run(GRADE)
    assert (grades(course)["bela"]["score"], grades(course)["bela"]["not_graded"]) == ("2.0", "")
    assert grades(course)["chiara"]["not_graded"].startswith("graded earlier")
    assert grades(course)["fatou"]["score"] == "0.0"


def test_the_page_says_which_cell_was_taken_and_the_report_asks(course, run, released):
    """All labels are lost, and there are two answers to an exercise."""
    notebook = deepcopy(released.release)
    notebook.cells += [
        code("def total(xs):\n    return 0"),
        code("def largest(xs):\n    return max(xs)\n\ndef total(xs):\n    return sum(xs)"),
    ]
    for cell in notebook.cells:
        cell.metadata = {}
    path = course / "submitted" / "dora" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_bytes(notebook))
    run(GRADE)
    assert grades(course)["dora"]["score"] == "6.0"
    last = len(notebook.cells)
    assert f"Taken from cell {last} of your notebook" in pages(course)["dora"]
    report = (course / f"class-report-{UNIT}.html").read_text()
    assert f"total: cells {last - 1} and {last} define total, each in another way." in report


def test_points_that_were_changed_in_the_notebook_count(course, run):
    place = course / "solutions" / UNIT / f"{UNIT}.ipynb"
    text = place.read_text()
    assert text.count('"points": 2,') == 1
    place.write_text(text.replace('"points": 2,', '"points": 10,'))
    release(course)
    run(GRADE)
    with Gradebook(db_url(course), "medical-imaging") as gradebook:
        grade = gradebook.find_grade("total-test", UNIT, UNIT, "amara")
        assert (grade.score, grade.max_score) == (10, 10)
    page = pages(course)["amara"]
    assert "14 of 14 points" in page
    assert "total: 10 of 10 points" in page
    assert "given by hand" not in page


@pytest.mark.parametrize("number", ["0", "-1"])
def test_workers_are_counted_from_one(course, capsys, number):
    assert cli.main(["grade", UNIT, "--workers", number]) == 1
    assert f"Expected 1 worker (--workers) or more, got {number}." in capsys.readouterr().err


def no_room_for_a_file(path, content):
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


def no_room_for_grades(*_):
    try:
        raise sqlite3.OperationalError("database or disk is full")
    except sqlite3.OperationalError as error:
        raise InvalidEntry(*error.args)  # noqa: B904  (as nbgrader does)


@pytest.mark.parametrize(
    ("owner", "name", "fails"),
    [
        (writer, "write_atomically", no_room_for_a_file),
        (writer, "save", no_room_for_grades),
        (class_report, "write_atomically", no_room_for_a_file),
    ],
)
def test_a_full_disk_is_one_line(course, run, monkeypatch, capsys, owner, name, fails):
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fails)
        assert cli.main(["grade", UNIT]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("course grade: there is no room on the disk.")
    run(GRADE)
    assert grades(course)["amara"]["score"] == "6.0"


def grades(course: Path) -> dict[str, dict[str, str]]:
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}
