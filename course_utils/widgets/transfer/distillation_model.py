"""A real teacher's answers at different temperatures."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch

from course_utils.data import phantoms
from course_utils.models import modality_net, standardized

TEMPERATURES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 20.0)
SEED, COHORT = 640, 60


@dataclass(frozen=True, eq=False)
class Answer:
    """What the teacher says of one image.

    Attributes:
        image: (28, 28), uint8.
        label: the number of its true class.
        logits: (6,), the teacher's.
    """

    image: np.ndarray
    label: int
    logits: np.ndarray

    def softened(self, temperature: float) -> np.ndarray:
        """(6,) probabilities: the softmax of the logits divided by the temperature."""
        return torch.softmax(torch.from_numpy(self.logits) / temperature, dim=0).numpy()

    def entropy(self, temperature: float) -> float:
        """Of these probabilities, in bits: 0 says one class only, log₂ 6 = 2.585 says nothing."""
        chances = torch.distributions.Categorical(torch.from_numpy(self.softened(temperature)))
        return float(chances.entropy() / np.log(2))

    @property
    def runner_up(self) -> int:
        """The class that the teacher thinks second."""
        return int(np.argsort(self.logits)[-2])


@cache
def answers() -> dict[str, Answer]:
    """The first image of each kind in a cohort that the teacher has not seen, by class name."""
    cohort = phantoms.modalities(COHORT, 28, seed=SEED)
    with torch.inference_mode():
        logits = modality_net()(standardized(cohort.images)).double().numpy()
    firsts = [int(np.flatnonzero(cohort.labels == label)[0]) for label in range(6)]
    return {
        cohort.class_names[cohort.labels[row]]: Answer(
            cohort.images[row], int(cohort.labels[row]), logits[row]
        )
        for row in firsts
    }
