"""`course submit` makes the archive that `nbgrader zip_collect` reads."""

# ruff: noqa: F811  (fixtures are imported)

import shutil
import zipfile

import pytest
from classroom_fixtures import config, full, nbgrader, released, source  # noqa: F401
from tiny_unit import ROOT, UNIT, put_source

from course_utils.demo.sample_class import to_bytes
from course_utils.errors import CourseError
from course_utils.gradebook.classroom import Classroom
from course_utils.student.submit import submit

pytestmark = pytest.mark.sandbox


@pytest.fixture
def work(tmp_path, full):
    """A student's work folder."""
    path = tmp_path / "work" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_bytes(full))
    return tmp_path / "work"


@pytest.mark.parametrize("name", ["01-sums", "01", "sums"])
def test_the_archive_holds_the_notebook_under_student_unit_and_time(work, tmp_path, name):
    archive = submit(name, "ida.b", work, tmp_path / "out")
    with zipfile.ZipFile(archive) as packed:
        (entry,) = packed.namelist()
        assert packed.read(entry) == (work / UNIT / f"{UNIT}.ipynb").read_bytes()
    assert archive.name.startswith("ida.b+01-sums+20")
    assert entry == f"{archive.stem}/{UNIT}.ipynb"


def test_an_untouched_release_is_packed_with_a_warning(work, tmp_path, released, capsys):
    (work / UNIT / f"{UNIT}.ipynb").write_bytes(to_bytes(released.release))
    assert submit(UNIT, "ida", work, tmp_path).is_file()
    assert "No exercise has been answered" in capsys.readouterr().out


def test_an_answered_notebook_is_packed_without_a_warning(work, tmp_path, capsys):
    submit(UNIT, "ida", work, tmp_path)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("student", ["", "a+b", "a/b", "a b", "..", "*", "a\\b"])
def test_an_unfit_student_id_is_refused(work, tmp_path, student):
    with pytest.raises(CourseError, match="letters, digits"):
        submit(UNIT, student, work, tmp_path)


def test_an_unknown_unit_is_refused_with_those_that_exist(work, tmp_path):
    with pytest.raises(CourseError, match="the units there are: 01-sums"):
        submit("02", "ida", work, tmp_path)


def test_a_folder_without_units_is_refused(tmp_path):
    with pytest.raises(CourseError, match="the units there are: none"):
        submit("02", "ida", tmp_path / "nowhere", tmp_path)


def test_a_damaged_notebook_is_refused_and_no_archive_is_left(work, tmp_path):
    path = work / UNIT / f"{UNIT}.ipynb"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(CourseError, match="cut off or damaged"):
        submit(UNIT, "ida", work, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_a_notebook_without_exercises_is_refused(work, tmp_path):
    path = work / UNIT / f"{UNIT}.ipynb"
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with pytest.raises(CourseError, match="no exercise cells"):
        submit(UNIT, "ida", work, tmp_path)


def test_from_submit_over_zip_collect_to_a_grade(work, tmp_path, source, config, nbgrader):
    course = tmp_path / "course"
    put_source(course, source)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    classroom = Classroom(course, config)
    classroom.release(UNIT)
    archives = course / "downloaded" / UNIT / "archive"
    archives.mkdir(parents=True)
    submit(UNIT, "ida.b-c_d@example.org", work, archives)
    renamed = submit(UNIT, "jon", work, archives)
    renamed.rename(archives / "jon_4711_assignsubmission_file.zip")  # as an LMS does

    nbgrader("zip_collect", UNIT, folder=course)

    assert {path.name for path in (course / "submitted").iterdir()} == {
        "ida.b-c_d@example.org",
        "jon",
    }
    stamp = (course / "submitted" / "jon" / UNIT / "timestamp.txt").read_text()
    assert stamp.replace("-", "").replace(":", "").replace(" ", "T") in renamed.name
    assert classroom.grade(UNIT, "ida.b-c_d@example.org").total == 6
