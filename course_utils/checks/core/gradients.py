"""Checking a gradient against the slopes of its function, without handing out the gradient."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Slope:
    """How much a function changes a unit of a small step: as measured, and as a gradient claims."""

    measured: float
    claimed: float

    @property
    def error(self) -> float:
        """Their difference, relative to the larger of both, at least 1; infinity for NaN."""
        larger = max(abs(self.measured), abs(self.claimed), 1.0)
        error = abs(self.measured - self.claimed) / larger
        return math.inf if math.isnan(error) else error

    def __str__(self) -> str:
        return (
            f"along a random direction it changes by {self.measured:.4g} a unit of step, your "
            f"gradient says {self.claimed:.4g}"
        )


def worst_slope(
    function: Callable[[np.ndarray], float],
    point: np.ndarray,
    gradient: np.ndarray,
    rng: np.random.Generator,
    directions: int = 8,
) -> Slope:
    """The slope, among some along random directions, that a gradient gets most wrong.

    The slope along a direction is measured with a five-point stencil of order four (Fornberg,
    Generation of Finite Difference Formulas, 1988), in float64. Only single slopes are computed,
    never a gradient: what students write in the exercise cannot be taken from here.

    Args:
        function: from an array to one number, defined near `point`.
        point: where the gradient was taken, any shape.
        gradient: the claimed gradient, shaped as `point`.
        rng: draws the directions.
        directions: how many.

    Returns:
        The slope with the largest error.

    Raises:
        ValueError: when the shapes differ.
    """
    point = np.asarray(point, dtype=np.float64)
    gradient = np.asarray(gradient, dtype=np.float64)
    if gradient.shape != point.shape:
        raise ValueError(
            f"the gradient must have the shape of the point, {point.shape}; it has {gradient.shape}"
        )
    stencil = {-2: 1 / 12, -1: -2 / 3, 1: 2 / 3, 2: -1 / 12}
    step = 1e-3
    worst = Slope(0.0, 0.0)
    for _ in range(directions):
        direction = rng.standard_normal(point.shape)
        direction /= max(float(np.linalg.norm(direction)), 1e-12)
        values = {k: float(function(point + k * step * direction)) for k in stencil}
        measured = sum(weight * values[k] for k, weight in stencil.items()) / step
        slope = Slope(measured, float(np.vdot(gradient, direction)))
        worst = max(worst, slope, key=lambda one: one.error)
    return worst


def worst_slopes(
    function: Callable[..., float],
    point: Mapping[str, np.ndarray],
    gradients: Mapping[str, np.ndarray],
) -> Iterator[tuple[str, Slope]]:
    """`worst_slope` of each argument of a function while the others stay where they are.

    Args:
        function: takes the arguments by name.
        point: the arguments, in the order in which they are judged.
        gradients: the claimed gradient of each, by the same names.

    Raises:
        ValueError: when the shapes differ.
    """
    for name, value in point.items():

        def along(moved: np.ndarray, name: str = name) -> float:
            return function(**{**point, name: moved})

        yield name, worst_slope(along, value, gradients[name], np.random.default_rng(0))
