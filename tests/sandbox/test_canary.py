"""Walls are proven before anybody is graded; one that does not stand is the grader's error."""

import re

import pytest

from course_utils.errors import CourseError
from course_utils.sandbox import canary, probes
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.warm_process import Sandbox


@pytest.mark.sandbox
def test_walls_that_stand_are_recorded():
    with Sandbox() as warm:
        walls = len(probes.WALLS)
        record = canary.prove(warm)
    assert re.fullmatch(rf"{walls} of {walls} held at \d{{4}}-\d\d-\d\d \d\d:\d\d UTC", record)


@pytest.mark.sandbox
@pytest.mark.parametrize("program", ["print('sees', 3, 'processes')", "import os; os._exit(1)"])
def test_one_that_does_not_stand_is_named_with_what_got_through(monkeypatch, program):
    monkeypatch.setitem(probes.ASKING, "no other processes", program)
    with (
        Sandbox() as warm,
        pytest.raises(NoSandboxError, match="wall “no other processes” does not stand: "),
    ):
        canary.prove(warm)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["MEMORY", "FORKS", "DISK", "LEAVING"])
def test_a_limit_that_is_none_is_named(monkeypatch, name):
    monkeypatch.setattr(probes, name, "print('as much as it wants')")
    with Sandbox() as warm, pytest.raises(NoSandboxError, match="as much as it wants"):
        canary.prove(warm)


def test_without_walls_there_is_no_proof():
    plain = PlainProcesses()
    try:
        with pytest.raises(CourseError, match="wall “no network” does not stand"):
            canary.prove(plain)
    finally:
        plain.close()
