"""The numbers of a classifier head: feature maps, their averages, scores, probabilities."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import nn

CLASSES = ("dog", "car", "tree")
DETECTORS = ("fur", "wheel", "leaf", "eye", "metal", "bark")
"""Invented: what six of an encoder's 512 feature maps might answer to."""

HEAD = np.array(
    [
        [2.0, -1.0, -0.5, 2.5, -1.0, 0.5],
        [-1.0, 3.0, -1.0, 0.5, 2.0, -0.5],
        [-0.5, -1.0, 3.0, -1.0, -0.5, 2.0],
    ]
)
"""(classes, detectors) weights."""

BIASES = np.array([0.2, -0.1, 0.0])

# For each image: detector → spots (row, column, strength) in its 7 × 7 map.
SPOTS = {
    "dog": {
        0: ((2, 2, 3.0), (3, 3, 3.5), (4, 3, 3.0), (4, 4, 2.5)),
        3: ((1, 2, 4.0), (1, 4, 3.5)),
        2: ((6, 0, 1.0), (6, 6, 1.2)),
        5: ((5, 1, 0.8),),
    },
    "car": {
        1: ((5, 1, 4.0), (5, 5, 4.0)),
        4: ((3, 2, 3.0), (3, 4, 3.0), (4, 3, 2.5)),
        3: ((2, 1, 1.5),),
        2: ((0, 6, 0.8),),
    },
    "tree": {
        2: ((1, 2, 3.5), (1, 4, 3.5), (2, 3, 4.0)),
        5: ((4, 3, 3.0), (5, 3, 3.0), (6, 3, 2.5)),
        0: ((3, 1, 0.8),),
    },
}


def feature_maps(image: str) -> np.ndarray:
    """(6, 7, 7) what the detectors answer before a ReLU: blurred spots on a ground below zero."""
    rows, columns = np.mgrid[:7, :7]
    maps = np.full((len(DETECTORS), 7, 7), -0.6)
    for detector, spots in SPOTS[image].items():
        for row, column, strength in spots:
            distance = (rows - row) ** 2 + (columns - column) ** 2
            maps[detector] += strength * np.exp(-distance / 1.5)
    return maps


@dataclass(frozen=True, eq=False)
class Head:
    """Global average pooling, a linear layer and the softmax.

    Attributes:
        raw: (C, H, W) feature maps before the activation.
        relu: whether a ReLU follows the encoder's last layer.
        moved: columns by which all maps are moved to the right, round the edge.
    """

    raw: np.ndarray
    relu: bool = True
    moved: int = 0

    @cached_property
    def maps(self) -> np.ndarray:
        """(C, H, W) what the head sees."""
        moved = np.roll(self.raw, self.moved, axis=2)
        return moved.clip(0) if self.relu else moved

    @cached_property
    def averages(self) -> np.ndarray:
        """(C,) one number for each map."""
        return nn.AdaptiveAvgPool2d(1)(torch.from_numpy(self.maps)).flatten().numpy()

    @cached_property
    def products(self) -> np.ndarray:
        """(K, C) weight times average."""
        return HEAD * self.averages

    @cached_property
    def scores(self) -> np.ndarray:
        """(K,) one number for each class."""
        pooled, weights, biases = map(torch.from_numpy, (self.averages, HEAD, BIASES))
        return nn.functional.linear(pooled, weights, biases).numpy()

    @cached_property
    def probabilities(self) -> np.ndarray:
        """(K,) positive, together 1."""
        return torch.from_numpy(self.scores).softmax(0).numpy()
