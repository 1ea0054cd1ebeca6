"""`course grade`: one writer, several workers, nothing lost and nothing done twice."""

import csv

import nbformat
import processes
import pytest
from nbgrader.api import Gradebook
from tiny_unit import UNIT, cell_named

from course_utils.demo.sample_class import to_bytes
from course_utils.errors import CourseError
from course_utils.gradebook.autograde import template_of
from course_utils.gradebook.classroom import Classroom
from course_utils.gradebook.writer import Writer
from course_utils.grading import course_grade
from course_utils.judging import tasks
from course_utils.judging.intake import handed_in
from course_utils.judging.overlay import grade_ids
from course_utils.judging.tasks import Task, grade_submission
from course_utils.sandbox.limits import Limits

pytestmark = pytest.mark.sandbox


def task(classroom, student, content) -> Task:
    path = classroom.hand_in(student, UNIT, content)
    base = template_of(classroom.course, UNIT)
    submission = handed_in(path, grade_ids(base))
    return Task(student, UNIT, nbformat.writes(base), submission, Limits(cell_seconds=20))


@pytest.fixture
def writer(classroom, config):
    with Writer(classroom.course, config) as writer:
        yield writer


def points(classroom, student):
    with Gradebook(classroom.course.db_url) as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, student)
        return {grade.name.removesuffix("-test"): grade.score for grade in notebook.grades}


def test_it_writes_what_autograding_writes(classroom, writer, full):
    cell_named(full, "total").source = "def total(xs):\n    return sum(xs[:-1])"
    one = task(classroom, "ida", to_bytes(full))
    assert writer.write(grade_submission(one)) == 4
    ours = nbformat.read(classroom.path("autograded", "ida", UNIT), as_version=4)
    by_course_grade = points(classroom, "ida")
    assert classroom.grade(UNIT, "ida").total == 4
    theirs = nbformat.read(classroom.path("autograded", "ida", UNIT), as_version=4)
    assert points(classroom, "ida") == by_course_grade == {"total": 0, "largest": 4}
    assert [(c.source, c.get("outputs")) for c in ours.cells] == [
        (c.source, c.get("outputs")) for c in theirs.cells
    ]


def test_what_is_done_is_not_done_again_until_it_changes(classroom, writer, full):
    first = task(classroom, "ida", to_bytes(full))
    assert not writer.has(first)
    writer.write(grade_submission(first))
    assert writer.has(first)
    cell_named(full, "total").source = "def total(xs):\n    return 0"
    assert not writer.has(task(classroom, "ida", to_bytes(full)))


def test_a_grader_killed_between_gradebook_and_notebook_grades_again(classroom, writer, full):
    one = task(classroom, "ida", to_bytes(full))
    graded = grade_submission(one)
    writer.write(graded)
    classroom.path("autograded", "ida", UNIT).unlink()
    assert not writer.has(one)
    assert writer.write(graded) == 6
    assert writer.has(one)


def test_points_and_comments_given_by_hand_stay(classroom, writer, full):
    one = task(classroom, "ida", to_bytes(full))
    writer.write(grade_submission(one))
    with Gradebook(classroom.course.db_url) as gradebook:
        gradebook.find_grade("total-test", UNIT, UNIT, "ida").manual_score = 1
        gradebook.find_comment("total", UNIT, UNIT, "ida").manual_comment = "Nearly."
        gradebook.db.commit()
    assert writer.write(grade_submission(one)) == 5
    page = classroom.path("feedback", "ida", UNIT, ".html").read_text("utf-8")
    assert "Nearly." in page
    assert "1 of 2 points" in page
    with Gradebook(classroom.course.db_url) as gradebook:
        assert gradebook.find_grade("total-test", UNIT, UNIT, "ida").needs_manual_grade


def test_a_late_submission_is_marked(classroom, config, full):
    strict = config.copy()
    strict.LateSubmissionPlugin.penalty_method = "zero"
    with Gradebook(classroom.course.db_url) as gradebook:
        gradebook.find_assignment(UNIT).duedate = nbgrader_time("2026-01-01 12:00:00")
        gradebook.db.commit()
    one = task(classroom, "ida", to_bytes(full))
    stamp = classroom.path("submitted", "ida", UNIT).parent / "timestamp.txt"
    stamp.write_text("2026-01-01 13:00:00 UTC")
    with Writer(classroom.course, strict) as writer:
        writer.write(grade_submission(one))
    with Gradebook(classroom.course.db_url) as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, "ida")
        assert (notebook.score, notebook.late_submission_penalty) == (6, 6)


def nbgrader_time(text):
    from nbgrader.utils import parse_utc

    return parse_utc(text)


def test_workers_that_are_killed_lose_nothing(classroom, writer, full):
    todo = [task(classroom, student, to_bytes(full)) for student in ("ann", "bo", "cy")]
    scores, killed = {}, []

    def take(graded):
        scores[graded.student] = writer.write(graded)
        if len(scores) == 1:
            killed.extend(processes.workers())
            for worker in killed:
                worker.kill()

    assert course_grade.grade_all(todo, take, workers=1) == {}
    assert scores == {"ann": 6, "bo": 6, "cy": 6}
    assert len(killed) == 1


def test_a_submission_whose_workers_die_every_time_gets_its_reason(classroom, writer, full):
    one = task(classroom, "ida", to_bytes(full))
    given_up = tasks.given_up(one, "grader ended: the system ended its process.")
    assert writer.write(given_up) == 0
    assert not writer.has(one)
    page = classroom.path("feedback", "ida", UNIT, ".html").read_text("utf-8")
    assert "grader ended" in page
    with classroom.export().open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["not_graded"].startswith("grader ended: the system ended its process.")


def test_the_command_grades_a_class_and_goes_on_where_it_was(repository, config, full, capsys):
    classroom = Classroom(repository, config)
    classroom.release(UNIT)
    classroom.hand_in("ida", UNIT, to_bytes(full))
    classroom.hand_in("jon", UNIT, b"{")

    assert course_grade.run("01", [], 1, again=False) == 0
    assert "malformed notebook" in capsys.readouterr().out
    with (repository / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert scores == {"ida": "6.0", "jon": "0.0"}
    assert (repository / "feedback" / "jon" / UNIT / f"{UNIT}.html").is_file()

    assert course_grade.run("01", [], 1, again=False) == 0
    assert "2 of 2 submissions had been graded before" in capsys.readouterr().out


def test_an_unknown_student_is_refused(repository, config, full):
    classroom = Classroom(repository, config)
    classroom.release(UNIT)
    classroom.hand_in("ida", UNIT, to_bytes(full))
    with pytest.raises(CourseError, match=r"No submission to 01-sums from jon\."):
        course_grade.run("01", ["jon"], 1, again=False)
