"""What a training run was: losses, accuracy and the confusion matrix of every epoch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

MOST = 12  # classes that the picture has room for
KEYS = ("epoch", "train_loss", "val_loss", "val_accuracy", "confusion")


@dataclass(frozen=True, eq=False)
class Run:
    """A training run; entry i of every array is one epoch.

    Attributes:
        epochs: (E,) their numbers, rising.
        train_loss: (E,) mean over the training images.
        val_loss: (E,) mean over the validation images.
        accuracy: (E,) share of the validation images that are right, 0 to 1.
        confusion: (E, K, K) counts; rows are the truth, columns what the network says.
        names: (K,) of the classes.
    """

    epochs: np.ndarray
    train_loss: np.ndarray
    val_loss: np.ndarray
    accuracy: np.ndarray
    confusion: np.ndarray
    names: tuple[str, ...]

    @property
    def best(self) -> int:
        """Place of the epoch with the lowest validation loss."""
        return int(self.val_loss.argmin())

    def worst_error(self, at: int) -> tuple[int, int] | None:
        """Truth and answer of the most frequent mistake of an epoch; None where all is right."""
        wrong = self.confusion[at] * (1 - np.eye(len(self.names), dtype=int))
        if not wrong.any():
            return None
        truth, answer = np.unravel_index(wrong.argmax(), wrong.shape)
        return int(truth), int(answer)

    def shares(self, at: int) -> np.ndarray:
        """(K, K) each row divided by its sum; 0 where a class has no image."""
        counts = self.confusion[at]
        return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def recorded(history: Sequence[Mapping[str, Any]], names: Sequence[str] | None) -> Run:
    """A run from a list of dicts with the keys `KEYS`.

    Raises:
        ValueError: for an empty history, a missing key, values that are not finite, an accuracy
            outside [0, 1], or confusion matrices that are not (K, K) counts of the same K ≤ 12.
    """
    if not len(history):
        raise ValueError("history must hold at least one epoch; it is empty.")
    for place, entry in enumerate(history):
        missing = [key for key in KEYS if key not in entry]
        if missing:
            raise ValueError(f"history[{place}] lacks {', '.join(missing)}.")
    numbers = {key: np.array([float(e[key]) for e in history]) for key in KEYS[:-1]}
    for key, values in numbers.items():
        if not np.isfinite(values).all():
            raise ValueError(f"{key} must be finite; got {values.tolist()}.")
    if (np.diff(numbers["epoch"]) <= 0).any():
        raise ValueError(f"epochs must rise; got {numbers['epoch'].tolist()}.")
    accuracy = numbers["val_accuracy"]
    if accuracy.min() < 0 or accuracy.max() > 1:
        raise ValueError(f"val_accuracy must be from 0 to 1; got {accuracy.tolist()}.")
    matrices = [np.asarray(entry["confusion"]) for entry in history]
    k = len(matrices[0])
    for place, matrix in enumerate(matrices):
        if matrix.shape != (k, k) or not 2 <= k <= MOST or (matrix < 0).any():
            raise ValueError(
                f"history[{place}]['confusion'] must be (K, K) counts with the same K from 2 to"
                f" {MOST} in every epoch; got the shape {matrix.shape}."
            )
    names = tuple(names) if names is not None else tuple(f"class {i}" for i in range(k))
    if len(names) != k:
        raise ValueError(f"class_names must be {k} names; got {len(names)}.")
    confusion = np.stack(matrices).astype(int)
    return Run(
        numbers["epoch"].astype(int), numbers["train_loss"], numbers["val_loss"], accuracy,
        confusion, names,
    )  # fmt: skip


@cache
def example(task: str) -> Run:
    """A real run of a small network on phantoms of 28 × 28.

    Args:
        task: `modality` (six kinds of images, a convolutional network) or `chest` (opacity or
            not, few images and a dense network, which learns them by heart).
    """
    return _modality() if task == "modality" else _chest()


def _entry(epoch: int, train_loss: float, truth: np.ndarray, p: np.ndarray) -> dict[str, Any]:
    """One epoch from the validation images' classes and probabilities."""
    from sklearn import metrics

    said, labels = p.argmax(axis=1), range(p.shape[1])
    return {
        "epoch": epoch,
        "train_loss": train_loss,
        "val_loss": metrics.log_loss(truth, p, labels=labels),
        "val_accuracy": metrics.accuracy_score(truth, said),
        "confusion": metrics.confusion_matrix(truth, said, labels=labels),
    }


def _modality() -> Run:
    import torch

    from course_utils.data import phantoms
    from course_utils.models import SmallNet, fit, predict

    train, val = phantoms.modalities(240, 28, seed=511), phantoms.modalities(240, 28, seed=512)

    def tensor(images: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(images).float().unsqueeze(1) / 255 - 0.5

    network = SmallNet(len(train.class_names), widths=(8, 16, 24), seed=5)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.0015)
    labels = torch.from_numpy(train.labels)
    training = fit(
        network, tensor(train.images), labels, epochs=10, optimizer=optimizer, seed=5, batch_size=12
    )
    history = [
        _entry(each.number, each.loss, val.labels, predict(network, tensor(val.images)).numpy())
        for each in training
    ]
    return recorded(history, val.class_names)


def _chest() -> Run:
    from sklearn.metrics import log_loss
    from sklearn.neural_network import MLPClassifier

    from course_utils.data import phantoms

    train, val = phantoms.chest(120, 28, seed=511), phantoms.chest(240, 28, seed=512)
    x, x_val = (each.images.reshape(len(each), -1) / 255 - 0.5 for each in (train, val))
    network = MLPClassifier((48,), learning_rate_init=0.001, batch_size=12, random_state=5)
    history = []
    for epoch in range(1, 31):
        network.partial_fit(x, train.labels, classes=[0, 1])
        loss = float(log_loss(train.labels, network.predict_proba(x)))
        history.append(_entry(epoch, loss, val.labels, network.predict_proba(x_val)))
    return recorded(history, val.class_names)
