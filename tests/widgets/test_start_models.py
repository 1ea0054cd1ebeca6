"""The models behind the pictures of 00, against closed forms and NumPy."""

import numpy as np
import pytest

from course_utils.widgets.start.broadcasting_model import Pair
from course_utils.widgets.start.broadcasting_widget import SHAPES
from course_utils.widgets.start.secant_model import STEPS, Secant

DERIVATIVES = {
    "x²": lambda x: 2 * x,
    "x³ / 4": lambda x: 0.75 * x**2,
    "sin x": np.cos,
    "eˣ": np.exp,
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_the_slope_is_the_derivative(name):
    for x in (-1.5, 0.0, 2.0):
        assert Secant(name, x, central=True).slope == pytest.approx(DERIVATIVES[name](x))


def test_a_step_to_both_sides_and_to_one_side():
    h = STEPS[:5]
    both = Secant("x³ / 4", 1.0, central=True).measured[:5]
    one = Secant("x³ / 4", 1.0, central=False).measured[:5]
    assert both == pytest.approx((3 + h**2) / 4)
    assert one == pytest.approx((3 + 3 * h + h**2) / 4)


@pytest.mark.parametrize("central", [True, False])
def test_the_smallest_step_is_not_the_best(central):
    errors = Secant("sin x", 1.0, central).errors
    best = int(errors.argmin())
    assert 0 < best < len(STEPS) - 1
    assert errors[-1] > 100 * errors[best]


@pytest.mark.parametrize("left", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("right", SHAPES.values(), ids=SHAPES)
def test_what_meets_is_what_numpy_lets_meet(left, right):
    model = Pair(left, right)
    first, second = model.arrays
    try:
        result = first - second
    except ValueError:
        assert model.shape is None
        assert [table.size for table, _ in model.stretched] == [first.size, second.size]
        return
    (a, own_a), (b, own_b) = model.stretched
    assert model.shape == result.shape
    assert np.array_equal(a - b, np.atleast_2d(result))
    assert np.array_equal(a[own_a], first.ravel())
    assert np.array_equal(b[own_b], second.ravel())
