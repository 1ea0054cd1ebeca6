"""What each regulariser brought: a table that `benchmarks/regularization.py` has measured."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("budget.json")


@dataclass(frozen=True)
class Measured:
    """AUC on test films.

    Attributes:
        images: what it was measured on.
        date: when, as year-month-day.
        draws: how often the training patients were drawn.
        patients: how many of them each budget has, rising.
        auc: for each regulariser and each budget the mean over the draws, and the ends of the 95 %
            interval over draws and test patients.
    """

    images: str
    date: str
    draws: int
    patients: tuple[int, ...]
    auc: dict[str, tuple[tuple[float, float, float], ...]]

    def order(self, budget: int) -> list[str]:
        """The regularisers, the highest mean first."""
        return sorted(self.auc, key=lambda name: -self.auc[name][budget][0])


@cache
def tables() -> dict[str, Measured]:
    """Images → what was measured on them."""
    found = json.loads(TABLE.read_text("utf-8"))
    return {
        images: Measured(
            images,
            each["measured"],
            each["draws"],
            tuple(each["patients"]),
            {name: tuple(map(tuple, rows)) for name, rows in each["auc"].items()},
        )
        for images, each in found.items()
    }
