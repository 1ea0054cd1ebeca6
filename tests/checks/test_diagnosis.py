"""A misconception is named on evidence, or not at all."""

import numpy as np
import pytest

from course_utils.checks.core import (
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.gradients import worst_slope
from course_utils.checks.core.transforms import then

NUMBERS = np.array([1.5, -2.0, 4.0])


def total(x, scale=1.0):
    return float(np.sum(x) * scale)


def largest(x, scale=1.0):
    return float(np.max(x) * scale)


MEAN = Misconception("mean", "You average.", then(total, lambda found, x: found / len(x)))
LARGEST = Misconception("largest", "That is the largest.", largest)
UNSCALED = Misconception("unscaled", "The scale is missing.", lambda x, scale=1.0: total(x))
SIZES = ValueCase("sizes", lambda rng: (call(rng.normal(size=n)) for n in (2, 3, 5)))
SCALED = ValueCase("scaled", lambda rng: (call(rng.normal(size=n), 2.5) for n in (2, 4)))


def named(answer, *cases, ideas=(MEAN, LARGEST, UNSCALED)) -> list[str]:
    """What is seen in each case."""
    exercise = Exercise("total", 4, oracle=total, cases=cases, misconceptions=ideas)
    return [case.misconception for case in exercise(answer).cases]


def test_an_idea_that_explains_all_that_is_wrong_is_named():
    assert named(lambda x, scale=1.0: np.mean(x) * scale, SIZES, SCALED) == ["mean", "mean"]


def test_an_idea_that_some_right_value_refutes_is_not():
    def almost(x, scale=1.0):
        return float(np.mean(x) if len(x) == 3 else np.sum(x)) * scale

    assert named(almost, ValueCase("three", call(NUMBERS)), SIZES) == ["", ""]


def test_an_idea_that_explains_a_part_of_a_case_only_is_not():
    def mixed(x, scale=1.0):
        return float(np.mean(x)) if len(x) == 2 else 7.25

    assert named(mixed, SIZES) == [""]


def test_one_number_that_agrees_by_chance_is_no_evidence():
    """Its whole number is the mean's, too, but nothing else is."""
    even = ValueCase("one", call(np.array([2.0, 4.0])))
    assert named(lambda x, scale=1.0: 3.0 + 0 * x[0], even, SIZES) == ["", ""]


def test_an_idea_that_more_calls_contradict_than_bear_out_is_not_named():
    """Off by one where there are two numbers, and the mean is, too; wrong otherwise elsewhere."""
    pairs = ValueCase("pairs", (call(np.array([1.0, 1.0])), call(np.array([2.0, 0.0]))))
    longer = ValueCase("longer", tuple(call(np.arange(1.0, n)) for n in (4, 5, 6)))
    assert named(lambda x, scale=1.0: float(np.sum(x)) - 1, pairs, longer) == ["", ""]
    assert named(lambda x, scale=1.0: float(np.mean(x)), pairs, longer) == ["mean", "mean"]


def test_two_ideas_are_told_apart_by_a_call_of_another_case():
    alike = (MEAN, Misconception("first", "The first.", lambda x, scale=1.0: float(x[0])))
    same = ValueCase("same", call(np.array([2.25, 2.25])))
    assert named(lambda x, scale=1.0: x[0], same, ideas=alike) == [""]
    assert named(lambda x, scale=1.0: x[0], same, SIZES, ideas=alike) == ["first", "first"]


def test_cases_that_are_drawn_are_drawn_once_more_to_tell_ideas_apart():
    """Two numbers alike in the case as it stands, others when it is drawn again."""
    draws = iter([2.25, 2.25, 1.0, 7.5])
    drawn = ValueCase("drawn", lambda rng: [call(np.array([next(draws), next(draws)]))])
    ideas = (MEAN, Misconception("first", "The first.", lambda x, scale=1.0: float(x[0])))
    assert named(lambda x, scale=1.0: float(x[0]), drawn, ideas=ideas) == ["first"]


def test_a_case_without_a_wrong_value_shows_none_whatever_is_drawn_once_more():
    calls = []

    def stops_at_first(x, scale=1.0):
        calls.append(x)
        if len(calls) <= 3:
            raise OSError("not yet")
        return float(np.mean(x) * scale)

    assert named(stops_at_first, SIZES, SCALED) == ["", "mean"]


def in_place(x, scale=1.0):
    found = float(np.sum(x) * scale)
    x *= 2
    return found


def as_text(x, scale=1.0):
    return str(total(x, scale))


def as_array(x, scale=1.0):
    return np.array([total(x, scale)])


def stops(x, scale=1.0):
    raise ZeroDivisionError("float division by zero")


@pytest.mark.parametrize("answer", [in_place, as_text, as_array, stops])
def test_what_is_no_wrong_value_shows_no_misconception(answer):
    truth = Misconception("truth", "It looks right.", total)
    assert named(answer, SIZES, ideas=(truth, MEAN)) == [""]


def test_a_missing_refusal_is_said_as_such():
    because = "The sum of nothing is asked for by mistake"
    refused = ErrorCase("nothing", call(np.zeros(0)), because=because)
    truth = Misconception("truth", "It looks right.", total)
    exercise = Exercise("total", 4, oracle=total, cases=(SIZES, refused), misconceptions=(truth,))
    hint = exercise(total).cases[1].hint
    assert hint == f"Expected a ValueError, but the function returned 0. {because}."


class TestSentences:
    def hint(self, answer, **settings) -> str:
        oracle = settings.pop("oracle", lambda x: 2 * x)
        case = ValueCase("one", call(NUMBERS))
        return Exercise("f", 1, oracle=oracle, cases=(case,), **settings)(answer).cases[0].hint

    def test_a_changed_input_has_its_name(self):
        def doubles(x):
            x *= 2
            return x

        assert self.hint(doubles) == (
            "The numbers are right, but the function changed its input `x`: work on a copy."
        )

    def test_right_numbers_of_another_type_or_dtype(self):
        start = "The numbers are right, but "
        assert self.hint(lambda x: list(2 * x)) == f"{start}expected a NumPy array, got a list."
        single = self.hint(lambda x: (2 * x).astype(np.float32), same_dtype=True)
        assert single == f"{start}the dtype is float32, expected float64."
        assert not self.hint(lambda x: (2 * x).astype(np.float32))

    def test_a_promised_new_array_that_lies_in_the_input(self):
        def same(x):
            return x

        assert not self.hint(same, oracle=same)
        assert "lies in the memory of `x`" in self.hint(same, oracle=same, fresh=True)
        assert not self.hint(np.copy, oracle=same, fresh=True)
        table = self.hint(lambda x: {"a": x}, oracle=lambda x: {"a": x}, fresh=True)
        assert "lies in the memory of `x`" in table

    def test_enough_digits_to_see_the_difference(self):
        third = self.hint(lambda x: np.float64(1 / 3 + 1e-8), oracle=lambda x: 1 / 3)
        assert third == "Expected 0.33333333, got 0.33333334."

    def test_single_precision_is_named(self):
        single = self.hint(lambda x: (x / 3).astype(np.float32), oracle=lambda x: x / 3)
        assert "as float32 computes" in single
        single = self.hint(lambda x: np.float32(x.sum() / 3), oracle=lambda x: x.sum() / 3)
        assert "as float32 computes" in single

    def test_a_part_of_the_result_has_its_name(self):
        parts = ("weights", "mistakes")
        hint = self.hint(lambda x: (x, 3), oracle=lambda x: (x, 2), parts=parts)
        assert hint == "`mistakes`: expected 2, got 3."
        one = OneOf(((NUMBERS, 1), (NUMBERS, 2)))
        hint = self.hint(lambda x: (x, 3), oracle=lambda x: one, parts=parts)
        assert hint == "`mistakes`: expected 1, got 3."

    def test_a_whole_number_without_end(self):
        huge = self.hint(lambda x: 10**10_000, oracle=lambda x: 7)
        assert huge == "Expected 7, got a whole number of 33220 bits."
        assert "33220 bits" in self.hint(lambda x: 10**10_000, oracle=lambda x: 7.5)
        assert "33220 bits" in self.hint(lambda x: [10**10_000], oracle=lambda x: "word")

    def test_nothing_returned(self):
        assert self.hint(lambda x: None) == (
            "Expected a NumPy array, got None: it came to no `return` with a value."
        )


class TestWhatIsShown:
    def result(self, answer, oracle):
        case = ValueCase("one", call(NUMBERS))
        return Exercise("f", 1, oracle=oracle, cases=(case,))(answer).cases[0]

    def test_right_numbers_have_no_digits_that_differ_by_rounding(self):
        def thirds(x):
            x /= 3.0
            return x + 1e-15

        shown = self.result(thirds, lambda x: x / 3)
        assert shown.expected == shown.got

    def test_what_looks_alike_has_its_kind(self):
        shown = self.result(lambda x: 3.0, lambda x: 3)
        assert (shown.expected, shown.got) == ("3, a whole number (int)", "3, a float")

    def test_a_law_has_no_value(self):
        case = PropertyCase("law", call(NUMBERS), law=lambda f, x: f(x) or "`x` is too small")
        shown = Exercise("f", 1, oracle=np.copy, cases=(case,))(lambda x: "").cases[0]
        assert (shown.hint, shown.expected, shown.got) == ("`x` is too small.", "", "")

    def test_an_error_of_the_law_is_not_the_answers(self):
        def law(f, x):
            return str(f(x))

        inputs = call(NUMBERS, np.ones(2), np.random.default_rng(0))
        case = PropertyCase("law", inputs, law=worst_slope)
        shown = Exercise("f", 1, oracle=np.copy, cases=(case,))(total).cases[0]
        assert shown.hint.startswith("What the function gives cannot be used here: ValueError")
        case = PropertyCase("law", call(NUMBERS), law=law)
        shown = Exercise("f", 1, oracle=np.copy, cases=(case,))(lambda x: x / "2").cases[0]
        assert shown.hint.startswith("It stopped with")


def test_calls_that_share_an_object_do_not_share_what_is_done_to_it():
    """An answer that empties its argument spoils neither the truth nor the calls after it."""
    table = {"a": 1.0, "b": 2.0}
    case = ValueCase("shared", lambda rng: [call(table), call(table)])

    def empties(table):
        return table.pop("a") + table.pop("b")

    report = Exercise("f", 1, oracle=lambda t: t["a"] + t["b"], cases=(case,))(empties)
    assert "changed its input `t`" in report.cases[0].hint


def test_views_stay_views():
    seen = []

    def looks(x):
        seen.append((x.strides, x.flags.writeable))
        return float(x.sum())

    column = np.arange(12.0).reshape(3, 4)[:, 1]
    still = np.broadcast_to(2.0, (3,))
    case = ValueCase("views", lambda rng: [call(column), call(still), call(column[::-1])])
    assert Exercise("f", 1, oracle=lambda x: float(x.sum()), cases=(case,))(looks).passed
    assert seen[:3] == [((32,), True), ((0,), False), ((-32,), True)]
