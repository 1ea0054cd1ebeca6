"""Workers in separate processes, some of them killed: nothing is lost, nothing is graded twice."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import nbformat
import processes
import pytest
from small_class import hand_in, held, release
from tiny_unit import UNIT

from course_utils.errors import CourseError
from course_utils.grading import course_grade, workers
from course_utils.judging.tasks import Task

pytestmark = pytest.mark.sandbox

STUDENTS = 14


@pytest.fixture
def course(repository) -> Path:
    release(repository)
    hand_in(repository, STUDENTS)
    return repository


@contextlib.contextmanager
def running(*arguments: str):
    """A process with all that it starts, ended with the test."""
    process = subprocess.Popen([sys.executable, "-m", *arguments], start_new_session=True)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def cluster(tmp_path):
    """A Dask scheduler and two workers, three processes that know nothing of the course folder."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
    worker = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1")
    place = ("--no-dashboard", "--local-directory", str(tmp_path / "dask"))
    with (
        running(*scheduler, "--no-dashboard"),
        running(*worker, *place) as one,
        running(*worker, *place) as two,
    ):
        yield address, one, two


def kill_after_the_third(monkeypatch, kill) -> None:
    """Let a worker be killed in mid-class, when three students have their grades."""
    write, written = course_grade.Writer.write, []

    def write_and_kill(writer, graded):
        points = write(writer, graded)
        written.append(graded.student)
        if len(written) == 3:
            kill()
        return points

    monkeypatch.setattr(course_grade.Writer, "write", write_and_kill)


def assert_complete(course: Path) -> None:
    found = held(course)
    assert len(found) == STUDENTS
    for student, submissions in found.items():
        twin = next(name for name in found if name[3:] == student[3:])
        assert len(submissions) == 1
        assert submissions == found[twin]
    assert sorted({s[3:]: f[0]["score"] for s, f in found.items()}.items()) == [
        *[("amara", 6), ("bela", 2), ("chiara", 0), ("deniz", 2)],
        *[("emil", 0), ("fatou", 0), ("goran", 6)],
    ]


def test_a_worker_of_a_cluster_killed_in_mid_class_loses_nothing(course, cluster, monkeypatch):
    address, one, _ = cluster
    kill_after_the_third(monkeypatch, one.kill)
    assert course_grade.run(UNIT, [], None, address) == 0
    assert one.poll() is not None
    assert_complete(course)


def test_student_code_runs_in_no_process_of_the_cluster(course, cluster):
    address, *workers = cluster
    place = course / "submitted" / "00-amara" / UNIT / f"{UNIT}.ipynb"
    tell = r"\nimport os\nos._exit(3)"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("return sum(xs)", "return sum(xs)" + tell), encoding="utf-8")
    assert course_grade.run(UNIT, ["00-amara"], None, address) == 0
    assert held(course)["00-amara"][0]["score"] == 4
    assert [worker.poll() for worker in workers] == [None, None]


@pytest.mark.slow
def test_ctrl_c_is_one_line_with_a_cluster_too(course, cluster):
    from distributed import Client

    grader = processes.grades_an_endless_loop(course, "--scheduler", cluster[0])
    with Client(cluster[0]) as client:
        while not any(client.processing().values()):
            assert grader.poll() is None
    os.killpg(grader.pid, signal.SIGINT)
    _, said = grader.communicate(timeout=60)
    assert (grader.returncode, said) == (130, "course grade: stopped\n")


def test_a_process_of_our_own_killed_in_mid_class_loses_nothing(course, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    kill_after_the_third(monkeypatch, lambda: processes.workers()[0].kill())
    assert course_grade.run(UNIT, [], 2) == 0
    assert_complete(course)


def test_a_submission_that_the_grader_cannot_grade_costs_no_other(monkeypatch):
    class Here:
        def submit(self, function, task):
            future = Future()
            if task.student == "ida":
                future.set_exception(RuntimeError("a fault of ours"))
            else:
                future.set_result(task)
            return future

    monkeypatch.setattr(course_grade, "pool", lambda *_, **__: contextlib.nullcontext(Here()))
    taken = []
    template = nbformat.writes(nbformat.v4.new_notebook())
    tasks = [Task(student, UNIT, template, "") for student in ("ida", "jo", "kim")]
    lost = course_grade.grade_all(tasks, taken.append, 1)
    assert lost == {"ida": "grader failed: RuntimeError: a fault of ours"}
    assert sorted(task.student for task in taken) == ["jo", "kim"]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr(workers, "SECONDS_TO_CONNECT", 1)
    nobody = "tcp://127.0.0.1:1"
    with pytest.raises(CourseError, match=f"answers at {nobody}:"), workers.pool(1, nobody):
        pass


def test_a_scheduler_without_dask_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match="pip install"), workers.pool(1, "tcp://127.0.0.1:1"):
        pass
