"""The core of the checks: what it accepts, what it refuses, and what it says."""

import sys
import warnings

import numpy as np
import pytest
import torch

from course_utils.checks import pooling as check
from course_utils.checks.core import (
    ErrorCase,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import difference
from course_utils.checks.core.gradients import worst_slope, worst_slopes


def double(x):
    return 2.0 * np.asarray(x)


def exercise(**changes) -> Exercise:
    """A small exercise: double an array, refuse negative numbers (the oracle need not)."""
    settings = {
        "name": "double",
        "points": 4,
        "oracle": double,
        "cases": (
            ValueCase("fixed", (call(np.array([1.0, 2.0, 3.0])),)),
            ValueCase("drawn", lambda rng: [call(rng.standard_normal((4, 1))) for _ in range(3)]),
        ),
        "misconceptions": (
            Misconception("tripled", "You multiply by three.", lambda x: 3.0 * np.asarray(x)),
        ),
    }
    return Exercise(**(settings | changes))


class TestDeclaring:
    def test_one_call_needs_no_tuple(self):
        inputs = call(np.array([1.0, 2.0]))
        one = exercise(cases=(ValueCase("one", inputs),))
        assert one(lambda x: x + x).passed
        assert not one(lambda x: x).passed

    def test_what_is_observed_and_the_tolerance_are_said_once_for_all_value_cases(self):
        def total(student, x):
            return float(student(x).sum())

        def law(student, x):
            return "" if student(x).shape == x.shape else "another shape"

        x = call(np.array([1.0, 2.0]))
        summed = exercise(
            oracle=lambda x: float(2 * x.sum()),
            observe=total,
            tolerance=0.1,
            cases=(
                ValueCase("sum", x),
                ValueCase("exactly", x, tolerance=1e-9),
                ValueCase("first", x, observe=lambda student, x: 6.0),
                PropertyCase("shape", x, law=law),
            ),
            misconceptions=(),
        )
        passed = [case.passed for case in summed(lambda x: 2 * x[::-1] + 0.01).cases]
        assert passed == [True, False, True, True]
        assert summed.cases[-1].tolerance is None


class TestPoints:
    def test_a_right_answer_earns_all(self):
        report = exercise()(lambda x: x + x)
        assert report.passed
        assert repr(report) == "4.0"

    def test_each_passed_case_earns_its_share(self):
        report = exercise()(lambda x: 2 * x if x.ndim == 1 else x)
        assert repr(report) == "2.0"

    @pytest.mark.parametrize("points", [float("nan"), float("inf"), -3.0])
    def test_the_text_form_is_finite_and_not_negative_whatever_the_points(self, points):
        assert exercise(points=points)(lambda x: x + x).earned in (0.0, points)
        assert np.isfinite(float(repr(exercise(points=1)(lambda x: x))))

    def test_an_answer_that_is_no_function_earns_nothing_and_is_told_so(self):
        report = exercise()(3)
        assert report.earned == 0
        assert "must be a function" in report.problem

    def test_laws_and_refusals_count_once_a_value_is_right(self):
        cases = (
            ValueCase("value", (call(np.array([1.0, 2.0])),)),
            PropertyCase("linear", (call(np.ones(2)),), law=lambda f, x: ""),
            ErrorCase("refuses", (call("text"),), error=TypeError),
        )
        assert exercise(cases=cases)(lambda x: np.zeros(2)).earned == 0

        def refuses_all(x):
            raise TypeError("no")

        assert exercise(cases=cases)(refuses_all).earned == 0

    def test_a_case_without_calls_is_an_error_of_its_author(self):
        with pytest.raises(ValueError, match="no calls"):
            exercise(cases=(ValueCase("empty", ()),))(double)


class TestWhatIsSaid:
    def test_a_misconception_that_reproduces_the_answer_gives_its_hint(self):
        report = exercise()(lambda x: 3 * x)
        assert report.misconceptions == ("tripled",)
        assert "multiply by three" in report.html()

    def test_the_idea_that_explains_the_most_wins(self):
        small = Misconception("plus one", "one", lambda x: np.asarray(x) + 2.0)
        cases = (ValueCase("a", (call(np.ones(1)),)), ValueCase("b", (call(np.full(2, 5.0)),)))
        ideas = (small, exercise().misconceptions[0])
        report = exercise(cases=cases, misconceptions=ideas)(lambda x: 3 * x)
        assert report.misconceptions == ("tripled",)

    def test_hidden_cases_show_name_and_hint_only(self):
        visible, hidden = exercise()(lambda x: x), exercise()(lambda x: x, seed=5)
        assert visible.cases[1].inputs
        assert hidden.cases[0].inputs  # a fixed case is no secret
        assert not hidden.cases[1].inputs
        assert not hidden.cases[1].expected
        assert not hidden.cases[1].got
        assert hidden.cases[1].hint == "A result is wrong."

    def test_hidden_cases_say_nothing_that_student_code_says(self):
        def tells(x):
            raise ValueError(f"the secret input is {x}")

        hidden = exercise()(tells, seed=5)
        assert hidden.cases[1].hint == "The function stopped with an error."
        assert "secret" not in hidden.cases[1].printed

    def test_an_exception_names_the_line_of_the_answer(self):
        def broken(x):
            return x["no such key"]

        assert 'x["no such key"]' in exercise()(broken).cases[0].hint

    def test_the_smallest_failing_input_is_shown(self):
        calls = tuple(call(np.ones(n)) for n in (9, 2, 5))
        report = exercise(cases=(ValueCase("sizes", calls),))(lambda x: x)
        assert "array (2,)" in report.cases[0].inputs

    def test_html_escapes_what_the_student_printed(self):
        def loud(x):
            print("<script>alert(1)</script>")
            return x

        assert "<script>" not in exercise()(loud).html()

    def test_the_record_is_plain_data(self):
        record = exercise()(lambda x: 3 * x).record()
        assert record["earned"] == 0.0
        assert record["cases"][0]["misconception"] == "tripled"


class TestConduct:
    def test_a_changed_input_is_an_error_even_if_the_value_is_right(self):
        def in_place(x):
            x *= 2
            return x

        assert "changed its input" in exercise()(in_place).cases[0].hint

    def test_state_that_leaks_between_calls_is_found(self):
        seen = []

        def remembers(x):
            seen.append(1)
            return 2 * x if len(seen) <= 4 else x

        report = exercise()(remembers)
        assert not report.passed

    def test_a_result_that_is_overwritten_by_a_later_call_is_found(self):
        buffer = np.empty(3)

        def reuses(x):
            np.multiply(x, 2, out=buffer)
            return buffer

        cases = (ValueCase("two", (call(np.ones(3)), call(np.full(3, 7.0)))),)
        report = exercise(cases=cases)(reuses)
        assert "earlier call has changed" in report.cases[0].hint

    def test_prints_and_warnings_cost_nothing(self, capsys):
        def noisy(x):
            print("debug")
            print("bar", file=sys.stderr)
            warnings.warn("careful", stacklevel=1)
            return 2 * x

        assert exercise()(noisy).passed
        assert capsys.readouterr() == ("", "")

    def test_exit_in_an_answer_is_a_wrong_answer(self):
        assert exercise()(lambda x: sys.exit()).earned == 0

    def test_several_functions_are_judged_each_by_its_oracle(self):
        pair = Exercise(
            "pair",
            2,
            {"up": lambda x: x + 1, "down": lambda x: x - 1},
            (
                ValueCase("up", (call(1),), function="up"),
                ValueCase("d", (call(1),), function="down"),
            ),
            functions=("up", "down"),
        )
        assert repr(pair(lambda x: x + 1, lambda x: x - 1)) == "2.0"
        assert repr(pair(lambda x: x + 1, lambda x: x)) == "1.0"
        assert "needs up, down" in pair(lambda x: x).problem


class TestDifference:
    @pytest.mark.parametrize(
        ("got", "expected"),
        [
            (np.ones(3), np.ones(3)),
            (np.ones(3, np.float32), np.ones(3)),
            (3, 3),
            (np.int64(3), 3),
            (2, 2.0),
            ([1.0, 2.0], (1.0, 2.0)),
            ({"a": 1}, {"a": 1}),
            (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
            (torch.ones(2), torch.ones(2)),
            (np.zeros((0, 3)), np.zeros((0, 3))),
            ("same", "same"),
            (np.array([1e6 + 1e-4]), np.array([1e6])),
        ],
    )
    def test_accepts(self, got, expected):
        assert difference(got, expected) == ""

    def test_the_dtype_of_the_input_decides_about_the_tolerance_and_not_that_of_the_answer(self):
        single, tenth = np.float32(0.1), np.ones(1, np.float32)
        assert difference(single, 0.1, inputs=(tenth,)) == ""
        assert difference(single, 0.1).endswith("expected 0.1, got 0.100000001")

    @pytest.mark.parametrize(
        ("got", "expected", "said"),
        [
            (np.ones((3, 1)), np.ones(3), "shape"),
            (np.ones(3, int), np.ones(3), "dtype"),
            (np.array([1.0, np.nan]), np.ones(2), "finite"),
            (np.array([1.0, np.inf]), np.ones(2), "finite"),
            (np.array([1.0, 1.1]), np.ones(2), "expected 1, got 1.1 at [1]"),
            (3.0, 3, "whole number"),
            (True, 1, "whole number"),
            (None, 1.0, "return"),
            ([1.0], np.ones(1), "NumPy array"),
            (np.ones(1), torch.ones(1), "PyTorch tensor"),
            (np.ma.array([1.0]), np.ones(1), "NumPy array"),
            ([1.0, 2.0, 3.0], [1.0, 2.0], "expected [1, 2], got [1, 2, 3]"),
            ((2, 6), (2, 4), "expected (2, 4), got (2, 6)"),
            ([1.5, 1], [1.5, 1.0], ""),
            ([1, 2.0], [1, 2], "value [1]: expected a whole number (int), got a float"),
            ([0] * 9, [0] * 8, "expected 8 values, got 9"),
            ([0] * 8 + [1], [0] * 9, "value [8]: expected 0, got 1"),
            (torch.ones(()), 1.0, "expected a number, got a PyTorch tensor"),
            (np.float64(2), 2, "got a NumPy number (float64)"),
            (np.ones(2, np.float16), np.ones(2), "float16, which keeps three digits only"),
            (torch.ones(2, dtype=torch.bfloat16), torch.ones(2), "bfloat16, which keeps three"),
            ([123456.0], [123455.0], "expected [123455], got [123456]"),
            (np.float16(np.inf), 60000.0, "inf, where it must be finite"),
            (np.float16(60000), 50000.0, "expected 50000, got 60000"),
            ({"a": 1}, {"b": 1}, "keys that are missing: 'b'; keys that nobody asked for: 'a'"),
            (float("nan"), 1.0, "finite"),
            (np.zeros(2), np.array([np.inf, 0]), "expected inf"),
            (np.array([1 + 1e-7]), np.array([1.0]), "expected"),
            ("other", "same", "expected"),
            (10**400, 1.0, "a whole number of 1329 bits"),
            (torch.full((2,), 2, dtype=torch.bfloat16), torch.ones(2), "expected 1, got 2"),
            ({"a": 1, 1: 2}, {2: 1, "b": 2}, "missing: 'b', 2; keys that nobody asked for: 'a', 1"),
        ],
    )
    def test_refuses_and_says_why(self, got, expected, said):
        assert said in difference(got, expected)

    def test_float32_inputs_widen_the_tolerance(self):
        got, expected = np.array([1 + 1e-6]), np.array([1.0])
        assert difference(got, expected)
        assert not difference(got, expected, inputs=(np.ones(1, np.float32),))


class TestRules:
    RULE = Forbid(("numpy.pad", "torch"), "use slices.")

    def test_an_alias_does_not_hide_a_forbidden_name(self):
        def uses(x):
            return np.pad(x, 1)

        assert "numpy.pad" in self.RULE.violation(uses)

    def test_nor_does_an_import_in_the_body(self):
        def uses(x):
            import torch.nn.functional as tools

            return tools.relu(x)

        assert "torch" in self.RULE.violation(uses)

    def test_nor_does_a_name_imported_from_the_module(self):
        def uses(x):
            from numpy import pad as surround

            return surround(x, 1)

        assert "numpy.pad" in self.RULE.violation(uses)

    def test_nor_does_a_helper(self):
        assert "torch" in self.RULE.violation(calls_helper)

    def test_a_library_function_in_the_answers_place_is_refused(self):
        assert self.RULE.violation(torch.relu)

    def test_what_is_allowed_passes(self):
        def uses(x):
            return np.zeros_like(x)

        assert self.RULE.violation(uses) == ""

    def test_the_word_in_a_text_or_a_variable_is_no_use(self):
        def uses(x):
            """Works like np.pad and torch."""
            pad = x
            return pad

        assert self.RULE.violation(uses) == ""

    def test_a_violation_earns_nothing(self):
        report = exercise(rules=(self.RULE,))(calls_helper)
        assert report.earned == 0
        assert "use slices" in report.problem


def _helper(x):
    return torch.relu(x)


def calls_helper(x):
    return _helper(x)


class TestSlopes:
    def test_a_right_gradient_agrees_and_a_wrong_one_does_not(self):
        rng = np.random.default_rng(1)
        point = rng.standard_normal((3, 2))
        right = 2 * point

        def squares(x):
            return float((x**2).sum())

        assert worst_slope(squares, point, right, rng).error < 1e-8
        wrong = worst_slope(squares, point, point, rng)
        assert wrong.error > 0.1
        assert wrong.measured == pytest.approx(2 * wrong.claimed)  # for that is how it was made
        assert f"changes by {wrong.measured:.4g}" in str(wrong)

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_what_is_not_finite_agrees_with_nothing(self, value):
        point = np.ones(3)
        slope = worst_slope(np.sum, point, point * value, np.random.default_rng(0))
        assert not slope.error <= 1e-4

    def test_shapes_must_agree(self):
        with pytest.raises(ValueError, match="shape of the point"):
            worst_slope(np.sum, np.ones(3), np.ones((3, 1)), np.random.default_rng(0))

    def test_each_argument_is_judged_while_the_others_stay(self):
        def energy(w, b):
            return float((w**2).sum() * b.sum())

        point = {"w": np.array([1.0, -2.0]), "b": np.array([0.5, 1.5])}
        gradients = {"w": 2 * point["w"] * 2.0, "b": np.array([5.0, 6.0])}  # 5 and 5 are right
        errors = dict(worst_slopes(energy, point, gradients))
        assert list(errors) == ["w", "b"]
        assert errors["w"].error < 1e-8
        assert errors["b"].error > 0.01


class TestOwnWork:
    @pytest.mark.parametrize(
        "answer",
        [
            lambda x: check.double.oracle(x),
            lambda x: eval("check.double.oracle(x)"),  # noqa: S307
            lambda x: __import__("course_utils.checks.pooling").checks.double.oracle(x),
            lambda x: globals()["check"].double.oracle(x),
            lambda x: sys.modules["course_utils.checks"].pooling.double.oracle(x),
        ],
    )
    def test_an_answer_may_not_reach_for_the_truth(self, answer):
        report = exercise()(answer)
        assert report.earned == 0
        assert "does its own work" in report.problem

    def test_a_local_variable_may_have_any_name(self):
        def answer(x):
            check = x
            return check + x

        assert exercise()(answer).passed

    @pytest.mark.parametrize(
        "answer",
        [
            lambda x: sum([x, x]),
            lambda x: eval("x + x"),  # noqa: S307
            lambda x: __import__("numpy").add(x, x),
            lambda x: globals()["np"].add(x, x),
        ],
    )
    def test_what_finds_a_name_while_it_runs_is_free(self, answer):
        assert exercise()(answer).passed
