"""Right answers agree with each other and with the truth on whatever the statement allows.

`tests/shared/domains/TOPIC.py` describes for each exercise what it may be asked, as a Hypothesis
strategy that draws calls. Where right answers disagree, that is out of the domain, and the
statement says so, or the check needs a case.
"""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.authoring import answers
from course_utils.checks import exercises
from course_utils.checks.core import Call, Exercise, ValueCase
from course_utils.repository import repository, units

load = cache(answers.load)


def domains(topic: str) -> Mapping[str, st.SearchStrategy[Call]]:
    """The strategies of a topic by exercise, or by `exercise.function` where it has several."""
    return importlib.import_module(f"domains.{topic}").DOMAINS


DOMAINS = [
    pytest.param(unit, name, id=f"{unit.topic}-{name}")
    for unit in units(repository())
    for name in domains(unit.topic)
]


@pytest.mark.parametrize("unit", units(repository()), ids=lambda unit: unit.name)
def test_every_exercise_has_a_domain(unit):
    described = {name.partition(".")[0] for name in domains(unit.topic)}
    assert described == set(exercises(unit.topic))


@pytest.mark.parametrize(("unit", "name"), DOMAINS)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_right_answers_agree_on_what_the_statement_allows(unit, name, data):
    exercise, _, function = name.partition(".")
    inputs = data.draw(domains(unit.topic)[name])
    judged = narrowed(exercises(unit.topic)[exercise], function, inputs)
    for answer in load(unit).variants:
        if answer.exercise == exercise:
            report = judged(*answer.functions)
            assert report.passed, f"{answer.name}: {report.problem or report.cases[0]}"


def narrowed(exercise: Exercise, function: str, inputs: Call) -> Exercise:
    """The exercise with one call instead of its cases, judged as its first values are."""
    first = next(
        case
        for case in exercise.cases
        if isinstance(case, ValueCase) and case.function in ("", function)
    )
    case = replace(first, name="drawn here", calls=inputs, weight=1.0)
    return replace(exercise, cases=(case,), misconceptions=())
