"""What a check judges by rule stands in the statement that a student reads, and nothing else."""

import re
from functools import cache

import pytest

from course_utils.authoring.notebook import read_script
from course_utils.checks import exercises
from course_utils.checks.core import ErrorCase
from course_utils.judging.cells import grade_id, is_test
from course_utils.repository import repository, units

EXERCISES = [
    pytest.param(unit, exercise, id=f"{unit.topic}-{exercise.name}")
    for unit in units(repository())
    for exercise in exercises(unit.topic).values()
]
BANS = re.compile(r"Not allowed here:\s+([^.;]*(?:\.\w[^.;]*)*)[.;]")


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_the_statement_names_what_is_not_allowed(unit, exercise):
    named = {
        name.strip(" `") for text in BANS.findall(words(unit, exercise)) for name in listed(text)
    }
    banned = {name for rule in exercise.rules for name in rule.names}
    assert {name.replace("np.", "numpy.") for name in named} == banned


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_the_statement_names_the_errors_that_are_expected(unit, exercise):
    wanted = {case.error.__name__ for case in exercise.cases if isinstance(case, ErrorCase)}
    assert {name for name in wanted if name not in words(unit, exercise)} == set()


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_the_statement_promises_what_is_promised(unit, exercise):
    text = words(unit, exercise)
    if any(getattr(case, "fresh", False) for case in exercise.cases):
        assert re.search(r"\bnew\b", text)
    if any(getattr(case, "same_dtype", False) for case in exercise.cases):
        assert re.search(r"\bdtypes?\b|float32|float64|int64", text)


def listed(text: str) -> list[str]:
    return re.split(r",|\band\b|\bor\b", text)


def words(unit, exercise) -> str:
    """The text from the exercise before to this one's answer, in one line."""
    return " ".join(statements(unit)[exercise.name].split())


@cache
def statements(unit) -> dict[str, str]:
    found, text = {}, ""
    for cell in read_script(unit.script).cells:
        if cell.cell_type == "markdown":
            text += cell.source + "\n"
        elif is_test(cell):
            text = ""
        elif grade_id(cell):
            found[grade_id(cell)] = text
    return found
