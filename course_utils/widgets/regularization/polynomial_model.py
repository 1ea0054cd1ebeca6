"""Polynomials through the measurements of a few patients, with and without a penalty."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import polynomial
from sklearn.linear_model import Ridge

NOISE = 0.25
"""Standard deviation of a measurement around the truth."""
VALIDATION = 40
"""Patients whom no fit sees."""
DEGREES = range(1, 12)
PENALTIES = (0.0, *(10.0**e for e in range(-7, 3)))


def truth(x: np.ndarray) -> np.ndarray:
    """The marker in the blood at a time, with time from −1 to 1: it rises, and falls again."""
    return 2.4 * np.exp(-np.square((x + 0.25) / 0.4)) - 0.9


@dataclass(frozen=True)
class Patients:
    """One measurement of each patient: those of the fit, and others.

    Attributes:
        count: patients of the fit.
        seed: draws times and measurements.
    """

    count: int
    seed: int

    @cached_property
    def fitted(self) -> tuple[np.ndarray, np.ndarray]:
        """Times and measurements, (count,) each, in the order of time."""
        return self._drawn(self.count, 0)

    @cached_property
    def others(self) -> tuple[np.ndarray, np.ndarray]:
        """Times and measurements of the validation patients, (VALIDATION,) each."""
        return self._drawn(VALIDATION, 1)

    def _drawn(self, count: int, which: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, which, 10])
        edges = np.linspace(-1, 1, count + 1)  # one patient in each equal part of the time
        times = rng.uniform(edges[:-1], edges[1:])
        return times, truth(times) + NOISE * rng.standard_normal(count)


@dataclass(frozen=True, eq=False)
class Fit:
    """The polynomial with the least squared error plus penalty.

    Attributes:
        patients: whose measurements are fitted.
        degree: of the polynomial, from 1.
        penalty: λ; λ times the sum of squared weights is added to the sum of squared errors.
    """

    patients: Patients
    degree: int
    penalty: float

    @cached_property
    def weights(self) -> np.ndarray:
        """(degree + 1,) from the constant on, which is not penalised."""
        x, y = self.patients.fitted
        powers = polynomial.polyvander(x, self.degree)[:, 1:]
        fitted = Ridge(alpha=self.penalty, solver="svd").fit(powers, y)
        return np.append(fitted.intercept_, fitted.coef_)

    def at(self, x: np.ndarray) -> np.ndarray:
        """The polynomial's values."""
        values: np.ndarray = polynomial.polyval(x, self.weights)
        return values

    @cached_property
    def training_error(self) -> float:
        """Root mean squared error on the patients of the fit."""
        return self._error(*self.patients.fitted)

    @cached_property
    def validation_error(self) -> float:
        """Root mean squared error on the other patients."""
        return self._error(*self.patients.others)

    def _error(self, x: np.ndarray, y: np.ndarray) -> float:
        return float(np.linalg.norm(self.at(x) - y) / np.sqrt(len(y)))

    @property
    def size(self) -> float:
        """The sum of the squared weights, without the constant's."""
        return float(np.square(self.weights[1:]).sum())


def over_degrees(patients: Patients, penalty: float) -> Iterator[Fit]:
    """A fit for each degree."""
    return (Fit(patients, degree, penalty) for degree in DEGREES)


def over_penalties(patients: Patients, degree: int) -> Iterator[Fit]:
    """A fit for each λ."""
    return (Fit(patients, degree, penalty) for penalty in PENALTIES)
