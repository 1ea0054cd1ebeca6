"""What a submission does to the processes that read and judge it costs nobody else anything.

Here our own code is made to fail: walls and codec leave a student no such way that is known.
"""

import contextlib
import csv
import itertools
import os
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import nbformat
import pytest
from tiny_unit import UNIT, cell_named

from course_utils.demo.sample_class import to_bytes
from course_utils.gradebook import writer
from course_utils.gradebook.classroom import Classroom
from course_utils.grading import course_grade
from course_utils.judging import grader, intake, submission
from course_utils.judging.tasks import Task

pytestmark = pytest.mark.sandbox

STUDENTS = ("ann", "bo", "cy")
MARK = "# this one"


@pytest.fixture(scope="module")
def one_worker():
    """One thread for all tests: a sandbox ends with the thread that has started it."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def course(repository, config, full, one_worker, monkeypatch):
    """A course folder in which three have handed in; the answers of `bo` are marked."""
    classroom = Classroom(repository, config)
    classroom.release(UNIT)
    for student in STUDENTS:
        own = nbformat.from_dict(full)
        if student == "bo":
            cell_named(own, "total").source += f"\n{MARK}"
        classroom.hand_in(student, UNIT, to_bytes(own))
    end_judges()
    monkeypatch.setattr(course_grade, "pool", lambda *_, **__: contextlib.nullcontext(one_worker))
    yield repository
    end_judges()


def end_judges() -> None:
    """Let the next submission be judged by a process that is forked from this one as it is."""
    for each in grader._kept.values():
        each._judge.close()


def results(course) -> dict[str, tuple[float, str]]:
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {
            r["student_id"]: (float(r["score"] or 0), r["not_graded"]) for r in csv.DictReader(file)
        }


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def allocate() -> None:
    kept = [bytearray(2**24) for _ in itertools.count()]
    assert kept


def loop() -> None:
    while True:
        pass


def loop_in_compiled_code() -> None:
    sum(itertools.repeat(0))


def stumble() -> None:
    raise TypeError("no \ud800 text\0")


WAYS = [
    (kill, "grader ended: the system ended its process."),
    (allocate, "grader memory"),
    (loop, "grader timeout"),
    (loop_in_compiled_code, "grader timeout"),
    (stumble, "grader failed: TypeError: no"),
]


@pytest.mark.parametrize(("way", "reason"), WAYS)
def test_a_judge_that_is_lost_costs_no_neighbour(course, monkeypatch, way, reason):
    honest = submission.grade

    def judge(notebook, *others):
        honest(notebook, *others)
        if any(MARK in cell.source for cell in notebook.cells):
            way()

    monkeypatch.setattr(submission, "grade", judge)
    bounds = grader.bounds
    short = lambda limits: replace(bounds(limits), cpu_seconds=1)  # noqa: E731
    monkeypatch.setattr(grader, "bounds", short)

    assert course_grade.run(UNIT, [], 1) == 1

    found = results(course)
    assert found["ann"] == found["cy"] == (6, "")
    points, why = found["bo"]
    assert (points, why.startswith(reason)) == (0, True), why
    assert (course / "feedback" / "bo" / UNIT / f"{UNIT}.html").is_file()


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (kill, "unreadable notebook: the system ended its process."),
        (allocate, "unreadable notebook: reading or judging it took more memory"),
        (loop, "unreadable notebook: reading or judging it took more time"),
        (stumble, "unreadable notebook: TypeError: no"),
    ],
)
def test_a_file_that_is_never_read_costs_no_neighbour(course, monkeypatch, way, reason):
    honest = intake.parse

    def parse(content):
        if MARK.encode() in content:
            way()
        return honest(content)

    monkeypatch.setattr(intake, "parse", parse)
    monkeypatch.setattr(intake, "BOUNDS", replace(intake.BOUNDS, cpu_seconds=1))

    assert course_grade.run(UNIT, [], 1) == 0

    found = results(course)
    assert found["ann"] == found["cy"] == (6, "")
    points, why = found["bo"]
    assert (points, why.startswith(reason)) == (0, True), why


def test_nbgrader_autograde_gives_such_a_submission_its_reason_too(course, config, monkeypatch):
    monkeypatch.setattr(submission, "grade", lambda *_: kill())
    grade = Classroom(course, config).grade(UNIT, "ann")
    assert grade.not_graded.startswith("grader ended: the system ended its process.")
    assert grade.total == 0


def test_a_submission_that_is_lost_once_is_graded_alone(course, monkeypatch, tmp_path):
    honest = submission.grade

    def judge(notebook, *others):
        honest(notebook, *others)
        if any(MARK in cell.source for cell in notebook.cells) and not (tmp_path / "seen").exists():
            (tmp_path / "seen").touch()
            kill()

    monkeypatch.setattr(submission, "grade", judge)
    assert course_grade.run(UNIT, [], 1) == 0
    assert set(results(course).values()) == {(6.0, "")}


@pytest.mark.parametrize("always", [False, True])
def test_what_cannot_be_written_stops_nobody_else(course, monkeypatch, capsys, always):
    honest = writer.page

    def page(feedback):
        if feedback.student == "bo" and (always or not feedback.refused):
            stumble()
        return honest(feedback)

    monkeypatch.setattr(writer, "page", page)
    assert course_grade.run(UNIT, [], 1) == 1
    found = results(course)
    assert found["ann"] == found["cy"] == (6, "")
    points, why = found["bo"]
    assert points == 0
    said = "autograding did not finish" if always else "grader failed: TypeError: no"
    assert why.startswith(said)
    assert "grader failed" in capsys.readouterr().out


class Deadly:
    """An executor of several workers; with one student's task all of them end."""

    def __init__(self, deadly: str) -> None:
        self.deadly, self.broken, self.given = deadly, False, []

    def submit(self, work, task):
        future = Future()
        self.broken = self.broken or task.student == self.deadly
        self.given.append(task.student)
        if self.broken:
            future.set_exception(BrokenProcessPool("ended"))
        else:
            future.set_result(task)
        return future


def test_who_ends_every_worker_is_given_up_and_nobody_else(monkeypatch):
    """The one that is behind it cannot be told from those that it ends with it."""
    pools = []

    def pool(workers, *_, **__):
        pools.append(Deadly("bo"))
        return contextlib.nullcontext(pools[-1])

    monkeypatch.setattr(course_grade, "pool", pool)
    template = nbformat.writes(nbformat.v4.new_notebook())
    tasks = [Task(student, UNIT, template, "") for student in ("ann", "bo", "cy", "dee", "eve")]
    taken = []
    lost = course_grade.grade_all(tasks, taken.append, 2)
    assert lost == {"bo": "grader ended: the system ended its process."}
    assert sorted(task.student for task in taken) == ["ann", "cy", "dee", "eve"]
    assert pools[-1].given == ["cy", "dee", "eve"], "a fresh worker for who came after it"
