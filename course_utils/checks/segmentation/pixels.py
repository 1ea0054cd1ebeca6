"""Cross-entropy for every pixel. The truth is PyTorch's."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy.special import softmax
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, halves
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles, indices
from course_utils.checks.core.transforms import changed, then


def _loss(logits: np.ndarray, masks: np.ndarray) -> float:
    """PyTorch's cross-entropy, which takes pixels as they are here."""
    return float(functional.cross_entropy(doubles(logits), indices(masks)))


def _log_p(logits: np.ndarray) -> Tensor:
    return torch.log_softmax(doubles(logits), dim=1)


def _log_of_planes(logits: np.ndarray) -> Tensor:
    """The log-softmax over the pixels of each channel."""
    return torch.log_softmax(doubles(logits).flatten(2), dim=2).view(logits.shape)


def _chosen(scores: Tensor, masks: np.ndarray) -> float:
    """Minus the mean score of each pixel's true class."""
    return float(-scores.gather(1, indices(masks)[:, None]).mean())


def _mean_of(scores: Callable[[np.ndarray], Tensor]) -> Callable[[np.ndarray, np.ndarray], float]:
    """Something else in the place of each pixel's log-softmax."""
    return lambda logits, masks: _chosen(scores(logits), masks)


def _draw(
    rng: np.random.Generator,
    n: int,
    k: int,
    size: tuple[int, int],
    dtype: type = np.float64,
    integers: type = np.int64,
) -> Call:
    masks: np.ndarray = rng.integers(0, k, (n, *size)).astype(integers)
    return call(halves(rng, n, k, *size).astype(dtype), masks)


def _kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield _draw(rng, 2, 3, (3, 4), np.float32, np.uint8)
    logits, masks = _draw(rng, 2, 4, (6, 8), integers=np.int16).args
    yield call(logits[:, ::-1, ::2, ::-2], masks[:, ::2, 1::2])
    yield call(halves(rng, 1, 1, 2, 3), np.zeros((1, 2, 3), dtype=int))


def _extreme(rng: np.random.Generator) -> Iterator[Call]:
    for n, k, size in ((1, 2, (1, 1)), (1, 3, (2, 2)), (2, 2, (3, 2))):
        signs = rng.choice([-1000.0, 0.0, 1000.0], (n, k, *size))
        signs[0, :2, 0, 0] = 1000.0, -1000.0
        masks = rng.integers(0, k, (n, *size))
        masks[0, 0, 0] = 1
        yield call(signs, masks)
    yield call(np.full((1, 2, 2, 2), -1000.0), np.array([[[0, 1], [1, 1]]]))


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, k, *size = rng.integers((1, 2, 1, 2), (4, 6, 6, 6)).tolist()
        yield _draw(rng, n, k, tuple(size))


def _the_same_everywhere(student: Callable, logits: np.ndarray, masks: np.ndarray) -> str:
    """A number added to all scores of a pixel changes nothing."""
    shift = np.arange(masks.size).reshape(len(masks), 1, *masks.shape[1:])
    same = agree(student(logits + shift, masks), student(logits, masks), 1e-5)
    return "" if same else "a number added to all scores of a pixel changes the loss"


def _foreground(logits: np.ndarray, masks: np.ndarray) -> float:
    """The mean over pixels of other classes than 0.

    Raises:
        ValueError: where there is none.
    """
    if not masks.any():
        raise ValueError("background everywhere")
    loss = functional.cross_entropy(doubles(logits), indices(masks), ignore_index=0)
    return float(loss)


def _by_class(logits: np.ndarray, masks: np.ndarray) -> float:
    """The mean over classes of each one's mean."""
    losses = functional.cross_entropy(doubles(logits), indices(masks), reduction="none").numpy()
    return float(np.mean([losses[masks == k].mean() for k in np.unique(masks)]))


def _overflowing(logits: np.ndarray, masks: np.ndarray) -> OneOf:
    """What exp and logarithm give as they stand.

    Raises:
        ValueError: for ordinary logits.
    """
    if np.abs(logits).max() < 500:
        raise ValueError("no overflow there")
    z = doubles(logits)
    total = z.exp().sum(dim=1, keepdim=True)
    return OneOf(tuple(_chosen(s, masks) for s in ((z.exp() / total).log(), z - total.log())))


def _with_epsilon(logits: np.ndarray, masks: np.ndarray) -> OneOf:
    p = doubles(softmax(logits, axis=1))
    powers = [10.0**-power for power in range(3, 17)]
    found = [(p + e).log() for e in powers] + [p.clamp(min=e).log() for e in powers]
    found += [p.clamp(min=e, max=1 - e).log() for e in powers]
    return OneOf(tuple(_chosen(scores, masks) for scores in found))


_TWO_PIXELS = call(np.array([[[[np.log(3), 0.0]], [[0.0, 0.0]]]]), np.array([[[0, 1]]]))

_ONES = np.ones((2, 3, 2, 2))

