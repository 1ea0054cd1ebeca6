"""Item analysis: how well an exercise tells strong students from weak ones.

The measure is the item-rest correlation: Pearson's r between the points of an exercise and those
of all other exercises of the unit. The exercise is left out of the sum, since it would correlate
with itself (S. Henrysson, "Correction of item-total correlations in item analysis", Psychometrika
28, 1963, pp. 211-218). Where an exercise gives all or nothing this is the point-biserial
correlation.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 30
"""Students from which it is computed: with fewer, even no relation at all gives |r| of 0.36."""

_DIGITS = 9
"""Of a sum of points; what lies behind them is the floating point's."""


@dataclass(frozen=True)
class Discrimination:
    """An item-rest correlation, and the 95 % interval by Fisher's z, which is rough for points."""

    r: float
    low: float
    high: float


def discrimination(item: Sequence[float], others: Sequence[float]) -> Discrimination | None:
    """How the points of an exercise go with those of all others.

    Args:
        item: the points in the exercise, one number a student.
        others: the points of the same students in all other exercises.

    Returns:
        None with fewer than `LEAST` students, and where all have the same points in the exercise,
        or in all others together.
    """
    if len(item) < LEAST:
        return None
    item, others = ([round(points, _DIGITS) for points in each] for each in (item, others))
    if len(set(item)) == 1 or len(set(others)) == 1:
        return None
    r = statistics.correlation(item, others)
    if abs(r) > 1 - 1e-9:
        return Discrimination(r, r, r)
    half = statistics.NormalDist().inv_cdf(0.975) / math.sqrt(len(item) - 3)
    return Discrimination(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))
