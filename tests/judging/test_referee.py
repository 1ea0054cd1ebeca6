"""The referee says of sample answers what the notebook says, to the letter.

Judged are the first wrong answer, the first neutral one and the first variant of each exercise;
with the slow tests the first answer to each misconception; with `REFEREE_ALL=1` in the
environment, all of them.
"""

import ast
import os
import re
from dataclasses import replace
from functools import cache

import pytest

from course_utils.authoring.answers import load
from course_utils.authoring.notebook import read_script
from course_utils.checks import exercises
from course_utils.judging.cell_names import Definitions
from course_utils.protocol.channel import Channel
from course_utils.repository import repository, units
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.warm_process import Sandbox

pytestmark = pytest.mark.sandbox

BY_CHANCE = ("uses_global_state",)
"""Wrong answers that pass a case now and then, here as there."""


def sample():
    """Which answers are judged, each with its unit."""
    seen, kinds = set(), set()
    for unit in units(repository()):
        for answer in load(unit).all:
            if answer.name in BY_CHANCE:
                continue
            kind = unit.topic, answer.exercise, answer.kind, answer.misconception
            if kind not in seen or "REFEREE_ALL" in os.environ:
                marks = [pytest.mark.slow] if kind[:3] in kinds else []
                seen.add(kind)
                kinds.add(kind[:3])
                name = f"{unit.topic}-{answer.exercise}-{answer.name}"
                yield pytest.param(unit, answer, id=name, marks=marks)


ANSWERS = list(sample())
LIMITS = Limits()


@pytest.fixture(scope="module")
def warm():
    with Sandbox() as process:
        yield process


@pytest.fixture(scope="module")
def ask(warm):
    """Runs cells in one process of the student for all answers; gives what the names stand for."""
    lines = []

    def run(names, *cells):
        definitions = Definitions()
        if not lines:
            lines.append(Channel(warm.start(LIMITS), LIMITS.reply, definitions.definition))
        (channel,) = lines
        channel.definition = definitions.definition
        channel.allow(60)
        for cell in cells:
            definitions.add(cell)
            assert channel.run(cell) == []
        found = channel.look(names)
        return [found[name] for name in names]

    yield run
    for channel in lines:
        channel.close()


@cache
def imports(unit) -> str:
    """The imports of a lesson's first code cell."""
    first = next(cell for cell in read_script(unit.script).cells if cell.cell_type == "code")
    found = ast.parse(first.source).body
    return "\n".join(ast.unparse(n) for n in found if isinstance(n, ast.Import | ast.ImportFrom))


def without_line_numbers(report):
    """A sample answer stands at another line of its file than of its cell."""
    return reworded(report, lambda text: re.sub(r"\bline \d+", "line", text, flags=re.IGNORECASE))


def without_numbers(report):
    """For wrong answers of pure chance, such as new weights or dropout: their numbers vary."""
    return reworded(report, lambda text: re.sub(r"-?\d+(\.\d+)?(e[-+]\d+)?", "0", text))


def reworded(report, same):
    cases = tuple(
        replace(case, hint=same(case.hint), problem=same(case.problem), got=same(case.got))
        for case in report.cases
    )
    return replace(report, cases=cases, problem=same(report.problem))


@pytest.mark.parametrize(("unit", "answer"), ANSWERS)
def test_an_answer_gets_the_same_report(unit, answer, ask):
    exercise = exercises(unit.topic)[answer.exercise]
    functions = ask(list(exercise.functions or (exercise.name,)), imports(unit), answer.source)
    here = without_line_numbers(exercise(*answer.functions, seed=5))
    there = without_line_numbers(exercise(*functions, seed=5))
    if there != here and without_line_numbers(exercise(*answer.functions, seed=5)) != here:
        here, there = without_numbers(here), without_numbers(there)
    assert there == here
