"""LIME: a weighted linear model of what happens when segments are switched off."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from operator import neg

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, nonzero_quarters
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.saliency.shared import NOT_CAPTUM

SAMPLES = 600
"""Coin flips from which the surrogate of a model with interactions is known to about ± 0.03."""


def predictor(theta: np.ndarray, together: float, segments: np.ndarray) -> Callable:
    """Outputs (N,) of images (N, C, H, W).

    A constant, a weighted sum of the pixels, and `together` where all segments are shown: the model
    is additive where that is 0.
    """
    count = int(segments.max()) + 1
    places = [np.argwhere(segments == s)[0] for s in range(count)]

    def predict(images: np.ndarray) -> np.ndarray:
        images = np.asarray(images, dtype=np.float64)
        if images.ndim != 4 or images.shape[1:] != theta.shape:
            raise ValueError(
                f"predict takes images (N, {', '.join(map(str, theta.shape))}), but it got the "
                f"shape {images.shape}"
            )
        left = np.all([images[:, 0, row, column] != 0 for row, column in places], axis=0)
        return 2.0 + np.einsum("nchw,chw->n", images, theta) + together * left

    return predict


def _explained(
    student: Callable,
    image: np.ndarray,
    segments: np.ndarray,
    theta: np.ndarray,
    together: float,
    n_samples: int,
    kernel_width: float,
    seed: int,
) -> object:
    """What the student's function gives for a predictor of ours."""
    rng = np.random.default_rng(seed)
    predict = predictor(theta, together, segments)
    return student(predict, image, segments, n_samples, kernel_width, rng)


def _surrogate(
    image: np.ndarray,
    segments: np.ndarray,
    theta: np.ndarray,
    together: float,
    n_samples: int,
    kernel_width: float,
    seed: int,
    *,
    intercept: bool = True,
    weigh: Callable[[torch.Tensor, float], torch.Tensor] | None = None,
) -> np.ndarray:
    """The weighted fit over all patterns of switched-off segments, each as probable as the next.

    On an additive model every draw of patterns gives it; with interactions it is the limit of
    many samples.
    """
    count = int(segments.max()) + 1
    patterns = np.array(list(product((0.0, 1.0), repeat=count)))
    shown = np.where(patterns[:, segments][:, None] > 0, image[None], 0.0)
    outputs = torch.from_numpy(predictor(theta, together, segments)(shown))
    off = torch.from_numpy(1 - patterns).mean(1)
    root = (weigh or _closeness)(off, kernel_width).sqrt()
    columns = torch.from_numpy(patterns)
    if intercept:
        columns = torch.column_stack([columns, torch.ones_like(off)])
    fit = torch.linalg.lstsq(root[:, None] * columns, (root * outputs)[:, None]).solution
    return fit[:count, 0].numpy()


def _closeness(off: torch.Tensor, width: float) -> torch.Tensor:
    return (off / width).square().neg().exp()


def _pixels_for_segments(
    image: np.ndarray,
    segments: np.ndarray,
    theta: np.ndarray,
    together: float,
    n_samples: int,
    kernel_width: float,
    seed: int,
) -> np.ndarray:
    """The distance as the share of pixels that are off."""
    share = np.bincount(segments.ravel()) / segments.size
    patterns = np.array(list(product((0.0, 1.0), repeat=len(share))))
    off = torch.from_numpy((1 - patterns) @ share)
    return _surrogate(
        image,
        segments,
        theta,
        together,
        n_samples,
        kernel_width,
        seed,
        weigh=lambda _, width: _closeness(off, width),
    )


def _one_by_one(
    image: np.ndarray, segments: np.ndarray, theta: np.ndarray, together: float, *rest: float
) -> np.ndarray:
    """What the output loses when one segment alone is switched off."""
    count = int(segments.max()) + 1
    alone = np.where(segments == np.arange(count)[:, None, None], 0.0, 1.0)[:, None]
    predict = predictor(theta, together, segments)
    return predict(image[None]) - predict(image[None] * alone)


def _centred(image: np.ndarray) -> np.ndarray:
    """Less its mean: as if switched-off segments, which are 0, had been filled with that."""
    if not image.mean():
        raise ValueError("the mean is 0")
    return image - image.mean()


def _intercept_first(
    weights: np.ndarray,
    image: np.ndarray,
    segments: np.ndarray,
    theta: np.ndarray,
    together: float,
) -> np.ndarray:
    if together:
        raise ValueError("told apart on additive models only")
    return np.concatenate([predictor(theta, together, segments)(0 * image[None]), weights])


_with_intercept = then(_surrogate, _intercept_first)


def _segments(rng: np.random.Generator, count: int, size: tuple[int, int]) -> np.ndarray:
    """Segments 0 to count − 1 of any shape, none of them empty."""
    labels = rng.integers(0, count, size)
    labels.flat[rng.permutation(labels.size)[:count]] = np.arange(count)
    return labels


