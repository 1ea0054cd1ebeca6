"""Residual block and Inception block: the truth is a sum, or a list, of PyTorch's functions."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.cnn.shared import Seen, ask, image, parameter, seen
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call

Shape = tuple[int, ...]


def _norm(x: Tensor, seed: int, training: bool) -> Tensor:
    """PyTorch's batch norm with the numbers of `parameter`."""
    names = ("running_mean", "running_var", "weight", "bias")
    given = [parameter(name, (x.shape[1],), seed) for name in names]
    return functional.batch_norm(x, *given, training=training)


def _filtered(x: Tensor, filters: int, k: int, seed: int, stride: int = 1) -> Tensor:
    w = parameter("weight", (filters, x.shape[1], k, k), seed)
    return functional.conv2d(x, w, stride=stride, padding=k // 2)


# ------------------------------------------------------------------ ResidualBlock

Step = Callable[[Tensor], Tensor]


def _clipped(x: Tensor) -> Tensor:
    return x.clamp(min=0)


def _kept(x: Tensor) -> Tensor:
    return x


def _shapes(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """Two 3×3 kernels and their norms; a 1×1 with its norm where the shapes differ."""
    main = [(c_out, c_in, 3, 3), (c_out, c_out, 3, 3), *[(c_out,)] * 4]
    changes = (stride, c_out) != (1, c_in)
    return main + _projection(c_in, c_out) * changes


def _projection(c_in: int, c_out: int) -> list[Shape]:
    return [(c_out, c_in, 1, 1), (c_out,), (c_out,)]


def _block(
    x: Tensor,
    c_out: int,
    stride: int,
    seed: int,
    training: bool,
    inside: Step = _clipped,
    before: Step = _kept,
    after: Step = _clipped,
    strides: Callable[[int], tuple[int, int]] = lambda stride: (stride, 1),
    shortcut: float = 1.0,
) -> Tensor:
    """The block's output; what is done inside, before and after the sum can be changed."""
    first, second = strides(stride)
    main = inside(_norm(_filtered(x, c_out, 3, seed, first), seed, training))
    main = before(_norm(_filtered(main, c_out, 3, seed, second), seed, training))
    if (stride, c_out) != (1, x.shape[1]):
        x = _norm(_filtered(x, c_out, 1, seed, stride), seed, training)
    return after(main + shortcut * x)


def _input(c_in: int, seed: int) -> Tensor:
    return image(3, c_in, 7, 6, seed=seed)


def _look_residual(student, c_in: int, c_out: int, *stride: int, seed=0, training=False) -> Seen:
    wanted = _shapes(c_in, c_out, *(stride or (1,)))
    return ask(student(c_in, c_out, *stride), wanted, _input(c_in, seed), seed, training)


def _residual(**changed) -> Callable[..., Seen]:
    def computes(c_in, c_out, stride=1, seed=0, training=False) -> Seen:
        shapes, x = _shapes(c_in, c_out, stride), _input(c_in, seed)
        output = _block(x, c_out, stride, seed, training, **changed)
        return seen(shapes, shapes, lambda: (output, len(shapes)))

    return computes


def _other_parameters(more: Callable[[int, int, int], Sequence[Shape]]) -> Callable[..., Seen]:
    """Parameters that differ from the right ones, where they do."""

    def computes(c_in, c_out, stride=1, seed=0, training=False) -> Seen:
        found, right = more(c_in, c_out, stride), _shapes(c_in, c_out, stride)
        if sorted(found) == sorted(right):
            return _residual()(c_in, c_out, stride, seed, training)
        return seen(found, right, lambda: (None, None))

    return computes


def _without_norms(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return [shape for shape in _shapes(c_in, c_out, stride) if len(shape) > 1]


def _with_biases(c_in: int, c_out: int, stride: int) -> list[Shape]:
    shapes = _shapes(c_in, c_out, stride)
    return shapes + [(c_out,)] * sum(len(shape) == 4 for shape in shapes)


def _always_projected(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return _shapes(c_in, c_out, 2)


def _bare_projection(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return _shapes(c_in, c_out, stride)[:7]


def _strided_alone(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """Projected where the stride is not 1, and not where the channels change."""
    shapes = _shapes(c_in, c_out, stride)
    return shapes[:6] if stride == 1 else shapes


def _blocks(rng: np.random.Generator) -> Iterator[Call]:
    for training in (False, True):
        for _ in range(3):
            c_in, c_out, stride = rng.integers([2, 2, 1], [6, 6, 4]).tolist()
            seed = int(rng.integers(1000))
            yield call(c_in, c_out, stride, seed=seed, training=training)


ResidualBlock = Exercise(
    name="ResidualBlock",
    points=4,
    oracle=_residual(),
    observe=_look_residual,
    cases=(
        ValueCase("four channels in and out: 304 parameters, no projection", call(4, 4)),
        ValueCase("more channels: 1×1 projection", call(3, 5, 1, seed=1)),
        ValueCase("stride 2, same channels: projection", call(4, 4, 2, seed=2)),
        ValueCase("stride and channels", (call(2, 4, 2, seed=3), call(5, 3, 3, seed=4))),
        ValueCase(
            "in training mode, by the batch's own statistics",
            (call(3, 3, seed=5, training=True), call(2, 4, 2, seed=6, training=True)),
        ),
        ValueCase("other blocks", _blocks),
    ),
    misconceptions=(
        Misconception(
            "no skip connection",
            "Your block forgets its input: the result is what the two convolutions give alone. "
            "Add the input (or its projection) before the last ReLU.",
            _residual(shortcut=0.0),
        ),
        Misconception(
            "no ReLU after the sum",
            "The ReLU after the sum is missing.",
            _residual(after=_kept),
        ),
        Misconception(
            "ReLU before the sum",
            "Your block applies the last ReLU before the sum. Then the branch could only ever "
            "add to a feature, never take away from it: first the sum, then the ReLU.",
            _residual(before=_clipped, after=_kept),
        ),
        Misconception(
            "ReLU before and after the sum",
            "Your block has a ReLU before the sum, too. Then the branch could only ever add to a "
            "feature, never take away from it.",
            _residual(before=_clipped),
        ),
        Misconception(
            "no ReLU inside",
            "The ReLU between the two convolutions is missing.",
            _residual(inside=_kept),
        ),
        Misconception(
            "stride in the second convolution",
            "Your second convolution has the stride. It belongs to the first one: the second then "
            "works on the smaller maps.",
            _residual(strides=lambda stride: (1, stride)),
        ),
        Misconception(
            "biases in the convolutions",
            "Your convolutions have biases. The batch norm behind each subtracts the mean, and "
            "any bias with it: say bias=False.",
            _other_parameters(_with_biases),
        ),
        Misconception(
            "no batch norm",
            "The batch norm behind each convolution is missing.",
            _other_parameters(_without_norms),
        ),
        Misconception(
            "always projected",
            "Your block projects its input even where nothing changes. With the same channels and "
            "stride 1 the input is added as it is.",
            _other_parameters(_always_projected),
        ),
        Misconception(
            "projection without batch norm",
            "Your 1×1 projection lacks its batch norm.",
            _other_parameters(_bare_projection),
        ),
        Misconception(
            "channels without projection",
            "Your block has no projection when only the number of channels changes. 3 maps cannot "
            "be added to 5 maps: a 1×1 convolution makes them 5.",
            _other_parameters(_strided_alone),
        ),
    ),
)


# ------------------------------------------------------------------ InceptionBlock

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


def _answers(x: Tensor, branches: Sequence[Branch], seed: int, pool: Step) -> list[Tensor]:
    """What each branch gives, before its ReLU."""
    given = []
    for source, (filters, k) in zip([x, x, x, pool(x)], branches, strict=True):
        bias = parameter("bias", (filters,), seed)
        given.append(_filtered(source, filters, k, seed) + bias[:, None, None])
    return given


def _look_inception(student, c_in: int, c1: int, c3: int, c5: int, c_pool: int, seed=0) -> Seen:
    wanted = _branch_shapes(c_in, _branches(c1, c3, c5, c_pool))
    return ask(student(c_in, c1, c3, c5, c_pool), wanted, _input(c_in, seed), seed)


def _inception(
    join: Callable[[list[Tensor]], Tensor] = lambda parts: torch.cat(parts, 1),
    after: Step = _clipped,
    pool: Step = _pooled,
) -> Callable[..., Seen]:
    def computes(c_in, c1, c3, c5, c_pool, seed=0) -> Seen:
        branches, x = _branches(c1, c3, c5, c_pool), _input(c_in, seed)
        shapes = _branch_shapes(c_in, branches)
        output = after(join(_answers(x, branches, seed, pool)))
        return seen(shapes, shapes, lambda: (output, len(shapes)))

    return computes


def _other_branches(change: Callable[[int, list[Branch]], list[Shape]]) -> Callable[..., Seen]:
    def computes(c_in, c1, c3, c5, c_pool, seed=0) -> Seen:
        branches = _branches(c1, c3, c5, c_pool)
        found, right = change(c_in, branches), _branch_shapes(c_in, branches)
        return seen(found, right, lambda: (None, None))

    return computes


def _raw_pool(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, branches[:3])


def _five_as_three(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, [(filters, min(k, 3)) for filters, k in branches])


def _unbiased(c_in: int, branches: list[Branch]) -> list[Shape]:
    return _branch_shapes(c_in, branches)[:4]


def _second_last(parts: list[Tensor]) -> Tensor:
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
    cases=(
        ValueCase("4, 6, 2 and 3 filters on 3 channels", call(3, 4, 6, 2, 3)),
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
            _other_branches(_five_as_three),
        ),
        Misconception(
            "another order",
            "Your result has the right maps in another order: 1×1, 3×3, 5×5, then the pooled one.",
            _inception(join=_second_last),
        ),
        Misconception(
            "no ReLU",
            "The ReLU after each branch is missing.",
            _inception(after=_kept),
        ),
        Misconception(
            "mean pooling",
            "Your last branch pools by the mean. It takes the largest neighbour.",
            _inception(pool=_averaged),
        ),
        Misconception(
            "no pooling",
            "Your last branch does not pool: it is a second 1×1 convolution of the input.",
            _inception(pool=_kept),
        ),
        Misconception(
            "branches added",
            "Your block adds its branches. They are different features: put them behind each other "
            "along the channels.",
            _inception(join=lambda parts: torch.stack(parts).sum(0)),
        ),
        Misconception(
            "pooled branch without its 1×1",
            "Your last branch pools and stops. Its 1×1 convolution turns the c_in pooled maps into "
            "c_pool.",
            _other_branches(_raw_pool),
        ),
        Misconception(
            "no biases",
            "Your convolutions have no biases. Without batch norm behind them they need some.",
            _other_branches(_unbiased),
        ),
    ),
)
