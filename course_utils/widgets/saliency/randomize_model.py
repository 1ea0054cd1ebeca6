"""The numbers of the randomization test: maps while a network forgets, layer by layer."""

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from course_utils import models
from course_utils.widgets.saliency import maps

METHODS = (
    maps.GRADIENT, maps.SMOOTH, maps.GRADCAM, maps.OCCLUSION, maps.GUIDED, maps.DECONVNET,
)  # fmt: skip
FROM_TOP, ONE_BY_ONE = "from the top, one more each time", "each layer alone"
ORDERS = (FROM_TOP, ONE_BY_ONE)
LAYERS = ("fc", "layer3", "layer2", "layer1")
NOTICED = 0.3
"""A map whose rank correlation with the original is below this has noticed."""


def randomized(network: nn.Module, layers: tuple[str, ...], seed: int) -> nn.Module:
    """A copy whose named children have new random weights, as before any training."""
    forgetful = copy.deepcopy(network)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for name in layers:
            for module in forgetful.get_submodule(name).modules():
                if reset := getattr(module, "reset_parameters", None):
                    reset()
    return forgetful.eval()


@dataclass(frozen=True, eq=False)
class Stage:
    """A network at one step, and what each method then shows; computed when first asked for.

    Attributes:
        lost: the layers that are random.
        network: in evaluation mode.
        images: (N, 1, H, W), as the network wants them.
        fill: (1, 1, H, W), what the pixels become that occlusion hides.
        target: the class that is explained.
        first: the stage of the trained network; None for that itself.
    """

    lost: tuple[str, ...]
    network: nn.Module
    images: Tensor
    fill: Tensor
    target: int
    first: "Stage | None"

    @cached_property
    def probability(self) -> float:
        """What the network gives to the class on the first image."""
        return float(models.predict(self.network, self.images[:1])[0, self.target])

    @cached_property
    def maps(self) -> dict[str, np.ndarray]:
        """(N, H, W) for each method."""
        return {
            method: maps.explain(method, self.network, self.images, self.target, fill=self.fill)
            for method in METHODS
        }

    @cached_property
    def alike(self) -> dict[str, np.ndarray]:
        """(N,) rank correlation of each map with the trained network's, for each method."""
        trained = self.first or self
        found = {}
        for method, ours in self.maps.items():
            pairs = zip(trained.maps[method], ours, strict=True)
            found[method] = np.array([maps.similarity(np.stack(pair))[1] for pair in pairs])
        return found


@dataclass(frozen=True, eq=False)
class Forgetting:
    """A trained network, its layers made random, and which maps notice.

    Attributes:
        network: trained, in evaluation mode.
        images: (N, H, W), uint8; the first one is shown, all are counted.
        target: the class that is explained.
        order: one of `ORDERS`.
        seed: of the new weights.
        fill: (H, W), uint8, what the pixels become that occlusion hides.
    """

    network: nn.Module
    images: np.ndarray
    target: int
    order: str
    seed: int
    fill: np.ndarray

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The steps; in the first no layer is random."""
        if self.order == FROM_TOP:
            steps = [LAYERS[: count + 1] for count in range(len(LAYERS))]
        else:
            steps = [(name,) for name in LAYERS]
        x, fill = models.as_input(self.images), models.as_input(self.fill[None])
        first = Stage((), self.network, x, fill, self.target, None)
        return first, *(
            Stage(lost, randomized(self.network, lost, self.seed), x, fill, self.target, first)
            for lost in steps
        )

    def mean(self, method: str, step: int) -> float:
        """The mean rank correlation over all images."""
        return float(self.stages[step].alike[method].mean())

    def noticed(self, method: str, step: int) -> bool:
        """Whether the maps of a method have changed by this step."""
        return self.mean(method, step) < NOTICED
