"""`course submit` makes the archive that `nbgrader zip_collect` reads."""

# ruff: noqa: F811  (fixtures are imported)

import shutil
import zipfile

import pytest
from classroom_fixtures import config, full, nbgrader, released, source  # noqa: F401
from tiny_unit import ROOT, UNIT, checked, put_source

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


def test_a_warning_is_said_and_the_notebook_is_packed_all_the_same(work, tmp_path, capsys):
    assert submit(UNIT, "ida", work, tmp_path).is_file()
    assert capsys.readouterr().out == (
        "Not checked: total, largest. Run the checks, and save the notebook.\n"
    )


def test_an_answered_and_checked_notebook_is_packed_without_a_warning(work, tmp_path, full, capsys):
    checked(full)
    (work / UNIT / f"{UNIT}.ipynb").write_bytes(to_bytes(full))
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


def test_a_notebook_whose_cells_have_lost_their_labels_is_packed_and_it_is_said(
    work, tmp_path, full, released, capsys, monkeypatch
):
    for cell in full.cells:
        cell.metadata.pop("nbgrader", None)
    (work / UNIT / f"{UNIT}.ipynb").write_bytes(to_bytes(full))
    with pytest.raises(CourseError, match="no exercise cells"):
        submit(UNIT, "ida", work, tmp_path)
    course = shutil.copytree(released.folder, tmp_path / "course")
    (course / "course_utils").mkdir()
    monkeypatch.chdir(course)
    assert submit(UNIT, "ida", work, tmp_path).is_file()
    assert "you define total in cell 4" in " ".join(capsys.readouterr().out.split())


def test_a_renamed_notebook_is_named(work, tmp_path):
    path = work / UNIT / f"{UNIT}.ipynb"
    path.rename(path.with_name("mine.ipynb"))
    with pytest.raises(CourseError, match=r"no 01-sums.ipynb .*, but mine.ipynb. Rename yours"):
        submit(UNIT, "ida", work, tmp_path)
    path.with_name("mine.ipynb").unlink()
    with pytest.raises(CourseError, match=r"no 01-sums.ipynb in"):
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
