"""The Inception block: the truth is a list of PyTorch's functions."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.cnn.shared import (
    SAME,
    Seen,
    Shape,
    Step,
    ask,
    clipped,
    filtered,
    kept,
    maps,
    parameter,
    seen,
)
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call

Branch = tuple[int, int]
"""The filters of a branch and the side of its kernel."""


def _branches(c1: int, c3: int, c5: int, c_pool: int) -> list[Branch]:
    return [(c1, 1), (c3, 3), (c5, 5), (c_pool, 1)]


def _branch_shapes(c_in: int, branches: Sequence[Branch]) -> list[Shape]:
    kernels = [(filters, c_in, k, k) for filters, k in branches]
    return kernels + [shape[:1] for shape in kernels]


def _pooled(x: Tensor) -> Tensor:
    return functional.max_pool2d(x, 3, stride=1, padding=1)


def _averaged(x: Tensor) -> Tensor:
    return functional.avg_pool2d(x, 3, stride=1, padding=1)


def _pooled_with_zeros(x: Tensor) -> Tensor:
    return functional.max_pool2d(functional.pad(x, (1, 1, 1, 1)), 3, stride=1)


def _answers(
    x: Tensor, branches: Sequence[Branch], seed: int, pool: Step, late: Step
) -> list[Tensor]:
    """What each branch gives, before its ReLU; `late` is done to the last one's result."""
    given = []
    for source, (filters, k) in zip([x, x, x, pool(x)], branches, strict=True):
        bias = parameter("bias", (filters,), seed)
        given.append(filtered(source, filters, k, seed) + bias[:, None, None])
    return [*given[:3], late(given[3])]


def _films(c_in: int, seed: int) -> Tensor:
    """As `maps`, but darker: many a pixel has no positive neighbour."""
    return maps(c_in, seed) - 8


def _look_inception(
    student: Callable, c_in: int, c1: int, c3: int, c5: int, c_pool: int, seed: int = 0
) -> Seen:
    wanted = _branch_shapes(c_in, _branches(c1, c3, c5, c_pool))
    return ask(student(c_in, c1, c3, c5, c_pool), wanted, _films(c_in, seed), seed)


def _inception(
    join: Callable[[list[Tensor]], Tensor] = lambda parts: torch.cat(parts, 1),
    after: Step = clipped,
    pool: Step = _pooled,
    late: Step = kept,
    shapes: Callable[[int, list[Branch]], list[Shape]] = _branch_shapes,
) -> Callable[..., Seen]:
    def computes(c_in: int, c1: int, c3: int, c5: int, c_pool: int, seed: int = 0) -> Seen:
        branches = _branches(c1, c3, c5, c_pool)
        found, right = shapes(c_in, branches), _branch_shapes(c_in, branches)
        given = after(join(_answers(_films(c_in, seed), branches, seed, pool, late)))
        return seen(found, right, lambda: (given, SAME, len(right)))

    return computes


def _raw_pool(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, branches[:3])


def _five_as_three(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, [(filters, min(k, 3)) for filters, k in branches])


def _unbiased(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, branches)[:4]


def _pooled_first(parts: list[Tensor]) -> Tensor:
    return torch.cat([parts[3], *parts[:3]], 1)


def _modules(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        c_in, *filters = rng.integers(1, 7, 5).tolist()
        yield call(c_in, *filters, seed=int(rng.integers(1000)))


InceptionBlock = Exercise(
    name="InceptionBlock",
    points=4,
    oracle=_inception(),
    observe=_look_inception,
    learned="You can now build a block that looks at several sizes at once and keeps every answer.",
    cases=(
        ValueCase("the worked example: 3 channels to 4 + 6 + 2 + 3 maps", call(3, 4, 6, 2, 3)),
        ValueCase("one channel, different filters", call(1, 2, 3, 4, 5, seed=1)),
        ValueCase("branches of the same width", call(4, 2, 2, 2, 2, seed=2)),
        ValueCase(
            "GoogLeNet's first block with an eighth of the channels", call(24, 8, 16, 4, 4, seed=3)
        ),
        ValueCase("other blocks", _modules, weight=2),
    ),
    misconceptions=(
        Misconception(
            "3×3 for 5×5",
            "Your third branch has kernels of 3×3. Here they are truly 5×5. (So were they in the "
            "paper; torchvision's GoogLeNet has 3×3 there, a known slip.)",
            _inception(shapes=_five_as_three),
            look="A kernel of 5 needs a padding of 2 to keep the size.",
        ),
        Misconception(
            "pooled branch first",
            "Your result has the right maps in another order: the pooled branch comes first.",
            _inception(join=_pooled_first),
            look="The order along the channels is 1×1, 3×3, 5×5, then the pooled one.",
        ),
        Misconception(
            "no ReLU",
            "Your result has negative numbers, as the branches give them without their ReLU.",
            _inception(after=kept),
            look="A ReLU follows each branch.",
        ),
        Misconception(
            "mean pooling",
            "Your result is what comes out when the last branch takes the mean of the neighbours. "
            "It takes the largest one.",
            _inception(pool=_averaged),
            look="Which of PyTorch's pooling layers takes the largest value?",
        ),
        Misconception(
            "no pooling",
            "Your last branch gives what a second 1×1 convolution of the input gives, without "
            "pooling.",
            _inception(pool=kept),
            look="Max pooling, 3×3 with stride 1 and padding 1, comes before this convolution.",
        ),
        Misconception(
            "pooled after the convolution",
            "Your last branch gives what comes out when the 1×1 convolution comes first and the "
            "pooling second.",
            _inception(pool=kept, late=_pooled),
            look="Pool the input, then convolve what came out.",
        ),
        Misconception(
            "zeros around the pooling",
            "Your last branch gives what comes out when zeros are put around the input before "
            "pooling. At the border a zero then beats all negative neighbours.",
            _inception(pool=_pooled_with_zeros),
            look="PyTorch's max pooling has a padding of its own, which never wins.",
        ),
        Misconception(
            "branches added",
            "Your block adds its branches. They are different features: put them behind each other "
            "along the channels.",
            _inception(join=lambda parts: torch.stack(parts).sum(0)),
            look="torch.cat along the channels keeps all of them.",
        ),
        Misconception(
            "pooled branch without its 1×1",
            "Your block has the parameters of one whose last branch only pools. A 1×1 convolution "
            "turns the c_in pooled maps into c_pool.",
            _inception(shapes=_raw_pool),
            look="Count the convolutions: there are four.",
        ),
        Misconception(
            "no biases",
            "Your convolutions have no biases. Without batch norm behind them they need some.",
            _inception(shapes=_unbiased),
            look="Leave out bias=False.",
        ),
    ),
)
