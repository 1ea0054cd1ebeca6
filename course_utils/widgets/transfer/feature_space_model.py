"""Where three networks put the same films: features in two dimensions, and a linear probe."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.data import phantoms
from course_utils.models import SmallNet, chest_net, modality_net, standardized

SEED, FILMS = 650, 240
NETWORKS = ("random", "pre-trained", "fine-tuned")


@dataclass(frozen=True, eq=False)
class Space:
    """One network's view of a cohort.

    Attributes:
        name: of the network.
        features: (N, D), what goes into its head.
        cohort: the films, their labels and patients.
    """

    name: str
    features: np.ndarray
    cohort: phantoms.Phantoms

    @cached_property
    def standardized(self) -> np.ndarray:
        """(N, D): every feature with mean 0 and spread 1."""
        return StandardScaler().fit_transform(self.features)

    @cached_property
    def plane(self) -> np.ndarray:
        """(N, 2): the two directions in which the features vary most, the first one to the right.

        Signs are fixed so that the ill lie to the right and above in the mean.
        """
        _, _, directions = np.linalg.svd(self.standardized, full_matrices=False)
        places = self.standardized @ directions[:2].T
        ill = self.cohort.labels == 1
        signs = np.sign(places[ill].mean(axis=0) - places[~ill].mean(axis=0))
        return places * np.where(signs == 0, 1, signs)

    @cached_property
    def chances(self) -> np.ndarray:
        """(N,): the linear probe's probability of an opacity, fitted on other patients' films."""
        probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        return cross_val_predict(
            probe,
            self.features,
            self.cohort.labels,
            groups=self.cohort.patients,
            cv=GroupKFold(5),
            method="predict_proba",
        )[:, 1]

    @property
    def accuracy(self) -> float:
        """Of the linear probe."""
        return float(((self.chances > 0.5) == self.cohort.labels).mean())

    @property
    def auc(self) -> float:
        """Of the linear probe."""
        return float(roc_auc_score(self.cohort.labels, self.chances))

    def neighbours(self, film: int, count: int = 3) -> np.ndarray:
        """The films of other patients that are nearest in all dimensions."""
        apart = np.linalg.norm(self.standardized - self.standardized[film], axis=1)
        apart[self.cohort.patients == self.cohort.patients[film]] = np.inf
        return np.argsort(apart, kind="stable")[:count]


@cache
def spaces() -> dict[str, Space]:
    """The three networks on the same films: random weights, modalities learned, fine-tuned."""
    cohort = phantoms.chest(FILMS, 28, seed=SEED)
    networks = (SmallNet(2, widths=(8, 16, 32), seed=SEED), modality_net(), chest_net())
    images = standardized(cohort.images)
    found = {}
    for name, network in zip(NETWORKS, networks, strict=True):
        network.eval()
        with torch.inference_mode():
            features = network.features(images).mean(dim=(2, 3)).double().numpy()
        found[name] = Space(name, features, cohort)
    return found
