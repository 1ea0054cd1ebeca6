"""Drawn numbers: their grids, and calls made of them."""

import numpy as np
import pytest

from course_utils.checks.core import call
from course_utils.checks.core.draws import (
    distinct,
    each,
    halves,
    nonzero_halves,
    nonzero_quarters,
    quarters,
)


@pytest.mark.parametrize(
    ("draw", "step", "most", "zero"),
    [
        (halves, 0.5, 4.5, True),
        (quarters, 0.25, 3.0, True),
        (nonzero_halves, 0.5, 4.5, False),
        (nonzero_quarters, 0.25, 2.75, False),
    ],
)
def test_numbers_lie_on_their_grid_and_reach_its_ends(draw, step, most, zero):
    drawn = draw(np.random.default_rng(0), 40, 50)
    grid = np.arange(-most, most + step, step)
    assert drawn.shape == (40, 50)
    assert drawn.dtype == np.float64
    np.testing.assert_array_equal(np.unique(drawn), grid if zero else grid[grid != 0])


def test_quarters_reach_as_far_as_asked():
    assert abs(quarters(np.random.default_rng(0), 500, most=1.5)).max() == 1.5


def test_distinct_numbers_are_all_different():
    drawn = distinct(np.random.default_rng(0), 3, 5, step=0.25)
    np.testing.assert_array_equal(np.sort(drawn, axis=None), np.arange(-7, 8) / 4)


def test_each_setting_makes_a_call_from_the_same_generator():
    def layer(rng, size, padding=0):
        return call(halves(rng, size), padding=padding)

    drawn = list(each(layer, call(3), call(size=2, padding=1))(np.random.default_rng(5)))
    rng = np.random.default_rng(5)
    for made, size, padding in zip(drawn, (3, 2), (0, 1), strict=True):
        np.testing.assert_array_equal(made.args[0], halves(rng, size))
        assert made.kwargs == {"padding": padding}
