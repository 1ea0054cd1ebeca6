"""Four optimizers on one surface: where each of them is after every step, and what it remembers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import torch

REACH = 10
STEPS = 60


def _bowl(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return 0.05 * (x**2 + y**2)


def _ravine(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Forty times as steep across as along."""
    return 0.0125 * x**2 + 0.5 * y**2


def _saddle(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """A pass at (0, 0.02): down to valleys on both sides, at y near 7 and −7."""
    side = y - 0.02
    return 0.05 * x**2 - 0.05 * side**2 + 0.0005 * side**4 + 1.25


def _many_minima(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """A bowl with waves: the lowest of its minima is at the origin."""
    return 0.02 * (x**2 + y**2) + 0.3 * (2 - torch.cos(1.2 * x) - torch.cos(1.2 * y))


SURFACES: dict[str, Callable] = {
    "bowl": _bowl,
    "ravine": _ravine,
    "saddle": _saddle,
    "many minima": _many_minima,
}


@dataclass(frozen=True)
class Walker:
    """An optimizer: its name, its letter on the map, its usual learning rate, PyTorch's class."""

    name: str
    letter: str
    rate: float
    make: Callable[..., torch.optim.Optimizer]
    first: str = ""
    second: str = ""


WALKERS = (
    Walker("SGD", "S", 0.9, torch.optim.SGD),
    Walker("momentum", "M", 0.15, partial(torch.optim.SGD, momentum=0.9), "momentum_buffer"),
    Walker("Adagrad", "G", 0.7, torch.optim.Adagrad, second="sum"),
    Walker("Adam", "A", 0.5, torch.optim.Adam, "exp_avg", "exp_avg_sq"),
)


@dataclass(frozen=True, eq=False)
class Track:
    """The way of one walker; row t is after t steps.

    Attributes:
        places: (STEPS + 1, 2).
        losses: (STEPS + 1,).
        first: (STEPS + 1, 2) velocity or first moment, zeros where it has none.
        second: (STEPS + 1, 2) sum or mean of squares, zeros where it has none.
        rates: (STEPS + 1, 2) what each axis multiplies its pull with in this step.
    """

    places: np.ndarray
    losses: np.ndarray
    first: np.ndarray
    second: np.ndarray
    rates: np.ndarray


@dataclass(frozen=True)
class Race:
    """All walkers from one start.

    Attributes:
        surface: one of `SURFACES`.
        x: start, from −REACH to REACH.
        y: likewise.
        percent: learning rates, in percent of the walkers' usual ones.
    """

    surface: str
    x: int
    y: int
    percent: int = 100

    def heights(self, side: int = 81) -> np.ndarray:
        """(side, side) losses over the map, the first row at the bottom."""
        ticks = torch.linspace(-REACH, REACH, side, dtype=torch.float64)
        y, x = torch.meshgrid(ticks, ticks, indexing="ij")
        return SURFACES[self.surface](x, y).numpy()

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """One for each of `WALKERS`; they share the work of a gradient."""
        start = torch.tensor([self.x, self.y], dtype=torch.float64)
        points = [torch.nn.Parameter(start.clone()) for _ in WALKERS]
        rates = [walker.rate * self.percent / 100 for walker in WALKERS]
        optimizers = [
            walker.make([point], lr=rate)
            for walker, point, rate in zip(WALKERS, points, rates, strict=True)
        ]
        rows: list[list[tuple]] = [[] for _ in WALKERS]
        for step in range(STEPS + 1):
            here = torch.stack([point.detach() for point in points]).requires_grad_()
            losses = SURFACES[self.surface](here[:, 0], here[:, 1])
            (slopes,) = torch.autograd.grad(losses.sum(), here)
            for at, walker in enumerate(WALKERS):
                state = optimizers[at].state[points[at]]
                first, second = (
                    state.get(name, torch.zeros(2)).numpy().copy()
                    for name in (walker.first, walker.second)
                )
                place, loss = here[at].detach().numpy().copy(), losses[at].item()
                shown = self._rates(walker, rates[at], second, step)
                rows[at].append((place, loss, first, second, shown))
                points[at].grad = slopes[at]
                optimizers[at].step()
        return tuple(
            Track(*(np.array(column) for column in zip(*each, strict=True))) for each in rows
        )

    @property
    def winner(self) -> int:
        """Who has the lowest loss at the end; a walker that diverged has none."""
        ends = [track.losses[-1] for track in self.tracks]
        return int(np.argmin(np.nan_to_num(ends, nan=np.inf)))

    @staticmethod
    def _rates(walker: Walker, rate: float, second: np.ndarray, step: int) -> np.ndarray:
        """The learning rate that each axis got in the step that led here."""
        if not walker.second or not step:
            return np.full(2, rate)
        corrected = second / (1 - 0.999**step) if walker.first else second
        return rate / np.sqrt(np.maximum(corrected, 1e-20))
