"""The perceptron's learning rule, visit by visit."""

from dataclasses import dataclass

import numpy as np
import torch

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
PROBLEMS = {"AND": (-1, -1, -1, 1), "OR": (-1, 1, 1, 1), "XOR": (-1, 1, 1, -1)}


@dataclass(frozen=True, eq=False)
class Visit:
    """One sample seen: the line before, its margin, the line after.

    Attributes:
        epoch: from 0.
        sample: its number.
        margin: label times sum; a mistake where it is at most 0.
        before: (3,) bias and weights, in this order.
        after: likewise.
    """

    epoch: int
    sample: int
    margin: float
    before: np.ndarray
    after: np.ndarray

    @property
    def mistake(self) -> bool:
        """Whether the line was moved."""
        return bool((self.before != self.after).any())


@dataclass(frozen=True)
class Training:
    """A perceptron that learns one of `PROBLEMS` from zero weights, with learning rate 1."""

    problem: str
    epochs: int

    @property
    def labels(self) -> np.ndarray:
        """(4,) −1 or 1."""
        return np.array(PROBLEMS[self.problem], dtype=float)

    def visits(self) -> list[Visit]:
        """Every sample of every epoch, in order.

        The bias is the weight of an input that is always 1, and a sample with the label −1 is
        turned round: then every mistake adds its sample.
        """
        turned = torch.nn.functional.pad(torch.from_numpy(CORNERS), (1, 0), value=1.0)
        turned = turned * torch.from_numpy(self.labels).unsqueeze(-1)
        line, seen = torch.zeros(3, dtype=turned.dtype), []
        for visit in range(4 * self.epochs):
            margin = torch.dot(turned[visit % 4], line)
            moved = line.add(turned[visit % 4], alpha=float(margin <= 0))
            epoch, at = divmod(visit, 4)
            seen.append(Visit(epoch, at, float(margin), line.numpy(), moved.numpy()))
            line = moved
        return seen

    def mistakes(self) -> list[int]:
        """How many in each epoch."""
        made = [visit.mistake for visit in self.visits()]
        return np.reshape(made, (self.epochs, 4)).sum(axis=1).tolist()
