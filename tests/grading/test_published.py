"""A release with links and its installing cell is graded, counted and packed as one without."""

import nbformat
import pytest
from tiny_unit import UNIT

from course_utils.authoring.places import Places
from course_utils.demo.sample_class import filled, solutions, to_bytes
from course_utils.judging import intake
from course_utils.student.progress import show

pytestmark = pytest.mark.sandbox


@pytest.fixture
def published(tmp_path, released):
    """The release as students get it with links."""
    path = tmp_path / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir()
    path.write_bytes(to_bytes(released.release))
    Places("uni/imaging").add_to(path)
    return path


def test_a_full_solution_has_every_point(published, classroom, source):
    notebook = filled(nbformat.read(published, as_version=4), solutions(source))
    classroom.hand_in("amara", UNIT, to_bytes(notebook))
    grade = classroom.grade(UNIT, "amara")
    assert grade.points == grade.maximum
    assert grade.points


def test_half_a_solution_has_its_points(published, classroom, source):
    answers = {"total": solutions(source)["total"]}
    notebook = filled(nbformat.read(published, as_version=4), answers)
    classroom.hand_in("bela", UNIT, to_bytes(notebook))
    assert classroom.grade(UNIT, "bela").points == {"total-test": 2, "largest-test": 0}


def test_an_untouched_notebook_is_seen_as_such(published):
    assert intake.is_untouched(intake.read(published))


def test_progress_counts_the_same_exercises(published):
    (lesson,) = show(published.parents[1]).lessons
    assert [exercise.name for exercise in lesson.exercises] == ["total", "largest"]
