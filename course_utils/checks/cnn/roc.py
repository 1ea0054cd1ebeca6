"""The area under the ROC curve."""

import operator
from collections.abc import Callable, Iterator
from statistics import fmean

import numpy as np
import torch

from course_utils.checks.cnn.metrics import RATES, both_rates, scored
from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.rules import NUMPY_OR_PLAIN_PYTHON
from course_utils.checks.core.transforms import then


def _duels(labels: np.ndarray, scores: np.ndarray) -> torch.Tensor:
    """Every ill patient against every healthy one: 1 won, 0 lost, 1/2 tied."""
    won = torch.from_numpy(np.subtract.outer(scores[labels == 1], scores[labels == 0]))
    return torch.heaviside(won.double(), torch.tensor(0.5, dtype=torch.float64))


def _area(labels: np.ndarray, scores: np.ndarray) -> float:
    """The share of duels won (Mann and Whitney 1947): the area under the ROC curve."""
    if len(np.unique(labels)) < 2:
        raise ValueError("one class")
    return float(_duels(labels, scores).mean())


def _ties_as(value: float) -> Callable[..., float]:
    def computes(labels: np.ndarray, scores: np.ndarray) -> float:
        duels = _duels(labels, scores)
        return float(torch.where(duels == 0.5, value, duels).mean())

    return computes


def _untied(rng: np.random.Generator) -> Iterator[Call]:
    for n in (6, 15, 40):
        labels, _ = scored(rng, n, 2)
        yield call(labels, rng.permutation(n) / n + 0.301 * labels)


def _tied(rng: np.random.Generator) -> Iterator[Call]:
    for n, steps in ((8, 2), (30, 4), (200, 10)):
        yield call(*scored(rng, n, steps))


def _unusual(rng: np.random.Generator) -> Iterator[Call]:
    yield call(np.array([0, 1, 1]), np.full(3, 0.4))
    yield call(np.array([1, 0]), np.full(2, 0.4))  # half a pair in all
    yield call(np.array([1, 0]), np.array([-1000.0, 1000.0]))
    labels, scores = scored(rng, 40, 6)
    yield call(labels[::2], (9 * scores - 5).astype(np.float32)[::2])


def _nearly_tied(rng: np.random.Generator) -> Iterator[Call]:
    """Scores that differ from the tenth digit on; each healthy one just above an ill one."""
    for n in (4, 11):
        pairs = 0.9 + np.arange(2 * n) * 1e-10
        order = rng.permutation(2 * n)
        yield call(np.tile([1, 0], n)[order], pairs[order])


def _stays_when_stretched(student: Callable, labels: np.ndarray, scores: np.ndarray) -> str:
    """Only the order of the scores counts."""
    same = agree(student(labels, np.exp(3 * scores)), student(labels, scores), 1e-5)
    return "" if same else "the area changes when the scores are stretched without being reordered"


def _mirrored(student: Callable, labels: np.ndarray, scores: np.ndarray) -> str:
    """Against the negative scores the area is mirrored."""
    total = student(labels, scores) + student(labels, -scores)
    return "" if agree(total, 1.0, 1e-5) else "area(s) + area(−s) should be 1"


roc_auc = Exercise(
    name="roc_auc",
    points=4,
    oracle=_area,
    rules=(NUMPY_OR_PLAIN_PYTHON,),
    tolerance=RATES,
    learned="You can now measure how well scores order patients, without choosing a threshold.",
    cases=(
        ValueCase(
            "the worked example: 4 of 6 pairs",
            call(np.array([1, 1, 0, 0, 1]), np.array([0.9, 0.4, 0.4, 0.6, 0.6])),
        ),
        ValueCase("no two scores alike", _untied),
        ValueCase("ties count half", _tied, weight=2),
        ValueCase("all scores alike, ±1000, float32, every second patient", _unusual),
        ValueCase("scores that differ from the tenth digit on are no tie", _nearly_tied),
        PropertyCase("only the order of the scores counts", _tied, law=_stays_when_stretched),
        PropertyCase("turned scores, mirrored area", _tied, law=_mirrored),
        ErrorCase(
            "ValueError for one class only",
            (
                call(np.ones(4, dtype=np.int64), np.array([0.1, 0.2, 0.7, 0.7])),
                call(np.zeros(3, dtype=np.int64), np.array([0.1, 0.2, 0.7])),
            ),
            because="Without both an ill and a healthy patient there is no pair to compare",
        ),
    ),
    misconceptions=(
        Misconception(
            "ties lost",
            "Your result is what comes out when a tie counts nothing.",
            _ties_as(0.0),
            look="A patient who is ill and one who is healthy with the same score: a coin decides, "
            "half a point.",
        ),
        Misconception(
            "ties won",
            "Your result is what comes out when a tie counts a whole point.",
            _ties_as(1.0),
            look="A coin decides a tie: half a point.",
        ),
        Misconception(
            "turned round",
            "Your result is one minus the area: how often the healthy score higher.",
            then(_area, lambda area: 1 - area),
            look="A pair is won when the ill patient has the higher score.",
        ),
        Misconception(
            "negative",
            "Your result is the area with a minus sign.",
            then(_area, operator.neg),
            look="A sum of trapezoids is negative where the false alarms run from 1 to 0: turn the "
            "curve round.",
        ),
        Misconception(
            "one threshold",
            "Your result is the mean of sensitivity and specificity at 0.5: one threshold only. "
            "The area belongs to all thresholds.",
            then(both_rates, lambda rates: float(np.mean(rates))),
            look="Compare each ill patient with each healthy one.",
        ),
        Misconception(
            "accuracy",
            "Your result is the accuracy at a threshold of 0.5. The area knows no threshold.",
            lambda labels, scores: fmean(((scores >= 0.5) == labels).tolist()),
            look="Compare each ill patient with each healthy one.",
        ),
        Misconception(
            "pairs counted, not shared",
            "Your result is the number of pairs won.",
            then(_duels, lambda duels: float(duels.sum())),
            look="Divide by the number of all pairs of an ill and a healthy patient.",
        ),
        Misconception(
            "divided by all patients' pairs",
            "Your result is the number of pairs won, divided by the square of the number of "
            "patients.",
            then(_duels, lambda duels, labels: float(duels.sum()) / len(labels) ** 2),
            look="Count only the pairs of an ill and a healthy patient.",
        ),
    ),
)
