"""Checking a gradient against the slopes of its function, without handing out the gradient."""

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np


def slope_error(
    function: Callable[[np.ndarray], float],
    point: np.ndarray,
    gradient: np.ndarray,
    rng: np.random.Generator,
    directions: int = 8,
) -> float:
    """How far a gradient disagrees with the slopes of its function along random directions.

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
        The largest disagreement, relative to the larger of both slopes, at least 1; infinity
        where the gradient or a slope is not finite.

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
    errors = [0.0]
    for _ in range(directions):
        direction = rng.standard_normal(point.shape)
        direction /= max(float(np.linalg.norm(direction)), 1e-12)
        values = {k: float(function(point + k * step * direction)) for k in stencil}
        measured = sum(weight * values[k] for k, weight in stencil.items()) / step
        claimed = float(np.vdot(gradient, direction))
        errors.append(abs(measured - claimed) / max(abs(measured), abs(claimed), 1.0))
    worst = float(np.max(errors))  # NaN where one of them is, unlike Python's `max`
    return math.inf if math.isnan(worst) else worst


def slope_errors(
    function: Callable[..., float],
    point: Mapping[str, np.ndarray],
    gradients: Mapping[str, np.ndarray],
) -> Iterator[tuple[str, float]]:
    """`slope_error` of each argument of a function while the others stay where they are.

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

        yield name, slope_error(along, value, gradients[name], np.random.default_rng(0))