pixel_cross_entropy = Exercise(
    name="pixel_cross_entropy",
    points=4,
    oracle=_loss,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    learned="You can now train a network on masks: every pixel is a small classification.",
    cases=(
        ValueCase("the worked example: two pixels", _TWO_PIXELS),
        ValueCase("one image", each(_draw, call(1, 2, (3, 3)), call(1, 3, (2, 4)))),
        ValueCase(
            "several images and classes",
            each(_draw, call(3, 2, (2, 2)), call(2, 4, (4, 3)), call(2, 4, (4, 4))),
            weight=2,
        ),
        ValueCase("float32, masks of uint8 and int16, views, one class", _kinds),
        ValueCase("logits of ±1000", _extreme, steady=3),
        ValueCase("random images", _random, weight=2),
        PropertyCase(
            "a number added to all scores of a pixel",
            each(_draw, call(2, 3, (3, 4))),
            law=_the_same_everywhere,
        ),
        ErrorCase(
            "ValueError where the masks have another shape",
            (
                call(_ONES, np.zeros((2, 1, 2, 2), dtype=int)),
                call(_ONES, np.zeros((1, 2, 2), dtype=int)),
                call(_ONES, np.zeros((2, 2, 1), dtype=int)),
                call(_ONES, np.zeros((2, 2), dtype=int)),
            ),
            because="NumPy would stretch them without a word, and compare pixels with others.",
        ),
        ErrorCase(
            "ValueError for a class that there is not",
            (
                call(_ONES, np.full((2, 2, 2), 3)),
                call(_ONES, np.where(np.arange(8).reshape(2, 2, 2) == 5, -1, 0)),
                call(_ONES, np.where(np.arange(8).reshape(2, 2, 2) == 2, 255, 1).astype(np.uint8)),
            ),
            because="The classes are 0 to K − 1. NumPy counts −1 from the end.",
        ),
    ),
    misconceptions=(
        Misconception(
            "sum for mean",
            "Your result is the sum over all pixels of all images.",
            then(_loss, lambda loss, masks: loss * masks.size),
            look="Divide by the number of pixels.",
        ),
        Misconception(
            "sum over the pixels of an image",
            "Your result is a mean over the images, but a sum over the pixels of each: a larger "
            "image would cost more.",
            then(_loss, lambda loss, masks: loss * masks[0].size),
            look="Divide by the number of pixels of all images.",
        ),
        Misconception(
            "divided by the classes too",
            "Your result is divided by all N·K·H·W numbers. Each pixel counts once.",
            then(_loss, lambda loss, logits: loss / logits.shape[1]),
            look="Only the true class of a pixel has a loss.",
        ),
        Misconception(
            "sign forgotten",
            "Your result has the opposite sign.",
            then(_loss, lambda loss: -loss),
            look="The logarithm of a probability is negative.",
        ),
        Misconception(
            "softmax twice",
            "Your result is what you get when a softmax is taken of probabilities.",
            changed(_loss, logits=lambda logits: softmax(logits, axis=1)),
            look="Logits have not seen a softmax yet; one is enough.",
        ),
        Misconception(
            "softmax forgotten",
            "Your result is what you get when the logits are taken for logarithms of "
            "probabilities.",
            _mean_of(doubles),
            look="The scores of a pixel must first become probabilities.",
        ),
        Misconception(
            "softmax over the row",
            "Your softmax runs along the last axis, over the pixels of a row.",
            _mean_of(lambda logits: torch.log_softmax(doubles(logits), dim=-1)),
            look="The classes of a pixel are along axis 1.",
        ),
        Misconception(
            "softmax over the image",
            "Your softmax runs over all pixels of a channel. Each pixel is a classification of "
            "its own.",
            _mean_of(_log_of_planes),
            look="The classes of a pixel are along axis 1.",
        ),
        Misconception(
            "probability for its logarithm",
            "Your result is minus the mean probability of the true class. The loss is minus the "
            "mean of its logarithm.",
            _mean_of(lambda logits: doubles(softmax(logits, axis=1))),
            look="Take the logarithm before the mean.",
        ),
        Misconception(
            "logarithm of the mean",
            "Your result is the logarithm of the mean probability. First the logarithm of each "
            "pixel, then the mean.",
            lambda logits, masks: float(
                -np.log(-_mean_of(lambda z: doubles(softmax(z, axis=1)))(logits, masks))
            ),
            look="In which order do you take mean and logarithm?",
        ),
        Misconception(
            "background left out",
            "Your result is the mean over pixels of other classes than 0. Background counts, too.",
            _foreground,
            look="Class 0 is a class.",
        ),
        Misconception(
            "each class counts the same",
            "Your result is a mean over the classes of each one's mean. Here every pixel counts "
            "the same.",
            _by_class,
            look="Take one mean over all pixels.",
        ),
        Misconception(
            "likeliest class",
            "Your result is what you get when each pixel's likeliest class counts, whatever the "
            "mask says.",
            lambda logits, masks: float(-_log_p(logits).amax(dim=1).mean()),
            look="Take the entry of the true class, not the largest one.",
        ),
        Misconception(
            "overflow",
            "Your result is not finite at logits of ±1000: exp becomes too large there.",
            _overflowing,
            look="Subtract the largest score of each pixel first.",
        ),
        Misconception(
            "logarithm of a vanished probability",
            "Your result is infinite where the true class has a probability of 0 for the computer.",
            _mean_of(lambda logits: doubles(softmax(logits, axis=1)).log()),
            look="Take the logarithm of the formula on paper first.",
        ),
        Misconception(
            "an ε in the logarithm",
            "Your result is what you get when a tiny number is put in the place of small "
            "probabilities: a pixel that is very wrong then costs too little.",
            _with_epsilon,
            look="A log-softmax that subtracts the largest score needs no ε.",
        ),
    ),
)
