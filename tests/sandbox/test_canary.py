"""Walls are proven before anybody is graded; one that does not stand is the grader's error."""

import os
import re

import nbformat
import pytest
from tiny_unit import tiny_source

from course_utils.errors import CourseError
from course_utils.judging.grader import Grader
from course_utils.sandbox import canary, probes
from course_utils.sandbox import probe_programs as programs
from course_utils.sandbox.bubblewrap import NoSandboxError
from course_utils.sandbox.plain_processes import PlainProcesses
from course_utils.sandbox.walls import environment
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
    monkeypatch.setitem(programs.ASKING, "no other processes", program)
    with (
        Sandbox() as warm,
        pytest.raises(NoSandboxError, match="wall “no other processes” does not stand: "),
    ):
        canary.prove(warm)


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["MEMORY", "FORKS", "DISK", "LEAVING"])
def test_a_limit_that_is_none_is_named(monkeypatch, name):
    monkeypatch.setattr(programs, name, "print('as much as it wants')")
    with Sandbox() as warm, pytest.raises(NoSandboxError, match="as much as it wants"):
        canary.prove(warm)


@pytest.mark.sandbox
def test_walls_are_proven_where_no_variable_is_set_but_those_of_the_sandbox(monkeypatch):
    """As `env -i`, cron and services start a command."""
    with Sandbox() as warm:
        for name in set(os.environ) - set(environment()):
            monkeypatch.delenv(name)
        assert canary.prove(warm)


@pytest.mark.sandbox
def test_nobody_is_graded_behind_walls_that_were_not_proven(monkeypatch):
    monkeypatch.setitem(programs.ASKING, "no other processes", "print('sees', 3, 'processes')")
    ours = Grader(nbformat.writes(tiny_source()))
    for _ in range(2):
        with pytest.raises(NoSandboxError, match="no other processes"):
            ours.warm_up()


def test_without_walls_there_is_no_proof():
    plain = PlainProcesses()
    try:
        with pytest.raises(CourseError, match="wall “no network” does not stand"):
            canary.prove(plain)
    finally:
        plain.close()