def _additive(
    rng: np.random.Generator, count: int, shape: tuple[int, int, int], width: float, n: int
) -> Call:
    image, theta = nonzero_quarters(rng, *shape), nonzero_quarters(rng, *shape)
    segments = _segments(rng, count, shape[1:])
    return call(image, segments, theta, 0.0, n, width, int(rng.integers(2**31)))


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _additive(rng, 1, (1, 2, 3), 1.0, 40)
    image, *rest = _additive(rng, 4, (1, 4, 4), 0.5, 100).args
    yield call(image.astype(np.float32), *rest)
    image, segments, *rest = _additive(rng, 3, (1, 4, 6), 0.5, 100).args
    yield call(image[:, :, ::-1], segments[:, ::-1], *rest)


def _interacting(rng: np.random.Generator, width: float) -> Iterator[Call]:
    for count in (2, 3):
        image, segments, theta, _, _, _, seed = _additive(
            rng, count, (1, 3, 3), width, SAMPLES
        ).args
        yield call(image, segments, theta / 8, 2.0, SAMPLES, width, seed)


def _between(rng: np.random.Generator) -> Iterator[Call]:
    """A width at which every form of kernel gives other weights; the draw moves them by 0.04."""
    image, _, theta, *_, seed = _additive(rng, 4, (1, 3, 3), 0.3, 2000).args
    segments = np.full((3, 3), 3)
    segments.flat[rng.permutation(9)[:3]] = (0, 1, 2)  # by pixels, too, distances are others
    yield call(image, segments, theta / 40, 2.0, 2000, 0.3, seed)


def _fitted(
    student: Callable,
    image: np.ndarray,
    segments: np.ndarray,
    theta: np.ndarray,
    n_samples: int,
    kernel_width: float,
    seed: int,
) -> str:
    """The answer is the exact fit to the instances that it asked `predict` about."""
    count = int(segments.max()) + 1
    predict = predictor(theta, 2.0, segments)
    asked: list[tuple] = []

    def listening(images: np.ndarray) -> np.ndarray:
        outputs = predict(images)
        for shown, output in zip(np.asarray(images), outputs, strict=True):
            asked.append((*(shown[0][segments == s].any() for s in range(count)), output))
        return outputs

    rng = np.random.default_rng(seed)
    found = student(listening, image, segments, n_samples, kernel_width, rng)
    if len(asked) not in (n_samples, n_samples + 1):
        return f"predict was asked about {len(asked)} instances, n_samples is {n_samples}"
    rows = np.array(asked, dtype=float)
    if np.linalg.matrix_rank(np.column_stack([rows[:, :-1], np.ones(len(rows))])) <= count:
        return "your instances cannot tell the segments apart: draw each of them anew"
    wanted = [_refit(rows, kernel_width), _refit(rows[1:], kernel_width)]
    if any(agree(found, fit, 2e-5) for fit in wanted):
        return ""
    return "the weighted sum of squared residuals over your instances can be made smaller"


def _refit(rows: np.ndarray, width: float) -> np.ndarray:
    """The fit to drawn instances: each row the switches, then the output."""
    on, outputs = torch.from_numpy(rows[:, :-1]), torch.from_numpy(rows[:, -1:])
    root = _closeness(1 - on.mean(1), width).sqrt()[:, None]
    columns = torch.column_stack([on, torch.ones(len(on))])
    fit = torch.linalg.lstsq(root * columns, root * outputs).solution
    return fit[:-1, 0].numpy()


def _unequal(rng: np.random.Generator) -> Iterator[Call]:
    """Segments of 1, 1, 2 and 12 pixels: shares of pixels are other distances."""
    segments = np.full((4, 4), 3)
    segments.flat[rng.permutation(16)[:4]] = (0, 1, 2, 2)
    image, theta = nonzero_quarters(rng, 2, 4, 4), nonzero_quarters(rng, 2, 4, 4)
    for width in (0.4, 1.0):
        yield call(image, segments, theta, 150, width, int(rng.integers(2**31)))


def _chance(
    student: Callable, image: np.ndarray, segments: np.ndarray, theta: np.ndarray, seed: int
) -> str:
    """The same generator gives the same weights, another seed gives others."""
    predict = predictor(theta, 2.0, segments)
    seeds = (seed, seed, seed + 1)
    fits = [student(predict, image, segments, 40, 0.5, np.random.default_rng(s)) for s in seeds]
    if {np.shape(fit) for fit in fits} != {(int(segments.max()) + 1,)}:
        return "there must be one weight for each segment"
    if not agree(fits[0], fits[1], 0.0):
        return "the same generator gives two answers: draw from `rng` only"
    if agree(fits[0], fits[2], 1e-5):
        return "with another seed of `rng` the weights stay the same: the instances must differ"
    return ""


def _silent(student: Callable, image: np.ndarray, segments: np.ndarray, seed: int) -> str:
    """Segments that the model does not read have no weight."""
    theta = np.where(segments == 0, 1.0, 0.0)[None]
    found = student(
        predictor(theta, 0.0, segments), image, segments, 100, 0.5, np.random.default_rng(seed)
    )
    wanted = np.zeros(int(segments.max()) + 1)
    if np.shape(found) != wanted.shape:
        return "there must be one weight for each segment"
    return "" if agree(found[1:], wanted[1:], 1e-6) else "a segment that is not read has a weight"


