"""AUC against the label budget: means, intervals, and who wins how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import t as student_t


@dataclass(frozen=True, eq=False)
class Results:
    """Measured areas under the ROC curve.

    Attributes:
        labels: how many labelled images each budget has, rising.
        total: how many there are in all.
        auc: for each strategy (budgets, draws): one column for each draw of the labelled images,
            the same draws for all strategies.
    """

    labels: tuple[int, ...]
    total: int
    auc: dict[str, np.ndarray]

    @classmethod
    def of(cls, auc: Mapping[str, Sequence], labels: Sequence[int], total: int) -> "Results":
        """Results from nested lists.

        Raises:
            ValueError: when a table is not (budgets, draws), or has not two draws at least.
        """
        tables = {name: np.asarray(values, dtype=float) for name, values in auc.items()}
        shapes = {table.shape for table in tables.values()}
        if len(shapes) != 1 or any(len(s) != 2 or s[0] != len(labels) or s[1] < 2 for s in shapes):
            raise ValueError(
                f"auc must hold ({len(labels)} budgets, at least 2 draws) for each strategy, alike;"
                f" got {sorted(shapes)}."
            )
        return cls(tuple(int(count) for count in labels), int(total), tables)

    @property
    def shares(self) -> np.ndarray:
        """The budgets in percent of all labels."""
        return 100 * np.array(self.labels) / self.total

    @property
    def draws(self) -> int:
        """How often each budget was drawn."""
        return next(iter(self.auc.values())).shape[1]

    @cached_property
    def means(self) -> dict[str, np.ndarray]:
        """Strategy → (budgets,)."""
        return {name: table.mean(axis=1) for name, table in self.auc.items()}

    @cached_property
    def halves(self) -> dict[str, np.ndarray]:
        """Half the width of each mean's 95 % interval (Student's t over the draws)."""
        factor = student_t.ppf(0.975, self.draws - 1) / np.sqrt(self.draws)
        return {name: factor * table.std(axis=1, ddof=1) for name, table in self.auc.items()}

    def order(self, budget: int) -> list[str]:
        """The strategies, the best mean first."""
        return sorted(self.auc, key=lambda name: -self.means[name][budget])

    def wins(self, better: str, worse: str, budget: int) -> int:
        """In how many draws one strategy beats another on the same images."""
        return int((self.auc[better][budget] > self.auc[worse][budget]).sum())

    def gain(self, better: str, worse: str, budget: int) -> tuple[float, float]:
        """The mean difference on the same images, and half the width of its 95 % interval."""
        difference = self.auc[better][budget] - self.auc[worse][budget]
        factor = student_t.ppf(0.975, self.draws - 1) / np.sqrt(self.draws)
        return float(difference.mean()), float(factor * difference.std(ddof=1))
