"""Group norm: every image by itself, its channels in groups."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.regularization.shared import (
    NUMPY_NOT_TORCH,
    images,
    in_order,
    scale_and_shift,
    singles,
)


def _group_norm(
    x: np.ndarray, groups: int, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """PyTorch's own."""
    return torch.group_norm(in_order(x), groups, tensor(gamma), tensor(beta), eps).numpy()


def _over_the_batch(
    x: np.ndarray, groups: int, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """All images as the rows of one."""
    one = np.moveaxis(x, 0, 1).reshape(1, x.shape[1], -1, x.shape[3])
    found = _group_norm(one, groups, gamma, beta, eps)
    return np.moveaxis(found.reshape(x.shape[1], len(x), *x.shape[2:]), 1, 0)


def _pixel_by_pixel(
    x: np.ndarray, groups: int, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Every pixel as an image of its own."""
    pixels = np.moveaxis(x, 1, 3)
    found = _group_norm(pixels.reshape(-1, x.shape[1], 1, 1), groups, gamma, beta, eps)
    return np.moveaxis(found.reshape(pixels.shape), 3, 1)


def _every_nth(
    x: np.ndarray, groups: int, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Groups of channels that are `groups` apart."""
    order = np.argsort(np.arange(x.shape[1]) % groups, kind="stable")
    found = np.empty_like(x)
    found[:, order] = _group_norm(x[:, order], groups, gamma[order], beta[order], eps)
    return found


def _rescaled(by: Callable[[np.ndarray, float, int], np.ndarray]) -> Callable:
    """The deviations divided by something else, made of variance, ε and the number of values."""

    def change(
        y: np.ndarray, x: np.ndarray, groups: int, beta: np.ndarray, eps: float
    ) -> np.ndarray:
        shape = len(x), groups, -1
        var = in_order(x).reshape(shape).var(2, correction=0, keepdim=True).numpy()
        count = x[0].size // groups
        plain = (y - beta[:, None, None]).reshape(shape)
        found = plain * np.sqrt(var + eps) / by(var, eps, count)
        return found.reshape(x.shape) + beta[:, None, None]

    return then(_group_norm, change)


def _repeated_by_group(gamma: np.ndarray, groups: int) -> np.ndarray:
    return np.repeat(gamma[:groups], len(gamma) // groups)


def _layer(
    rng: np.random.Generator,
    *shape: int,
    groups: int,
    single: bool = False,
    eps: float | None = None,
) -> Call:
    gamma, beta = scale_and_shift(rng, shape[1])
    given = images(rng, *shape), groups, gamma, beta
    settings = {} if eps is None else {"eps": eps}
    return call(*(singles(*given) if single else given), **settings)


def _layers(*layers: tuple[tuple[int, ...], int], eps: float | None = None) -> Callable:
    return lambda rng: (_layer(rng, *shape, groups=groups, eps=eps) for shape, groups in layers)


def _views(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, 2, 4, 2, 3, groups=2, single=True, eps=0.25)
    x, *others = _layer(rng, 4, 6, 4, 4, groups=3).args
    yield call(x[::2, :, ::2, ::-1], *others)
    x, *others = _layer(rng, 3, 4, 2, 2, groups=2).args
    yield call(x.transpose(0, 1, 3, 2), *others)


def _flat(rng: np.random.Generator) -> Iterator[Call]:
    """A group in which all values are alike."""
    drawn = _layer(rng, 2, 4, 2, 2, groups=2)
    drawn.args[0][1, :2] = -0.75
    yield drawn


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for groups, size in ((2, 3), (3, 2), (2, 2), (4, 2), (1, 3)):
        n, h, w = rng.integers((2, 1, 2), (4, 4, 4)).tolist()
        eps = float(rng.uniform(0.001, 0.3))
        yield _layer(rng, n, groups * size, h, w, groups=groups, eps=eps)


def _refused(channels: int, groups: int) -> Call:
    return call(
        np.arange(4.0 * channels).reshape(1, channels, 2, 2), groups, *np.ones((2, channels))
    )


group_norm = Exercise(
    name="group_norm",
    points=4,
    oracle=_group_norm,
    fresh=True,
    rules=(NUMPY_NOT_TORCH,),
    learned="You can now normalise without a batch: one patient's result depends on no other's.",
    cases=(
        ValueCase(
            "the worked example: four channels in two groups",
            call(
                np.array([1.0, 3.0, 10.0, 14.0]).reshape(1, 4, 1, 1),
                2,
                np.array([1.0, 1.0, 2.0, 2.0]),
                np.array([0.0, 0.0, 1.0, 1.0]),
                eps=0.0,
            ),
        ),
        ValueCase("one image", _layers(((1, 4, 2, 2), 2), ((1, 6, 1, 3), 3))),
        ValueCase(
            "several images",
            _layers(((3, 4, 2, 2), 2), ((2, 6, 2, 1), 2), ((4, 6, 2, 2), 3)),
            weight=2,
        ),
        ValueCase(
            "one group, and a group for each channel",
            _layers(((2, 3, 2, 2), 1), ((2, 3, 2, 3), 3), ((3, 1, 2, 2), 1)),
        ),
        ValueCase("another ε", _layers(((2, 4, 2, 2), 2), ((3, 6, 1, 2), 3), eps=0.5)),
        ValueCase("a group of equal values", _flat),
        ValueCase("float32 and views", _views),
        ValueCase("random layers", _random),
        ErrorCase(
            "ValueError where groups does not divide C",
            (_refused(4, 3), _refused(2, 4), _refused(9, 2)),
            because="All groups have the same number of channels.",
        ),
    ),
    misconceptions=(
        Misconception(
            "all channels in one group",
            "Your mean and variance are taken over all channels: that is one group, whatever "
            "`groups` is.",
            changed(_group_norm, groups=1),
            look="Cut the channels into blocks first.",
        ),
        Misconception(
            "each channel by itself",
            "Your mean and variance are those of each channel of an image by itself.",
            changed(_group_norm, groups=lambda x: x.shape[1]),
            look="A group has C // groups channels.",
        ),
        Misconception(
            "number and size of groups exchanged",
            "Your groups have `groups` channels each. `groups` is how many there are.",
            changed(_group_norm, groups=lambda groups, x: x.shape[1] // groups),
            look="Look at the order of the axes in your reshape.",
        ),
        Misconception(
            "every n-th channel",
            "Your groups hold channels that are `groups` apart. A group is a block of neighbours.",
            _every_nth,
            look="Look at the order of the axes in your reshape.",
        ),
        Misconception(
            "over the batch",
            "Your mean and variance are those of all images. Then one patient's result depends on "
            "the others again.",
            _over_the_batch,
            look="The first axis stays by itself.",
        ),
        Misconception(
            "batch norm",
            "Your result is batch norm: each channel over all images.",
            changed(_over_the_batch, groups=lambda x: x.shape[1]),
            look="The first axis stays by itself, and channels are taken in groups.",
        ),
        Misconception(
            "pixel by pixel",
            "Every pixel of yours is normalised by itself, over the channels of its group.",
            _pixel_by_pixel,
            look="The pixels belong to the group, too.",
        ),
        Misconception(
            "unbiased variance",
            "Your variance is the unbiased one, divided by one less than the number of values.",
            _rescaled(lambda var, eps, m: np.sqrt(var * m / (m - 1) + eps)),
            look="Divide by the number of values.",
        ),
        Misconception(
            "ε beside the root",
            "Your ε is added to the standard deviation. It belongs under the root.",
            _rescaled(lambda var, eps, m: np.sqrt(var) + eps),
            look="Add it to the variance, then take the root.",
        ),
        Misconception(
            "variance for standard deviation",
            "You divide by the variance: the root is missing.",
            _rescaled(lambda var, eps, m: var + eps),
            look="Divide by the root of variance + ε.",
        ),
        Misconception(
            "γ and β forgotten",
            "Your result is normalised, but γ and β are missing.",
            changed(
                _group_norm,
                gamma=lambda gamma: np.ones_like(gamma),
                beta=lambda beta: np.zeros_like(beta),
            ),
            look="Each channel is multiplied by its γ, then its β is added.",
        ),
        Misconception(
            "γ and β by group",
            "Your γ and β are the same for all channels of a group.",
            changed(
                _group_norm,
                gamma=_repeated_by_group,
                beta=lambda beta, groups: _repeated_by_group(beta, groups),
            ),
            look="There are C of them: one for each channel.",
        ),
    ),
)
