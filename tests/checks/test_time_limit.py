"""A student's call that takes too long is stopped, wherever it runs, and nothing else is."""

import _thread
import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from course_utils.checks.core import (
    ErrorCase,
    Exercise,
    Misconception,
    ValueCase,
    call,
    time_limit,
)
from course_utils.checks.core.reach import Definition
from course_utils.checks.core.rules import Written
from course_utils.checks.core.time_limit import TimeLimit, TooLong


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """A limit that is over at once."""
    monkeypatch.setattr(time_limit, "SECONDS", 0.02)
    monkeypatch.setattr(time_limit, "_AGAIN", 0.005)


def endless(x=None):
    while True:
        x = x


def swallows(x=None):
    while True:
        try:  # noqa: SIM105
            sum(range(100))
        except:  # noqa: E722, S110
            pass


def swallows_at_every_level(x=None):
    while True:
        try:
            swallows()
        except BaseException:  # noqa: S112
            continue


def gives_in(x=None):
    try:
        endless()
    except:  # noqa: E722
        return "an answer after all"


def stopped(function, *args):
    """Call a function under a limit; why it was stopped."""
    with TimeLimit() as limit, pytest.raises(TooLong):
        limit.call(function, *args)
    return limit.stopped


@pytest.mark.parametrize("function", [endless, swallows, swallows_at_every_level])
def test_an_endless_loop_is_stopped_even_one_that_swallows_everything(function):
    assert stopped(function).startswith("Stopped after 0.02 s of CPU time")


def test_nothing_is_left_of_the_tool_that_overcame_a_loop():
    stopped(swallows)
    for thread in threading.enumerate():
        if thread.name == "time limit":
            thread.join()
    if sys.version_info >= (3, 12):
        assert sys.monitoring.get_tool(time_limit._TOOL) is None
    assert sum(range(100)) == 4950


def test_it_is_stopped_in_a_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(stopped(swallows)))
    thread.start()
    thread.join()
    assert found[0].startswith("Stopped")


def test_without_a_clock_of_threads_that_of_the_process_counts(monkeypatch):
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    assert stopped(endless).startswith("Stopped")


def test_waiting_costs_no_time():
    with TimeLimit() as limit:
        limit.call(time.sleep, 10 * time_limit.SECONDS)
    assert not limit.stopped


def test_the_calls_of_a_case_share_their_time():
    def some():
        end = time.thread_time() + 0.3 * time_limit.SECONDS
        while time.thread_time() < end:
            pass

    def many(limit):
        for _ in range(100):
            limit.call(some)

    with TimeLimit() as limit, pytest.raises(TooLong):
        many(limit)
    assert limit.stopped


def test_the_loop_is_named_that_does_not_end():
    def answer(n):
        total = 0
        for i in range(n):
            total += i
        while total > 0:
            helps(total)
        return total

    def helps(total):
        for _ in range(10):
            total += 1

    line = answer.__code__.co_firstlineno + 4
    assert stopped(answer, 5).endswith(f"(a loop in line {line}?).")


def test_without_a_loop_the_line_is_named():
    def answer(x):
        return sorted(x, key=lambda _: np.linalg.svd(np.ones((9, 9)))[1][0] * 0 + 1)

    line = answer.__code__.co_firstlineno + 1
    assert stopped(answer, range(10**6)).endswith(f"(in line {line}).")


def test_no_exception_ever_comes_after_the_call():
    """Calls that end about when their time does: what comes, comes out of the call."""

    def busy(seconds):
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            pass

    outcomes = set()
    for k in range(5000):
        with TimeLimit() as limit:
            limit.seconds = 0.005
            try:
                limit.call(busy, 0.004 + 0.0004 * (k % 10))
                outcomes.add("ended")
            except TooLong:
                outcomes.add("stopped")
            for _ in range(300):
                len("here it must not come")
        if k > 100 and len(outcomes) == 2:
            break
    assert outcomes == {"ended", "stopped"}


def test_ctrl_c_passes():
    with TimeLimit() as limit, pytest.raises(KeyboardInterrupt):
        limit.call(_interrupted)
    assert not limit.stopped


def _interrupted():
    _thread.interrupt_main()
    while True:
        pass


CASES = (
    ValueCase("one", call(1)),
    ValueCase("two", call(2)),
    ErrorCase("no text", call("text"), error=TypeError),
    ValueCase("four", (call(4), call(5))),
)
same = Exercise("same", 4, lambda x: x, CASES)


class TestInACheck:
    def test_what_was_stopped_has_its_own_word_and_the_other_cases_go_on(self):
        calls = []

        def answer(x):
            calls.append(x)
            if x == 4:
                endless()
            return x + 0

        report = same(answer)
        assert [case.word for case in report.cases] == ["passed", "passed", "passed", "stopped"]
        assert "a loop in line" in report.cases[3].hint
        assert report.earned == 3
        assert 5 not in calls
        assert "stopped" in report.html()

    def test_after_two_stopped_cases_the_others_are_not_tried(self):
        report = same(endless)
        words = ["stopped", "stopped", "not tried", "not tried"]
        assert [case.word for case in report.cases] == words
        assert report.earned == 0
        assert not any(case.passed for case in report.cases)

    def test_an_answer_that_gives_in_after_its_time_is_stopped_and_not_judged(self):
        assert same(gives_in).cases[0].word == "stopped"

    def test_it_is_not_diagnosed(self):
        asked = []
        idea = Misconception("asked", "hint", lambda x: asked.append(x) or x + 1)
        report = replace(same, misconceptions=(idea,))(endless)
        assert not asked
        assert not report.misconceptions

    def test_the_trusted_grader_has_a_limit_of_its_own(self):
        class Elsewhere(Written):
            __name__ = "same"

            def __call__(self, x):
                end = time.thread_time() + 2 * time_limit.SECONDS
                while time.thread_time() < end:
                    pass
                return x + 0

            def breach(self, names):
                return None

            def forbid(self, names): ...

            def definition(self):
                return Definition("def same(x):\n    return x + 0\n", {})

        assert same(Elsewhere()).passed

    def test_a_check_inside_an_answer_ends_too(self):
        assert not same(lambda x: same(endless)).passed
