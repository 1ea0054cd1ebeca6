"""`course demo` grades a sample class in a new folder and touches nothing else."""

import pytest
from tiny_unit import UNIT

from course_utils.authoring import answers
from course_utils.demo import demo
from course_utils.demo.sample_class import submissions
from course_utils.errors import CourseError


def wrong_answers(unit):
    return answers.load(unit).wrong


def test_the_sample_class_is_graded_and_shown(repository, capsys):
    gradebook = repository / "gradebook.db"
    gradebook.write_bytes(b"an instructor's gradebook")
    before = {path for path in repository.rglob("*") if path.is_file()}

    assert demo.run(["01"], None, wrong_answers) == 0

    printed = capsys.readouterr().out
    (folder,) = repository.glob("course-demo-*")
    assert str(folder / "feedback") in printed
    assert str(folder / "grades.csv") in printed
    assert "6 of 6" in printed
    assert "malformed notebook" in printed
    assert "You look for the smallest number." in printed
    assert (folder / "grades.csv").is_file()
    assert (folder / "feedback" / "amara" / UNIT / f"{UNIT}.html").is_file()
    assert gradebook.read_bytes() == b"an instructor's gradebook"
    outside = {path for path in repository.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(folder) for path in outside if path.suffix != ".pyc")


def test_a_source_that_is_wrong_makes_the_command_fail(repository, monkeypatch, capsys):
    monkeypatch.setattr(demo, "submissions", lambda *known: submissions(*known)[:1])
    path = repository / "solutions" / UNIT / f"{UNIT}.ipynb"
    path.write_text(path.read_text().replace("return max(xs)", "return max(xs) + 1"))
    assert demo.run([], repository / "out", wrong_answers) == 1
    assert "Unexpected: amara (full solution) has 2 of 6 points." in capsys.readouterr().out


def test_a_folder_that_exists_is_left_alone(repository, tmp_path):
    with pytest.raises(CourseError, match="exists already"):
        demo.run([], tmp_path, wrong_answers)


def test_an_unknown_unit_is_refused(repository):
    with pytest.raises(CourseError, match="There is no unit '77'"):
        demo.run(["77"], None, wrong_answers)


def test_a_unit_that_is_not_built_is_refused(repository):
    (repository / "solutions" / UNIT / f"{UNIT}.ipynb").unlink()
    with pytest.raises(CourseError, match="course build 01-sums"):
        demo.run([], None, wrong_answers)
    assert not list(repository.glob("course-demo-*"))


def test_a_source_that_nbgrader_refuses_is_reported_in_one_sentence(repository):
    path = repository / "solutions" / UNIT / f"{UNIT}.ipynb"
    path.write_text(path.read_text().replace("### END SOLUTION", "# the end"))
    with pytest.raises(CourseError, match=r"could not be made.*no end solution statement"):
        demo.run([], None, wrong_answers)
