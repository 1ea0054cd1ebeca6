"""The sample class on a real lesson, the first one: from its built source to points and hints."""

import re
import shutil
from types import SimpleNamespace

import nbformat
import pytest
from tiny_unit import ROOT

from course_utils import checks
from course_utils.authoring import answers
from course_utils.authoring.leaks import find_leaks
from course_utils.authoring.secrets import collect
from course_utils.demo.sample_class import submissions
from course_utils.gradebook.classroom import Classroom
from course_utils.repository import units

pytestmark = pytest.mark.sandbox

UNIT = units(ROOT)[0]


@pytest.fixture(scope="module")
def lesson(tmp_path_factory, config):
    """The graded class, its exercises in the lesson's order, and the feedback pages."""
    if not UNIT.source.is_file():
        pytest.skip(f"{UNIT.name} is not built: run `course build`")
    folder = tmp_path_factory.mktemp("lesson")
    place = folder / "solutions" / UNIT.name
    place.mkdir(parents=True)
    shutil.copy(UNIT.source, place)
    classroom = Classroom(folder, config)
    release = classroom.release(UNIT.name)
    source = nbformat.read(UNIT.source, as_version=4)
    wrong = answers.load(UNIT).wrong
    grades, pages, written = {}, {}, {}
    for submission in submissions(source, release, wrong):
        student = submission.student
        classroom.hand_in(student, UNIT.name, submission.content)
        grades[student] = classroom.grade(UNIT.name, student)
        pages[student] = classroom.give_feedback(UNIT.name, student)
        if submission.gradable:
            notebook = nbformat.reads(submission.content.decode(), as_version=4)
            written[student] = "\n".join(cell.source for cell in notebook.cells)
    tests = "".join(cell.source for cell in source.cells if "BEGIN HIDDEN TESTS" in cell.source)
    first_wrong = {answer.exercise: answer for answer in reversed(wrong)}
    return SimpleNamespace(
        grades=grades,
        pages=pages,
        written=written,
        wrong=first_wrong,
        exercises=checks.exercises(UNIT.topic),
        order=[result.exercise for result in grades["amara"].results],
        hidden=set(re.findall(r"seed=(\d+)", tests)),
    )


def points(lesson, student):
    return {test.removesuffix("-test"): n for test, n in lesson.grades[student].points.items()}


def test_a_full_solution_has_every_point(lesson):
    assert points(lesson, "amara") == {
        name: exercise.points for name, exercise in lesson.exercises.items()
    }


def test_half_a_notebook_has_the_points_of_its_half(lesson):
    had = points(lesson, "bela")
    names = lesson.order
    half = (len(names) + 1) // 2
    assert [had[name] > 0 for name in names] == [True] * half + [False] * (len(names) - half)


def test_a_misconception_loses_points_and_gets_its_hint(lesson):
    for result in lesson.grades["chiara"].results:
        answer = lesson.wrong[result.exercise]
        exercise = lesson.exercises[result.exercise]
        (known,) = (m for m in exercise.misconceptions if m.name == answer.misconception)
        assert points(lesson, "chiara")[result.exercise] < exercise.points
        assert known.hint in {case.hint for case in result.cases}


def test_a_syntax_error_costs_the_last_exercise_only(lesson):
    *others, last = lesson.order
    had = points(lesson, "deniz")
    assert had[last] == 0
    assert all(had[name] == lesson.exercises[name].points for name in others)
    assert "SyntaxError" in lesson.grades["deniz"].results[-1].problem


def test_the_untouched_release_has_no_point(lesson):
    assert set(points(lesson, "emil").values()) == {0}


def test_a_damaged_file_has_a_reason_and_no_points(lesson):
    assert lesson.grades["fatou"].not_graded.startswith("malformed notebook")
    assert lesson.grades["fatou"].total == 0
    assert "cut off or damaged" in lesson.pages["fatou"].read_text(encoding="utf-8")


def test_spoilt_metadata_costs_nothing(lesson):
    assert points(lesson, "goran") == points(lesson, "amara")


def test_no_feedback_page_shows_a_hidden_test(lesson):
    assert lesson.hidden
    for path in lesson.pages.values():
        page = path.read_text(encoding="utf-8")
        assert not any(seed in page for seed in lesson.hidden)
        assert "Traceback (most recent call last)" not in page


@pytest.mark.parametrize("student", ["amara", "bela", "chiara", "deniz", "emil"])
def test_no_feedback_page_shows_an_answer_that_its_student_did_not_write(lesson, student):
    secrets = collect([UNIT]).without(lesson.written[student])
    assert find_leaks(lesson.pages[student], secrets) == []
