"""Four schedules of the learning rate, and what each makes of the same noisy descent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import torch
from torch.optim import lr_scheduler

STEPS = 100
HIGH, LOW = 0.5, 0.02
RUNS = 400
START = 10.0

SCHEDULES: dict[str, Callable] = {
    "constant": partial(lr_scheduler.ConstantLR, factor=1.0),
    "step decay": partial(lr_scheduler.StepLR, step_size=25, gamma=0.3),
    "cosine": partial(lr_scheduler.CosineAnnealingLR, T_max=STEPS),
    "cyclic": partial(
        lr_scheduler.CyclicLR, base_lr=LOW, max_lr=HIGH, step_size_up=20, cycle_momentum=False
    ),
}


@dataclass(frozen=True)
class Descents:
    """Many runs at once on the loss w²/2, each gradient with its own noise.

    Attributes:
        noise: its standard deviation.
        seed: of the noise; the same for every schedule.
    """

    noise: float
    seed: int

    @cached_property
    def rates(self) -> dict[str, np.ndarray]:
        """(STEPS + 1,) the learning rate of every step, PyTorch's."""
        return {name: self._run(name)[0] for name in SCHEDULES}

    @cached_property
    def losses(self) -> dict[str, np.ndarray]:
        """(STEPS + 1,) the mean loss over the runs, before each step."""
        return {name: self._run(name)[1] for name in SCHEDULES}

    def _run(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        weights = torch.nn.Parameter(torch.full((RUNS,), START))
        optimizer = torch.optim.SGD([weights], lr=HIGH)
        scheduler = SCHEDULES[name](optimizer)
        draws = torch.Generator().manual_seed(self.seed)
        rates, losses = [], []
        for _ in range(STEPS + 1):
            rates.append(float(scheduler.get_last_lr()[0]))
            losses.append(float(weights.detach().square().mean() / 2))
            noise = torch.randn(RUNS, generator=draws) * self.noise
            weights.grad = weights.detach() + noise
            optimizer.step()
            scheduler.step()
        return np.array(rates), np.array(losses)
