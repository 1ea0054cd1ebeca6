"""A neuron that judges real patients by two measurements."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import torch

FEATURES = ("worst radius", "worst texture")


@dataclass(frozen=True, eq=False)
class Patients:
    """The breast-cancer table of scikit-learn, recoded so that 1 is malignant.

    Attributes:
        measured: (N, 2) radius of the largest nuclei and their texture.
        malignant: (N,) bool.
    """

    measured: np.ndarray
    malignant: np.ndarray

    @property
    def centre(self) -> np.ndarray:
        """(2,) mean of each measurement."""
        return self.measured.mean(axis=0)

    @property
    def spread(self) -> np.ndarray:
        """(2,) standard deviation of each measurement."""
        return self.measured.std(axis=0)


@cache
def patients() -> Patients:
    """All 569 patients."""
    from sklearn.datasets import load_breast_cancer

    table = load_breast_cancer()
    columns = [list(table.feature_names).index(name) for name in FEATURES]
    return Patients(table.data[:, columns], table.target == 0)


@dataclass(frozen=True, eq=False)
class Decision:
    """What a neuron with a step says of the patients.

    Attributes:
        patients: whom it judges.
        weights: (2,) of the standardised measurements.
        bias: of the sum.
    """

    patients: Patients
    weights: tuple[float, float]
    bias: float

    @property
    def in_units(self) -> tuple[np.ndarray, float]:
        """Weights and bias of the same sum for measurements as they are."""
        w = np.array(self.weights) / self.patients.spread
        return w, self.bias - float(w @ self.patients.centre)

    @cached_property
    def sums(self) -> np.ndarray:
        """(N,) weighted sums, by PyTorch's layer."""
        standard = (self.patients.measured - self.patients.centre) / self.patients.spread
        line = np.array([[*self.weights, self.bias]])
        inputs, weights = torch.from_numpy(standard), torch.from_numpy(line)
        return torch.nn.functional.linear(inputs, weights[:, :2], weights[:, 2]).numpy().squeeze(1)

    @property
    def alarmed(self) -> np.ndarray:
        """(N,) bool: called malignant."""
        return self.sums > 0

    @property
    def missed(self) -> np.ndarray:
        """(N,) bool: malignant and called benign."""
        return self.patients.malignant & ~self.alarmed

    @property
    def false_alarms(self) -> np.ndarray:
        """(N,) bool: benign and called malignant."""
        return ~self.patients.malignant & self.alarmed

    @property
    def sensitivity(self) -> float:
        """Share of the malignant that are found."""
        return 1 - self.missed.sum() / self.patients.malignant.sum()

    @property
    def specificity(self) -> float:
        """Share of the benign that are left in peace."""
        return 1 - self.false_alarms.sum() / (~self.patients.malignant).sum()
