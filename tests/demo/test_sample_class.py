"""The seven sample students get exactly the points, hints and reasons they should."""

import csv

import pytest
from tiny_unit import UNIT

pytestmark = pytest.mark.sandbox


def hints(grade, exercise):
    result = next(result for result in grade.results if result.exercise == exercise)
    return {case.hint for case in result.cases}


@pytest.mark.parametrize(
    ("student", "total", "largest"),
    [
        ("amara", 2, 4),  # a full solution
        ("bela", 2, 0),  # half filled in
        ("chiara", 0, 0),  # misconceptions
        ("deniz", 2, 0),  # a syntax error in the last exercise
        ("emil", 0, 0),  # the untouched release
    ],
)
def test_points(graded_class, student, total, largest):
    assert graded_class.grades[student].points == {"total-test": total, "largest-test": largest}


def test_a_full_solution_passes_every_case(graded_class):
    results = graded_class.grades["amara"].results
    assert [len(result.cases) for result in results] == [2, 2]
    assert all(case.passed for result in results for case in result.cases)


def test_a_misconception_gets_its_hint(graded_class):
    grade = graded_class.grades["chiara"]
    assert hints(grade, "total") == {"Is the last number added?"}
    assert hints(grade, "largest") == {"You look for the smallest number."}


def test_a_syntax_error_is_named_in_the_exercise_that_it_breaks(graded_class):
    first, second = graded_class.grades["deniz"].results
    assert not first.problem
    assert second.problem == (
        "largest does not exist, so it could not be checked. "
        "Python cannot read your answer: expected ':' in line 1 (SyntaxError)."
    )


def test_an_untouched_release_is_told_that_nothing_is_written(graded_class):
    assert hints(graded_class.grades["emil"], "total") == {"This is not written yet."}


def test_a_truncated_file_has_no_points_and_says_why(graded_class):
    grade = graded_class.grades["fatou"]
    assert grade.points == {"total-test": 0, "largest-test": 0}
    assert grade.not_graded.startswith("malformed notebook: the file is cut off or damaged")
    page = graded_class.classroom.path("feedback", "fatou", UNIT, ".html").read_text("utf-8")
    assert "malformed notebook: the file is cut off or damaged" in page
    assert "0 of 6 points" in page


def test_metadata_of_an_unknown_version_costs_nothing(graded_class):
    assert graded_class.grades["goran"].points == {"total-test": 2, "largest-test": 4}


def test_the_csv_gives_the_reason_beside_a_zero(graded_class):
    with graded_class.classroom.export().open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert rows["amara"]["score"] == "6.0"
    assert rows["amara"]["not_graded"] == ""
    assert rows["emil"]["score"] == "0.0"
    assert rows["fatou"]["score"] == "0.0"
    assert rows["fatou"]["not_graded"].startswith("malformed notebook")


def test_the_csv_gives_zero_to_who_handed_in_nothing(classroom):
    classroom.enrol("hedda")
    with classroom.export().open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["score"], row["not_graded"]) == ("0.0", "nothing submitted")
