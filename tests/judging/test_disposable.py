"""A disposable process gives a result, or the way in which it was lost; nothing else happens."""

import contextlib
import itertools
import os
import re
import select
import signal
import sys
from dataclasses import replace

import psutil
import pytest

from course_utils.errors import CourseError
from course_utils.judging import disposable
from course_utils.judging.disposable import (
    Bounds,
    Disposable,
    GraderLoss,
    GraderLostError,
    apart,
    each_apart,
)
from course_utils.sandbox.limits import MIB

needs_fork = pytest.mark.skipif(not disposable.HAS_FORK, reason="there is no fork here")

BOUNDS = Bounds(seconds=60, cpu_seconds=60, memory=256 * MIB, size=MIB)


def lost(work, bounds=BOUNDS) -> GraderLostError:
    with pytest.raises(GraderLostError) as caught:
        apart(work, bounds)
    return caught.value


def test_it_gives_what_the_work_gives():
    assert apart(lambda: {"a": [1, (2.5, None)]}, BOUNDS) == {"a": [1, (2.5, None)]}


@needs_fork
def test_the_work_is_done_in_another_process():
    assert apart(os.getpid, BOUNDS) != os.getpid()


def test_what_an_instructor_must_know_passes():
    def work():
        raise CourseError("no sandbox")

    with pytest.raises(CourseError, match="no sandbox"):
        apart(work, BOUNDS)


def nested(value, depth):
    return value if not depth else nested([value], depth - 1)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: 5 + "x", "TypeError: unsupported operand"),
        (lambda: "\ud800".encode(), "UnicodeEncodeError"),
        (lambda: nested(0, 100_000), "RecursionError"),
        (lambda: int("9" * 10_000), "ValueError: Exceeds the limit"),
        (lambda: [][0], "IndexError"),
        (lambda: float("\x1b[31m\n\ud800" * 999), "ValueError: could not convert"),
        (lambda: lambda: 0, "PicklingError|AttributeError"),
    ],
)
def test_every_exception_is_a_loss_said_in_one_line(work, said):
    found = lost(work)
    assert found.reason is GraderLoss.FAILED
    assert re.match(f"grader failed: ({said})", str(found))
    assert str(found).isprintable()
    assert len(str(found)) < 400


def test_a_memory_error_is_told_as_such():
    def work():
        raise MemoryError

    assert lost(work).reason is GraderLoss.MEMORY


@needs_fork
class TestBounds:
    def test_memory_without_end(self):
        assert lost(lambda: [bytearray(MIB) for _ in itertools.count()]).reason in (
            GraderLoss.MEMORY,
            GraderLoss.ENDED,
        )

    def test_an_endless_loop(self):
        def work():
            while True:
                pass

        assert lost(work, replace(BOUNDS, cpu_seconds=0)).reason is GraderLoss.TIME

    def test_an_endless_loop_in_compiled_code_that_swallows_all(self):
        def work():
            sum(itertools.repeat(0))

        assert lost(work, replace(BOUNDS, cpu_seconds=0)).reason is GraderLoss.TIME

    def test_waiting_without_end(self):
        found = lost(lambda: signal.pause(), replace(BOUNDS, seconds=0.2))
        assert found.reason is GraderLoss.TIME

    def test_a_process_that_was_stopped(self, monkeypatch):
        monkeypatch.setattr(disposable, "GRACE", 0.2)

        def work():
            os.kill(os.getpid(), signal.SIGSTOP)

        assert lost(work, replace(BOUNDS, seconds=0.2)).reason is GraderLoss.TIME

    def test_a_result_that_is_too_large(self):
        assert lost(lambda: b"x" * 2 * MIB).reason is GraderLoss.SIZE

    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
    def test_a_signal(self, number):
        assert lost(lambda: os.kill(os.getpid(), number)).reason is GraderLoss.ENDED

    def test_an_end_without_a_word(self):
        assert lost(lambda: os._exit(0)).reason is GraderLoss.ENDED

    def test_this_process_keeps_its_own_limits_and_children(self):
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        children = set(psutil.Process().children())  # other tests may keep some
        lost(lambda: os._exit(1))
        assert before == (
            resource.getrlimit(resource.RLIMIT_AS),
            resource.getrlimit(resource.RLIMIT_CPU),
        )
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == mask
        assert set(psutil.Process().children()) <= children


@needs_fork
def test_one_that_is_lost_costs_no_other():
    def work(item):
        if item % 3 == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    found = list(each_apart(work, range(6), BOUNDS))
    assert [item for item in found if not isinstance(item, GraderLostError)] == [0, 2, 3, 5]
    assert [isinstance(item, GraderLostError) for item in found] == [i % 3 == 1 for i in range(6)]


@needs_fork
def test_what_is_lost_is_tried_again_alone(tmp_path):
    """What one leaves behind in its process reaches no other one."""

    def work(item):
        tries = tmp_path / f"{item}"
        tries.write_bytes(tries.read_bytes() + b"." if tries.exists() else b".")
        if item == "once" and tries.stat().st_size == 1:
            os._exit(1)
        return item

    assert list(each_apart(work, ["a", "once", "b"], BOUNDS)) == ["a", "once", "b"]
    assert [(tmp_path / name).stat().st_size for name in ("a", "once", "b")] == [1, 2, 1]


def test_where_there_is_no_fork_each_exception_is_caught(monkeypatch):
    monkeypatch.setattr(disposable, "HAS_FORK", False)
    first, second, third = each_apart(lambda x: 1 / x, [2, 0, 4], BOUNDS)
    assert (first, third) == (0.5, 0.25)
    assert str(second) == "grader failed: ZeroDivisionError: division by zero"
    assert apart(os.getpid, BOUNDS) == os.getpid()


@needs_fork
def test_what_was_imported_there_is_imported_here_for_the_next(tmp_path, monkeypatch):
    (tmp_path / "imported_by_work.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    def work():
        import imported_by_work  # noqa: F401

    apart(work, BOUNDS)
    assert sys.modules.pop("imported_by_work", None)


@needs_fork
def test_it_ends_with_its_parent(tmp_path):
    """Even when that is killed."""

    def parent():
        def work():
            (tmp_path / "pid").write_text(str(os.getpid()))
            os.kill(os.getppid(), signal.SIGKILL)
            signal.pause()

        apart(work, BOUNDS)

    assert lost(parent).reason is GraderLoss.ENDED
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int((tmp_path / "pid").read_text())).wait(timeout=20)


@needs_fork
def test_it_holds_nothing_open_of_what_its_parent_has_opened():
    """Who reads from a pipe of the parent's hears its end while the process still waits."""
    reader, writer = os.pipe()
    process = Disposable(lambda item: item)
    try:
        assert process.ask(1, BOUNDS) == 1
        os.close(writer)
        assert select.select([reader], [], [], 20)[0]
        assert os.read(reader, 1) == b""
    finally:
        process.close()
        os.close(reader)
