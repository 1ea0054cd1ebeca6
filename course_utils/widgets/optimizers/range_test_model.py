"""A learning-rate range test on a small network: the rate grows with every step."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d

from course_utils.widgets.small_networks import POINTS, Cohort, Study

LOW, HIGH, DECADE = -4, 2, 20
RATES = 10.0 ** np.linspace(LOW, HIGH, (HIGH - LOW) * DECADE + 1)
HIDDEN = 20
SPREAD = 3.0
"""Standard deviation of the smoothing, in steps."""


@dataclass(frozen=True)
class RangeTest:
    """SGD on two moons with a rate that grows by the same factor in every step.

    Attributes:
        batch: points in a step.
        seed: of the points, the weights and the batches.
    """

    batch: int
    seed: int

    @cached_property
    def losses(self) -> np.ndarray:
        """(len(RATES),) the loss of each step's batch, before the step."""
        cohort = Cohort("two moons", self.seed)
        network = Study(cohort, HIDDEN).network()
        points, ill = cohort.learned
        inputs = torch.tensor(points, dtype=torch.float32)
        targets = torch.tensor(ill, dtype=torch.float32)
        optimizer = torch.optim.SGD(network.parameters(), lr=1.0)
        draws = torch.Generator().manual_seed(self.seed)
        losses = []
        for rate in RATES:
            chosen = torch.randperm(POINTS, generator=draws)[: self.batch]
            optimizer.param_groups[0]["lr"] = float(rate)
            optimizer.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                network(inputs[chosen]).squeeze(1), targets[chosen]
            )
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return np.array(losses)

    @cached_property
    def usable(self) -> int:
        """How many steps come before the loss is four times the first, or not finite."""
        sensible = np.isfinite(self.losses) & (self.losses < 4 * self.losses[0])
        return len(sensible) if sensible.all() else int(sensible.argmin())

    @cached_property
    def smooth(self) -> np.ndarray:
        """(usable,) the losses, smoothed with a bell curve."""
        return gaussian_filter1d(self.losses[: self.usable], SPREAD, mode="nearest")

    @property
    def lowest(self) -> int:
        """The step with the smallest smoothed loss."""
        return int(self.smooth.argmin())

    @property
    def steepest(self) -> int:
        """The step where the smoothed loss falls most, before it is smallest."""
        return int(np.gradient(self.smooth)[: self.lowest + 1].argmin())
