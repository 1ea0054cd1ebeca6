"""The journey through nbgrader's exchange, with nbgrader's own commands and this configuration."""

import csv
import shutil
import sys

import pytest
from tiny_unit import ROOT, UNIT, put_source

from course_utils.demo.sample_class import mislabelled, to_bytes

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(
        sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows"
    ),
]


@pytest.fixture
def course(tmp_path, source):
    folder = tmp_path / "course"
    put_source(folder, source)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def student(tmp_path):
    folder = tmp_path / "student"
    folder.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


def test_from_release_to_feedback(course, student, nbgrader, full):
    nbgrader("generate_assignment", UNIT, folder=course)
    nbgrader("release_assignment", UNIT, folder=course)

    nbgrader("fetch_assignment", UNIT, folder=student)
    (student / UNIT / f"{UNIT}.ipynb").write_bytes(to_bytes(full))
    nbgrader("submit", UNIT, "--student", "ida", folder=student)

    nbgrader("collect", UNIT, folder=course)
    nbgrader("autograde", UNIT, folder=course)
    nbgrader("generate_feedback", UNIT, folder=course)
    nbgrader("export", folder=course)

    header, row = (course / "grades.csv").read_text(encoding="utf-8").splitlines()
    grade = dict(zip(header.split(","), row.split(","), strict=True))
    assert (grade["student_id"], grade["score"], grade["max_score"]) == ("ida", "6.0", "6.0")
    page = (course / "feedback" / "ida" / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    assert "6 of 6 points" in page
    assert "20431" not in page

    nbgrader("release_feedback", UNIT, folder=course)
    nbgrader("fetch_feedback", UNIT, "--student", "ida", folder=student)
    (fetched,) = (student / UNIT / "feedback").rglob("*.html")
    assert fetched.read_text(encoding="utf-8") == page


def test_one_bad_notebook_does_not_stop_the_class(classroom, full):
    classroom.hand_in("anna", UNIT, to_bytes(mislabelled(full)))
    classroom.hand_in("berta", UNIT, b"{")
    classroom.hand_in("carla", UNIT, to_bytes(full))
    done = classroom.api.autograde(UNIT, "*")  # as `nbgrader autograde 01-sums`
    assert done["success"], done
    with classroom.export().open(encoding="utf-8", newline="") as file:
        scores = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert scores == {"anna": "6.0", "berta": "0.0", "carla": "6.0"}
