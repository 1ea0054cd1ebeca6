"""Laws of the comparison, over drawn arrays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from course_utils.checks.core.compare import difference

NUMBERS = st.floats(-1e6, 1e6, width=32)
ARRAYS = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=NUMBERS)


@given(ARRAYS)
def test_an_array_equals_itself_and_its_copy_in_another_layout(array):
    assert difference(array, array) == ""
    assert difference(np.asfortranarray(array), array, exact=True) == ""


@given(ARRAYS, st.data())
def test_one_value_that_is_off_is_found_with_its_place(array, data):
    index = tuple(data.draw(st.integers(0, side - 1)) for side in array.shape)
    wrong = array.copy()
    wrong[index] += 1 + abs(array).max()
    assert f"[{', '.join(map(str, index))}]" in difference(wrong, array)


@given(ARRAYS, st.sampled_from([np.nan, np.inf, -np.inf]))
def test_a_value_that_is_not_finite_never_passes(array, value):
    wrong = array.copy()
    wrong.flat[0] = value
    assert "finite" in difference(wrong, array)


@given(ARRAYS)
def test_shapes_that_would_broadcast_are_told_apart(array):
    assert "shape" in difference(array[..., None], array)
    assert "shape" in difference(array[None], array)


@given(ARRAYS, st.integers(-9, 9))
def test_other_types_are_told_apart(array, number):
    assert "NumPy array" in difference(array.tolist(), array)
    assert "whole number" in difference(float(number), number)
    assert "whole number" in difference(str(number), number)


def test_a_span_of_time_is_no_number():
    assert "whole number" in difference(np.timedelta64(7), 7)
    assert "expected a number" in difference(np.timedelta64(7), 7.0)


def test_large_whole_numbers_are_compared_exactly():
    large = np.array([2**53 + 1, 2**60])
    assert difference(large, large) == ""
    assert difference(large - 1, large) != ""
