"""Wrong ideas as transforms of the oracle."""

from operator import neg

import numpy as np
import pytest

from course_utils.checks.core import Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then


def scaled(x, factor=2.0, *, offset=0.0):
    return x * factor + offset


class TestChanged:
    def test_by_a_value_however_the_argument_was_given(self):
        idea = changed(scaled, factor=3.0)
        assert idea(1.0) == idea(1.0, 5.0) == idea(1.0, factor=5.0) == 3

    def test_by_what_a_function_makes_of_arguments_defaults_included(self):
        assert changed(scaled, x=lambda x: -x)(1.0) == -2
        assert changed(scaled, offset=lambda x, factor: 10 * x + factor)(1.0) == 14

    def test_all_changes_see_the_arguments_as_they_were(self):
        swapped = changed(scaled, x=lambda factor: factor, factor=lambda x: x + 1)
        assert swapped(3.0, 5.0) == 20

    def test_an_argument_that_the_exercise_does_not_have(self):
        def reduced(x, how):
            return getattr(x, how)()

        assert changed(reduced, how="sum")(np.ones(3)) == 3

    def test_an_unknown_name_is_refused_at_once(self):
        with pytest.raises(TypeError, match="no argument 'stride'"):
            changed(scaled, stride=1)

    def test_arguments_of_another_call_raise_as_the_oracle_would(self):
        with pytest.raises(TypeError):
            changed(scaled, factor=1.0)(1.0, 2.0, 3.0)


class TestThen:
    def test_the_result_is_passed_on(self):
        assert then(scaled, neg)(1.0) == -2
        assert then(scaled, float)(1) == 2
        assert then(scaled, np.sqrt)(8.0) == 4  # a function without parameters that name anything

    def test_together_with_arguments_by_name(self):
        assert then(scaled, lambda y, x: y - x)(3.0) == 3
        assert then(scaled, lambda y, offset, factor=7: y + factor + offset)(3.0, offset=1.0) == 15

    def test_after_a_change_it_sees_the_arguments_as_they_were(self):
        idea = then(changed(scaled, factor=0.0), lambda y, factor: y + factor)
        assert idea(1.0, 5.0) == 5


@pytest.mark.parametrize(
    "idea", [changed(scaled, x=lambda x: 1 / x), then(scaled, lambda y: 1 / y)]
)
def test_an_idea_that_raises_explains_nothing(idea):
    exercise = Exercise(
        "scaled",
        1,
        scaled,
        (ValueCase("zero", call(0)),),
        (Misconception("inverse", "Not the inverse.", idea),),
    )
    report = exercise(lambda x: 1.0)
    assert not report.passed
    assert not report.misconceptions
