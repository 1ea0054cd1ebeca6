"""Discrimination is the item-rest correlation, as SciPy computes it, where there is one."""

import numpy as np
import pytest
from scipy import stats

from course_utils.reports.item_analysis import LEAST, discrimination


def drawn(students: int) -> tuple[list[float], list[float]]:
    """Points all or nothing in an exercise, and in others, of students who differ in strength."""
    rng = np.random.default_rng(7)
    strength = rng.normal(size=students)
    item = (strength + rng.normal(size=students) > 0) * 2.0
    return item.tolist(), np.round(5 + 2 * strength + rng.normal(size=students), 1).tolist()


@pytest.mark.parametrize("students", [LEAST, 400])
def test_it_is_the_point_biserial_correlation_with_its_interval(students):
    item, others = drawn(students)
    found = discrimination(item, others)
    assert found.r == pytest.approx(stats.pointbiserialr(item, others).statistic)
    interval = stats.pearsonr(item, others).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_a_class_that_is_too_small_has_none():
    assert discrimination(*drawn(LEAST - 1)) is None


@pytest.mark.parametrize("turned", [False, True])
def test_where_all_have_the_same_points_there_is_none(turned):
    same = [0.1 + 0.2, 0.3] * LEAST  # the same but for the floating point
    various = [0.0, 1.0, 2.0, 5.0] * (LEAST // 2)
    pair = (various, same) if turned else (same, various)
    assert discrimination(*pair) is None


def test_perfect_relations_have_no_interval():
    points = [0.0, 1.0, 3.0] * LEAST
    assert discrimination(points, points).low == pytest.approx(1)
    assert discrimination(points, [-p for p in points]).high == pytest.approx(-1)
