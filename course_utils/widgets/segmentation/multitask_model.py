"""The numbers of one encoder with three heads: class, boxes and mask of a film."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import torch
from scipy.spatial import distance
from torchvision.ops import nms

from course_utils.data import phantoms
from course_utils.models import segmenter, standardized
from course_utils.models.segmenter import CELL, Answer

SEED, FILMS = 12, 24
SURE, SAME = 0.5, 0.2  # a box is shown above this probability; boxes that share more are one


@lru_cache(maxsize=1)
def films() -> phantoms.Phantoms:
    """Chest films of patients that the network has not seen."""
    return phantoms.chest(FILMS, 28, SEED)


_network = lru_cache(maxsize=1)(segmenter)


@dataclass(frozen=True)
class Study:
    """One film and what the three heads say of it; `film` is its number in `films()`."""

    film: int

    @property
    def image(self) -> np.ndarray:
        """(28, 28) uint8."""
        return films().images[self.film]

    @property
    def truth(self) -> np.ndarray:
        """(28, 28) bool, the opacities."""
        return films().masks[self.film]

    @property
    def ill(self) -> bool:
        """Whether the film shows an opacity."""
        return bool(films().labels[self.film])

    @cached_property
    def latent(self) -> np.ndarray:
        """(32, 7, 7) what all heads read."""
        with torch.inference_mode():
            return _network("tasks").encode(standardized(self.image[None]))[-1][0].numpy()

    @cached_property
    def answer(self) -> Answer:
        """Of all heads, for this film alone (the first axis has length 1)."""
        with torch.inference_mode():
            return _network("tasks")(standardized(self.image[None]))

    @property
    def probability(self) -> float:
        """That the film shows an opacity."""
        return float(self.answer.label.softmax(1)[0, 1])

    @property
    def predicted(self) -> np.ndarray:
        """(28, 28) bool, the mask."""
        return (self.answer.mask[0] > 0).numpy()

    @property
    def cells(self) -> np.ndarray:
        """(7, 7) probability that the middle of a finding lies in a cell."""
        return self.answer.boxes[0, 0].sigmoid().numpy()

    @cached_property
    def proposed(self) -> tuple[np.ndarray, np.ndarray]:
        """Boxes (M, 4), top, left, bottom, right in pixels, of all sure cells, and their scores."""
        sure = np.argwhere(self.cells > SURE)
        off = self.answer.boxes[0, 1:].numpy()[:, sure[:, 0], sure[:, 1]].T
        middle, half = (sure + off[:, :2]) * CELL, off[:, 2:].clip(0.25) * CELL / 2
        boxes = np.concatenate([middle - half, middle + half], axis=1).clip(0, len(self.image))
        return boxes, self.cells[sure[:, 0], sure[:, 1]]

    @cached_property
    def boxes(self) -> np.ndarray:
        """(K, 4) the boxes that stay where of those on one finding only the surest is kept."""
        boxes, scores = self.proposed
        kept = nms(torch.from_numpy(boxes).double(), torch.from_numpy(scores).double(), SAME)
        return boxes[kept.numpy()]

    @property
    def dice(self) -> float:
        """Of the masks; 1 where both are empty."""
        if not (self.truth.any() or self.predicted.any()):
            return 1.0
        return 1 - float(distance.dice(self.predicted.ravel(), self.truth.ravel()))
