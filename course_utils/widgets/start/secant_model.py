"""The slope of a function, measured over steps from wide to far too small."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

FUNCTIONS = {"x²": torch.square, "x³ / 4": lambda x: x**3 / 4, "sin x": torch.sin, "eˣ": torch.exp}
STEPS = np.array([1.0, 0.5, 0.2, *10.0 ** -np.arange(1, 15)])
"""From wide to narrow."""


@dataclass(frozen=True)
class Secant:
    """A slope measured at one point with every step.

    Attributes:
        function: a key of FUNCTIONS.
        x: where.
        central: whether f is asked on both sides, or at x and at x + h.
    """

    function: str
    x: float
    central: bool

    def values(self, x: np.ndarray) -> np.ndarray:
        """The function's values, float64, shaped as x."""
        f = FUNCTIONS[self.function]
        values: np.ndarray = f(torch.as_tensor(x, dtype=torch.double)).numpy()
        return values

    @cached_property
    def slope(self) -> float:
        """The derivative at x, by autograd."""
        x = torch.tensor(self.x, dtype=torch.double, requires_grad=True)
        (slope,) = torch.autograd.grad(FUNCTIONS[self.function](x), x)
        return float(slope)

    @cached_property
    def ends(self) -> np.ndarray:
        """(steps, 2) the two points at which the function is asked."""
        left = self.x - STEPS if self.central else np.full(len(STEPS), self.x)
        return np.stack([left, self.x + STEPS], axis=1)

    @cached_property
    def measured(self) -> np.ndarray:
        """(steps,) rise over run between the two points."""
        rise, run = np.diff(self.values(self.ends))[:, 0], np.diff(self.ends)[:, 0]
        measured: np.ndarray = rise / run
        return measured

    @cached_property
    def errors(self) -> np.ndarray:
        """(steps,) how far each measured slope is from the derivative."""
        errors: np.ndarray = np.abs(self.measured - self.slope)
        return errors
