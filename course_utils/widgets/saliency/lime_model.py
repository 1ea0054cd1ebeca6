"""The numbers of LIME: superpixels, perturbed instances, and the surrogate fitted to them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

Predict = Callable[[np.ndarray], np.ndarray]


def superpixels(image: np.ndarray, count: int) -> np.ndarray:
    """Cut an image into pieces that are compact and alike in brightness.

    Args:
        image: (H, W), uint8, gray.
        count: how many pieces.

    Returns:
        (H, W) whole numbers 0 … count − 1, numbered from the top down, left to right.
    """
    from sklearn.cluster import KMeans

    places = np.indices(image.shape).reshape(2, -1).T / len(image)
    points = np.column_stack([places, 0.35 / 255 * image.reshape(-1)])
    grown = KMeans(count, n_init=1, random_state=0).fit(points)
    order = np.lexsort((grown.cluster_centers_[:, 1], grown.cluster_centers_[:, 0].round(1)))
    return np.argsort(order)[grown.labels_].reshape(image.shape)


@dataclass(frozen=True, eq=False)
class Lime:
    """A LIME explanation that grows instance by instance.

    Attributes:
        image: (H, W), uint8, gray.
        segments: (H, W) number of each pixel's superpixel, from 0.
        predict: probabilities (N,) of images (N, H, W).
        samples: how many perturbed instances.
        width: of the kernel over the cosine distance from the whole image.
        seed: draws which superpixels are hidden.
        fill: (H, W), uint8, what hidden superpixels become.
    """

    image: np.ndarray
    segments: np.ndarray
    predict: Predict
    samples: int
    width: float
    seed: int
    fill: np.ndarray

    @property
    def count(self) -> int:
        """How many superpixels."""
        return int(self.segments.max()) + 1

    @cached_property
    def shown(self) -> np.ndarray:
        """(samples + 1, count) 1 where a superpixel is left as it is; row 0 is the whole image."""
        coins = np.random.default_rng(self.seed).random((self.samples, self.count))
        return np.concatenate([np.ones((1, self.count)), (coins < 0.5).astype(float)])

    @cached_property
    def instances(self) -> np.ndarray:
        """(samples + 1, H, W) uint8, the images with their hidden superpixels filled."""
        return np.where(self.shown[:, self.segments] == 1, self.image, self.fill)

    @cached_property
    def predictions(self) -> np.ndarray:
        """(samples + 1,) what the network says to each."""
        return np.asarray(self.predict(self.instances), dtype=float)

    @cached_property
    def weights(self) -> np.ndarray:
        """(samples + 1,) how much each counts: near to the whole image is much."""
        from scipy.spatial.distance import cdist
        from scipy.stats import norm

        # An instance without any superpixel has no direction: it is as far away as can be.
        some = self.shown + 1e-9
        far = cdist(some, some[:1], metric="cosine")[:, 0]
        bell = norm(scale=self.width / np.sqrt(2))
        return bell.pdf(far) / bell.pdf(0)

    def surrogate(self, seen: int) -> tuple[np.ndarray, float]:
        """The linear surrogate after some of the rows: a weight for each superpixel, intercept.

        Where the rows do not determine it, the smallest of all weights that fit.
        """
        if seen < 2:
            return np.zeros(self.count), float(self.predictions[0])
        table = np.column_stack([self.shown, self.predictions])[:seen]
        mean = np.average(table, axis=0, weights=self.weights[:seen])
        spread = np.cov(table, rowvar=False, ddof=0, aweights=self.weights[:seen])
        slopes = np.linalg.pinv(spread[:-1, :-1], rcond=1e-9, hermitian=True) @ spread[:-1, -1]
        return slopes, float(mean[-1] - mean[:-1] @ slopes)

    def fitted(self, seen: int) -> np.ndarray:
        """(seen,) what the surrogate says to the rows so far."""
        slopes, intercept = self.surrogate(seen)
        return self.shown[:seen] @ slopes + intercept

    def determined(self, seen: int) -> bool:
        """Whether the rows so far determine the surrogate."""
        rows = np.column_stack([np.ones(seen), self.shown[:seen]])
        return bool(np.linalg.matrix_rank(rows) == self.count + 1)

    @cached_property
    def agreement(self) -> float:
        """Weighted R²: the part of the predictions' variance that the surrogate explains."""
        from sklearn.metrics import r2_score

        return float(
            r2_score(self.predictions, self.fitted(self.samples + 1), sample_weight=self.weights)
        )