def _law(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_quarters(rng, 1, 4, 4), _segments(rng, 4, (4, 4)), int(rng.integers(2**31)))


def _drawn_again(rng: np.random.Generator) -> Iterator[Call]:
    image, segments, theta, *_, seed = _additive(rng, 3, (1, 4, 4), 0.5, 40).args
    yield call(image, segments, theta, seed)


_TWO = np.array([[0, 1]])
_BY_HAND = call(np.ones((1, 1, 2)), _TWO, np.array([[[0.5, -0.1]]]), 0.0, 60, 0.5, 0)

lime_explain = Exercise(
    name="lime_explain",
    points=5,
    oracle=_surrogate,
    observe=_explained,
    rules=(NOT_CAPTUM.also("sklearn"),),
    learned="You can now explain one answer of any program by a weighted linear model of it.",
    cases=(
        ValueCase("the worked example: two segments", _BY_HAND, tolerance=1e-5),
        ValueCase(
            "additive models: the weights are exact",
            each(
                _additive,
                call(2, (1, 2, 2), 0.5, 60),
                call(4, (1, 4, 4), 0.5, 100),
                call(8, (1, 6, 5), 1.0, 200),
            ),
            weight=2,
            tolerance=1e-5,
        ),
        ValueCase(
            "several channels",
            each(_additive, call(3, (3, 4, 3), 0.5, 80), call(5, (2, 5, 5), 0.75, 120)),
            tolerance=1e-5,
        ),
        ValueCase("edge cases: one segment, float32, views", _edges, tolerance=1e-4),
        ValueCase(
            "a narrow kernel looks near the image",
            lambda rng: _interacting(rng, 0.15),
            tolerance=0.15,
            steady=1,
        ),
        ValueCase(
            "a wide kernel looks everywhere", lambda rng: _interacting(rng, 50.0), tolerance=0.15
        ),
        ValueCase("between them the kernel's form counts", _between, tolerance=0.13),
        PropertyCase("the fit to the drawn instances is exact", _unequal, law=_fitted, weight=2),
        PropertyCase("the draw comes from rng", _drawn_again, law=_chance),
        PropertyCase("what is not read has no weight", _law, law=_silent),
    ),
    misconceptions=(
        Misconception(
            "on and off swapped",
            "Your signs are turned: a segment that supports the class must get a positive weight.",
            then(_surrogate, neg),
            look="In the table of instances, 1 means that the segment is shown.",
        ),
        Misconception(
            "all samples alike",
            "Your result is that of a fit in which all instances weigh the same. Those near the "
            "image (few segments off) count more.",
            partial(_surrogate, weigh=lambda off, width: torch.ones_like(off)),
            look="See where exp(−d² / kernel_width²) enters the fit.",
        ),
        Misconception(
            "far samples count more",
            "Your result is that of a fit whose weights grow with the distance, so it describes "
            "images in which almost nothing is left.",
            partial(_surrogate, weigh=lambda off, width: 1 - _closeness(off, width) + 1e-12),
            look="Near instances count more: the weight is exp(−d² / kernel_width²).",
        ),
        Misconception(
            "share that is on",
            "Your distance is the share of the segments that are on. Then the whole image is the "
            "farthest of all, and counts least.",
            partial(_surrogate, weigh=lambda off, width: _closeness(1 - off, width)),
            look="The distance is the share of the segments that are off.",
        ),
        Misconception(
            "weights squared",
            "Your result is that of a fit whose weights are the squares of exp(−d² / w²).",
            partial(_surrogate, weigh=lambda off, width: _closeness(off, width) ** 2),
            look="Where both sides are multiplied with a factor, the squared residual gets the "
            "factor twice.",
        ),
        Misconception(
            "no intercept",
            "Your result is that of a fit without intercept. The segments must then also explain "
            "what the model says of an empty image.",
            changed(_surrogate, intercept=False),
            look="Add a column of ones to the table, and do not return its weight.",
        ),
        Misconception(
            "intercept returned first",
            "Your result holds the intercept as well, before the weights of the segments.",
            _with_intercept,
            look="Return one weight for each segment.",
        ),
        Misconception(
            "intercept returned last",
            "Your result holds the intercept as well, after the weights of the segments.",
            then(_with_intercept, lambda weights: np.roll(weights, -1)),
            look="Return one weight for each segment.",
        ),
        Misconception(
            "mean for 0",
            "Your result is what you get when switched-off segments are filled with the mean of "
            "the image. Here they are 0.",
            # then all of them count as shown
            changed(_surrogate, image=_centred, together=0.0),
            look="See what your instances show where a segment is off.",
        ),
        Misconception(
            "pixels for segments",
            "Your result is what you get when the distance is the share of *pixels* that are off. "
            "It is the share of segments, large and small ones alike.",
            _pixels_for_segments,
            look="See how you compute the distance of an instance.",
        ),
        Misconception(
            "one at a time",
            "Your result is what the output loses when a single segment is switched off: that is "
            "occlusion. LIME switches off many segments together and fits a line through it all.",
            _one_by_one,
            look="Draw instances like coin tosses, one for each segment.",
        ),
    ),
)
