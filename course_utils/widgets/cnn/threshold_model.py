"""One score, one threshold: who is called ill, what it is worth, and what it means for a day."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit, ndtri

EACH = 100
"""Ill and healthy patients of the test set, of each."""
THRESHOLDS = np.round(np.linspace(0, 1, 21), 2)


@dataclass(frozen=True)
class Cut:
    """What one threshold does.

    Attributes:
        threshold: from here on a score is an alarm.
        counts: (2, 2) of the test set; rows are healthy and ill, columns left alone and alarm.
        ppv: how likely an alarm is ill at the prevalence; None where there is no alarm.
        npv: how likely somebody without alarm is healthy; None where everybody is an alarm.
        alarms: (N,) who of the day is an alarm.
    """

    threshold: float
    counts: np.ndarray
    ppv: float | None
    npv: float | None
    alarms: np.ndarray

    @property
    def sensitivity(self) -> float:
        """The share of the ill that is an alarm."""
        return float(self.counts[1, 1] / EACH)

    @property
    def specificity(self) -> float:
        """The share of the healthy that is left alone."""
        return float(self.counts[0, 0] / EACH)


@dataclass(frozen=True)
class Scored:
    """A test set of 100 ill and 100 healthy patients with a score from 0 to 1, and one day.

    Scores come from two bell curves, that of the ill further right, squeezed between 0 and 1: those
    of the test set are their evenly spaced quantiles, those of the day are drawn.

    Attributes:
        auc: the area under the ROC curve that the bell curves have.
        prevalence: ill in a hundred, where the score is used.
        patients: how many come on the day.
    """

    auc: float
    prevalence: int
    patients: int

    def _scored(self, labels: np.ndarray, noise: np.ndarray) -> np.ndarray:
        apart = np.sqrt(2) * ndtri(self.auc)  # of the means, in standard deviations
        return expit(1.2 * (noise + (labels - 0.5) * apart))

    @cached_property
    def labels(self) -> np.ndarray:
        """(200,) of the test set: 0 is healthy, 1 is ill."""
        return np.repeat([0, 1], EACH)

    @cached_property
    def scores(self) -> np.ndarray:
        """(200,) of the test set."""
        quantiles = ndtri((np.arange(EACH) + 0.5) / EACH)
        return self._scored(self.labels, np.tile(quantiles, 2))

    @cached_property
    def day(self) -> tuple[np.ndarray, np.ndarray]:
        """Labels and scores of the day's patients, the highest score first."""
        ill = round(self.prevalence * self.patients / 100)
        labels = (np.arange(self.patients) < ill).astype(int)
        scores = self._scored(labels, np.random.default_rng(8).standard_normal(len(labels)))
        order = np.argsort(-scores, kind="stable")
        return labels[order], scores[order]

    @cached_property
    def weights(self) -> np.ndarray:
        """(200,) how many people each patient of the test set stands for at the prevalence."""
        return np.where(self.labels == 1, self.prevalence, 100 - self.prevalence).astype(float)

    @cached_property
    def measured_auc(self) -> float:
        """The area under the ROC curve of the test set."""
        from sklearn.metrics import roc_auc_score

        return float(roc_auc_score(self.labels, self.scores))

    @cached_property
    def roc(self) -> tuple[np.ndarray, np.ndarray]:
        """False alarms among the healthy, and sensitivity, for every threshold."""
        from sklearn.metrics import roc_curve

        return roc_curve(self.labels, self.scores, drop_intermediate=False)[:2]

    @cached_property
    def precision_recall(self) -> tuple[np.ndarray, np.ndarray]:
        """Precision at the prevalence, and recall, for every threshold."""
        from sklearn.metrics import precision_recall_curve

        curve = precision_recall_curve(self.labels, self.scores, sample_weight=self.weights)
        return curve[0][:-1], curve[1][:-1]  # the last point is no threshold

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """One for each of `THRESHOLDS`."""
        return tuple(self._cut(float(threshold)) for threshold in THRESHOLDS)

    def _cut(self, threshold: float) -> Cut:
        from sklearn.metrics import confusion_matrix

        alarms = self.scores >= threshold
        return Cut(
            threshold,
            confusion_matrix(self.labels, alarms, labels=[0, 1]),
            self._share(self.labels == 1, alarms),
            self._share(self.labels == 0, ~alarms),
            self.day[1] >= threshold,
        )

    def _share(self, who: np.ndarray, among: np.ndarray) -> float | None:
        """The share of a group among others, in people at the prevalence; None among nobody."""
        return float(np.average(who[among], weights=self.weights[among])) if among.any() else None
