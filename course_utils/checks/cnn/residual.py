"""The residual block: the truth is a sum of PyTorch's functions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from torch import Tensor
from torch.nn import functional

from course_utils.checks.cnn.shared import (
    Seen,
    Shape,
    Step,
    clipped,
    filtered,
    kept,
    learning,
    maps,
    output,
    parameter,
    seen,
    shapes_of,
)
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules

Shapes = Callable[[int, int, int], list[Shape]]


def _shapes(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """Two 3×3 kernels and their norms; a 1×1 with its norm where the shapes differ."""
    projected = (stride, c_out) != (1, c_in)
    return _main(c_in, c_out) + [(c_out, c_in, 1, 1), (c_out,), (c_out,)] * projected


def _main(c_in: int, c_out: int) -> list[Shape]:
    return [(c_out, c_in, 3, 3), (c_out, c_out, 3, 3), *[(c_out,)] * 4]


def _block(
    x: Tensor,
    c_out: int,
    stride: int,
    seed: int,
    training: bool,
    inside: Step = clipped,
    before: Step = kept,
    after: Step = clipped,
    strides: Callable[[int], tuple[int, int]] = lambda stride: (stride, 1),
    shortcut: bool = True,
) -> tuple[Tensor, np.ndarray]:
    """The block's output, and the running means of its norms after it.

    What is done inside, before and after the sum can be changed.
    """
    means = []

    def normed(x: Tensor) -> Tensor:
        """PyTorch's batch norm with the numbers of `parameter`."""
        names = ("running_mean", "running_var", "weight", "bias")
        mean, variance, weight, bias = (parameter(name, (x.shape[1],), seed) for name in names)
        means.append(mean)
        return functional.batch_norm(x, mean, variance, weight, bias, training=training)

    projected = (stride, c_out) != (1, x.shape[1])
    first, second = strides(stride)
    main = inside(normed(filtered(x, c_out, 3, seed, first)))
    main = before(normed(filtered(main, c_out, 3, seed, second)))
    if projected and shortcut:
        x = normed(filtered(x, c_out, 1, seed, stride))
    elif projected:
        means.append(parameter("running_mean", (c_out,), seed))
    return after(main + x if shortcut else main), _sorted(means)


def _sorted(means: Iterable[Tensor | np.ndarray]) -> np.ndarray:
    """One row a norm, in an order that does not depend on their names."""
    return np.array(sorted(np.asarray(mean).tolist() for mean in means), dtype=np.float32)


_WORK = ("output", "running means of the batch norms afterwards", "parameters that learn")


def _look_residual(
    student: Callable, c_in: int, c_out: int, *stride: int, seed: int = 0, training: bool = False
) -> Seen:
    network, x = student(c_in, c_out, *stride), maps(c_in, seed)

    def run() -> tuple:
        given = output(network, x, seed, training)
        state = modules.state(network)
        means = _sorted(value for name, value in state.items() if name.endswith("running_mean"))
        return given, means, learning(network, x, given, seed, training)

    return seen(shapes_of(network), _shapes(c_in, c_out, *(stride or (1,))), run, _WORK)


def _residual(shapes: Shapes = _shapes, **changed: Any) -> Callable[..., Seen]:
    """The block with other parameters, or with something else done in it: options of `_block`."""

    def computes(
        c_in: int, c_out: int, stride: int = 1, seed: int = 0, training: bool = False
    ) -> Seen:
        found, right = shapes(c_in, c_out, stride), _shapes(c_in, c_out, stride)
        given, means = _block(maps(c_in, seed), c_out, stride, seed, training, **changed)
        learn = len(_main(c_in, c_out)) if changed.get("shortcut") is False else len(right)
        return seen(found, right, lambda: (given, means, learn), _WORK)

    return computes


