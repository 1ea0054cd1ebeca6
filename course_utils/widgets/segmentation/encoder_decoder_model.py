"""The numbers of a film's way through an encoder, the latent space and a decoder."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import torch
from scipy.spatial import distance

from course_utils.data import phantoms
from course_utils.models import Segmenter, segmenter, standardized

SEED, FILMS = 9, 24
NETWORKS = {"with skips": "skips", "without skips": "plain"}


@lru_cache(maxsize=1)
def films() -> phantoms.Phantoms:
    """Films of patients that no network has seen, with small nodules."""
    return phantoms.nodules(FILMS, 28, SEED)


_network = lru_cache(maxsize=4)(segmenter)


@dataclass(frozen=True)
class Way:
    """One film on its way through a trained network.

    Attributes:
        film: its number in `films()`.
        network: one of `NETWORKS`.
    """

    film: int
    network: str

    @property
    def image(self) -> np.ndarray:
        """(28, 28) uint8."""
        return films().images[self.film]

    @property
    def truth(self) -> np.ndarray:
        """(28, 28) bool, the nodules."""
        return films().masks[self.film]

    @property
    def trained(self) -> Segmenter:
        """The network."""
        return _network(NETWORKS[self.network])

    @cached_property
    def maps(self) -> list[np.ndarray]:
        """Feature maps (C, H, W): two stages down, the latent space, two stages up."""
        with torch.inference_mode():
            down = self.trained.encode(standardized(self.image[None]))
            return [each[0].numpy() for each in (*down, *self.trained.decode(down))]

    @cached_property
    def chance(self) -> np.ndarray:
        """(28, 28) probability that a pixel belongs to a nodule."""
        with torch.inference_mode():
            up = torch.from_numpy(self.maps[-1])[None]
            return self.trained.mask(up)[0, 0].sigmoid().numpy()

    @property
    def predicted(self) -> np.ndarray:
        """(28, 28) bool, where the probability is above one half."""
        above: np.ndarray = self.chance > 0.5
        return above

    @property
    def dice(self) -> float:
        """Of the predicted mask and the truth."""
        return 1 - float(distance.dice(self.predicted.ravel(), self.truth.ravel()))


def telling(maps: np.ndarray, truth: np.ndarray, count: int) -> np.ndarray:
    """The maps in which the nodules stand out most, (count, H, W), the clearest first.

    Args:
        maps: (C, H, W) feature maps.
        truth: (28, 28) bool, the nodules.
        count: how many.
    """
    inside = reduced(truth, maps.shape[1])
    contrast = maps[:, inside].mean(axis=1) - maps[:, ~inside].mean(axis=1)
    clearness = abs(contrast) / (maps.std(axis=(1, 2)) + 1e-6)
    return maps[np.argsort(-clearness, kind="stable")[:count]]


def reduced(mask: np.ndarray, side: int) -> np.ndarray:
    """(side, side) bool: the cells that hold a pixel of a mask (28, 28)."""
    return np.any(mask.reshape(side, len(mask) // side, side, -1), axis=(1, 3))
