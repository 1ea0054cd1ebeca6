"""A network with two inputs, two hidden neurons and one output: values, gradients, one step."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import torch


def _first_layer() -> np.ndarray:
    return np.stack([[1.0, 2.0], [-1.0, 1.0]], axis=1)


@dataclass(frozen=True, eq=False)
class Pass:
    """One patient through the network, forward and backward.

    Attributes:
        x: (2,) inputs.
        y: the truth.
        W1: (2, 2) weights from input i to hidden neuron j.
        b1: (2,) biases of the hidden neurons.
        W2: (2,) weights from the hidden neurons to the output.
        b2: bias of the output.
    """

    x: np.ndarray
    y: float
    W1: np.ndarray = field(default_factory=_first_layer)
    b1: np.ndarray = field(default_factory=lambda: np.array([0.0, -1.0]))
    W2: np.ndarray = field(default_factory=lambda: np.array([1.0, -3.0]))
    b2: float = 0.5

    @cached_property
    def _leaves(self) -> dict[str, torch.Tensor]:
        given = {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": np.array(self.b2)}
        return {
            name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
            for name, value in given.items()
        }

    @cached_property
    def _nodes(self) -> dict[str, torch.Tensor]:
        leaf = self._leaves
        sums = torch.addmv(leaf["b1"], leaf["W1"].T, torch.from_numpy(self.x))
        hidden = torch.nn.functional.relu(sums)
        output = torch.dot(hidden, leaf["W2"]).add(leaf["b2"])
        error = torch.nn.functional.mse_loss(output, torch.tensor(self.y, dtype=torch.float64))
        return {"sums": sums, "hidden": hidden, "output": output, "error": error}

    @cached_property
    def values(self) -> dict[str, np.ndarray]:
        """Sums and activations of the hidden neurons, the output and the error."""
        return {name: node.detach().numpy() for name, node in self._nodes.items()}

    @cached_property
    def gradients(self) -> dict[str, np.ndarray]:
        """How fast the error grows with every value and every parameter, by PyTorch."""
        inner = {name: self._nodes[name] for name in ("sums", "hidden", "output")}
        asked = self._leaves | inner
        found = torch.autograd.grad(self._nodes["error"], list(asked.values()))
        return {name: slope.numpy() for name, slope in zip(asked, found, strict=True)}

    def after(self, rate: float) -> "Pass":
        """The same patient, after one step of gradient descent."""
        moved = {
            name: torch.sub(leaf.detach(), torch.tensor(self.gradients[name]), alpha=rate).numpy()
            for name, leaf in self._leaves.items()
        }
        return Pass(self.x, self.y, moved["W1"], moved["b1"], moved["W2"], float(moved["b2"]))