def _without_norms(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return [shape for shape in _shapes(c_in, c_out, stride) if len(shape) > 1]


def _with_biases(c_in: int, c_out: int, stride: int) -> list[Shape]:
    shapes = _shapes(c_in, c_out, stride)
    return shapes + [(c_out,)] * sum(len(shape) == 4 for shape in shapes)


def _with_one_norm(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """The two convolutions of the branch share a norm."""
    return _shapes(c_in, c_out, stride)[:-2]


def _without_projection(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return _main(c_in, c_out)


def _always_projected(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return _shapes(c_in, c_out, 2)


def _bare_projection(c_in: int, c_out: int, stride: int) -> list[Shape]:
    return _shapes(c_in, c_out, stride)[:7]


def _strided_alone(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """Projected where the stride is not 1, and not where the channels change."""
    return _main(c_in, c_out) if stride == 1 else _shapes(c_in, c_out, stride)


def _widened_alone(c_in: int, c_out: int, stride: int) -> list[Shape]:
    """Projected where the channels change, and not where the stride alone does."""
    return _main(c_in, c_out) if c_in == c_out else _shapes(c_in, c_out, stride)


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
    learned="You can now build the block that made networks of a hundred layers trainable.",
    cases=(
        ValueCase("the worked example: four channels in and out, 304 parameters", call(4, 4)),
        ValueCase("more channels: 1×1 projection", call(3, 5, 1, seed=1)),
        ValueCase("stride 2, same channels: projection", call(4, 4, 2, seed=2)),
        ValueCase("stride and channels", (call(2, 4, 2, seed=3), call(5, 3, 3, seed=4))),
        ValueCase(
            "in training mode, by the batch's own statistics",
            (call(3, 3, seed=5, training=True), call(2, 4, 2, seed=6, training=True)),
        ),
        ValueCase("other blocks", _blocks, steady=1),
    ),
    misconceptions=(
        Misconception(
            "no skip connection",
            "Your block forgets its input: the result is what the two convolutions give alone.",
            _residual(_without_projection, shortcut=False),
            look="Add the input, or its projection, before the last ReLU.",
        ),
        Misconception(
            "projection not added",
            "Your block has a projection, but the result is what the two convolutions give alone.",
            _residual(shortcut=False),
            look="What does `forward` do with the projected input?",
        ),
        Misconception(
            "no ReLU after the sum",
            "Your result is the sum itself, negative numbers and all.",
            _residual(after=kept),
            look="The last thing that `forward` does is a ReLU.",
        ),
        Misconception(
            "ReLU before the sum",
            "Your result is what comes out when the last ReLU comes before the sum. Then the "
            "branch can only add to a feature, never take away from it.",
            _residual(before=clipped, after=kept),
            look="First the sum, then the ReLU.",
        ),
        Misconception(
            "ReLU before and after the sum",
            "Your result is what comes out when there is a ReLU before the sum, too. Then the "
            "branch can only add to a feature, never take away from it.",
            _residual(before=clipped),
            look="The branch ends with its second batch norm.",
        ),
        Misconception(
            "no ReLU inside",
            "Your result is what comes out without a ReLU between the two convolutions.",
            _residual(inside=kept),
            look="Convolution, batch norm, ReLU; then the second convolution.",
        ),
        Misconception(
            "stride in the second convolution",
            "Your result is what comes out when the second convolution has the stride. It belongs "
            "to the first one: the second then works on the smaller maps.",
            _residual(strides=lambda stride: (1, stride)),
            look="Look at the stride of both convolutions of the branch.",
        ),
        Misconception(
            "biases in the convolutions",
            "Your block has the parameters of one whose convolutions have biases. The batch norm "
            "behind each subtracts the mean, and any bias with it.",
            _residual(_with_biases),
            look="Say bias=False in every convolution, that of the projection too.",
        ),
        Misconception(
            "no batch norm",
            "Your block has the parameters of one without any batch norm.",
            _residual(_without_norms),
            look="An nn.BatchNorm2d stands behind each convolution.",
        ),
        Misconception(
            "one batch norm for both",
            "Your block has one batch norm less than convolutions. Each convolution has other "
            "statistics, and needs its own.",
            _residual(_with_one_norm),
            look="Count the layers that you make in `__init__`.",
        ),
        Misconception(
            "always projected",
            "Your block projects its input even where nothing changes. With the same channels and "
            "stride 1 the input is added as it is.",
            _residual(_always_projected),
            look="When do the input and the branch's result differ in shape?",
        ),
        Misconception(
            "projection without batch norm",
            "Your block has the parameters of one whose 1×1 projection has no batch norm.",
            _residual(_bare_projection),
            look="A batch norm follows each convolution, that of the projection too.",
        ),
        Misconception(
            "channels without projection",
            "Your block has no projection when only the number of channels changes. 3 maps cannot "
            "be added to 5 maps: a 1×1 convolution makes them 5.",
            _residual(_strided_alone),
            look="Look at the condition for the projection.",
        ),
        Misconception(
            "stride without projection",
            "Your block has no projection when only the stride is not 1. Then the input is larger "
            "than what it shall be added to.",
            _residual(_widened_alone),
            look="Look at the condition for the projection.",
        ),
    ),
)
