"""The convolution layer. The truth is PyTorch's."""

from collections.abc import Callable, Iterator

import numpy as np
from torch.nn import functional

from course_utils.checks.convolution.shared import NO_TORCH
from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, halves
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed
from course_utils.data.worked_examples import CS231N_IMAGE, CS231N_KERNELS

FAIRLY = 1e-6
"""What single precision allows: a layer may compute in it."""


def _conv2d(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """PyTorch's convolution, which is a cross-correlation, on arrays."""
    return functional.conv2d(
        tensor(x), tensor(w), tensor(b), stride=stride, padding=padding
    ).numpy()


def _layer(
    rng: np.random.Generator,
    n: int = 1,
    c_in: int = 1,
    size: tuple[int, int] = (6, 6),
    c_out: int = 1,
    kernel: tuple[int, int] = (3, 3),
    dtype: type = np.float64,
    **settings: int,
) -> Call:
    """A batch, kernels and biases of these sizes; no bias is zero. `settings` are handed on."""
    b = rng.integers(1, 7, c_out) * rng.choice([-0.5, 0.5], c_out)
    x, w = halves(rng, n, c_in, *size), halves(rng, c_out, c_in, *kernel)
    return call(*(array.astype(dtype) for array in (x, w, b)), **settings)


def _cs231n() -> Call:
    """Row 3.5 of the course's topics: 5×5×3 with padding 1, two 3×3×3 filters, stride 2."""
    x, w = CS231N_IMAGE[None].astype(float), CS231N_KERNELS.astype(float)
    return call(x, w, np.array([1.0, 0.0]), stride=2, padding=1)


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, size=(3, 3))
    yield _layer(rng, c_in=2, size=(4, 4), kernel=(1, 1))
    yield _layer(rng, c_in=2, size=(5, 5), dtype=np.float32, padding=1)
    x, w, b = _layer(rng, c_in=2, size=(10, 10)).args
    yield call(x[:, :, ::2, ::2], w.transpose(0, 1, 3, 2), b)


def _random_layers(rng: np.random.Generator) -> Iterator[Call]:
    """Layers whose first window meets the image: no output is made of padding alone."""
    for _ in range(12):
        n, c_in, c_out = (int(rng.integers(1, 4)) for _ in range(3))
        kernel = tuple(rng.integers(1, 4, size=2).tolist())
        size = tuple(int(v) + k for v, k in zip(rng.integers(0, 6, size=2), kernel, strict=True))
        stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, min(kernel)))
        yield _layer(rng, n, c_in, size, c_out, kernel, stride=stride, padding=padding)


def _shifts_with_input(student: Callable, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> str:
    """Moving the input by one row and column moves the output alike (away from the edges)."""
    moved = np.roll(x, (1, 1), axis=(2, 3))
    first, second = student(x, w, b), student(moved, w, b)
    same = agree(second[:, :, 1:, 1:], first[:, :, :-1, :-1], 1e-5)
    return "" if same else "the output does not move with the input"


def _replicated(x: np.ndarray, padding: int) -> np.ndarray:
    return functional.pad(tensor(x), (padding,) * 4, mode="replicate").numpy()


def _padded_after(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Zeros behind the last row and column only."""
    x = functional.pad(tensor(x), (0, padding, 0, padding)).numpy()
    return _conv2d(x, w, b, stride)


def _stepwise_only(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """The stride used for the size of the output, but not for the place of the window."""
    dense = _conv2d(x, w, b, 1, padding)
    rows, columns = _conv2d(x, w, b, stride, padding).shape[2:]
    return dense[:, :, :rows, :columns]


_TWO_BY_TWO = call(
    np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
    np.array([[[[1.0, 2.0], [0.0, -1.0]]]]),
    np.array([10.0]),
)

conv2d = Exercise(
    name="conv2d",
    points=6,
    oracle=_conv2d,
    tolerance=FAIRLY,
    rules=(NO_TORCH.also("scipy"),),
    learned="You can now compute a convolution layer by hand: PyTorch's gives the same numbers.",
    cases=(
        ValueCase("the worked example: 2×2", _TWO_BY_TWO),
        ValueCase("the picture above: three channels, two filters", _cs231n(), weight=2),
        ValueCase(
            "one channel", each(_layer, call(size=(3, 3)), call(size=(4, 4)), call(size=(6, 6)))
        ),
        ValueCase(
            "rectangular images and kernels",
            each(
                _layer,
                call(size=(4, 7)),
                call(size=(5, 5), kernel=(2, 3)),
                call(size=(6, 4), kernel=(1, 4)),
            ),
        ),
        ValueCase(
            "padding",
            each(_layer, call(size=(4, 5), padding=1), call(size=(3, 3), kernel=(2, 2), padding=3)),
        ),
        ValueCase(
            "stride, also where it does not divide",
            each(
                _layer,
                call(size=(7, 5), stride=2),
                call(size=(6, 8), stride=2),
                call(size=(9, 7), kernel=(2, 2), stride=3),
            ),
        ),
        ValueCase(
            "several channels, filters and images",
            each(
                _layer, call(c_in=3, c_out=2, size=(4, 4)), call(n=3, c_in=2, c_out=4, size=(5, 4))
            ),
        ),
        ValueCase("edge cases: kernel = image, 1×1, float32, views", _edges),
        ValueCase("random layers", _random_layers, weight=3),
        PropertyCase(
            "the output moves with the input",
            each(_layer, call(c_in=2, size=(7, 8))),
            law=_shifts_with_input,
        ),
    ),
    misconceptions=(
        Misconception(
            "kernel flipped",
            "Your result is what you get when the kernel is flipped, as in mathematics. PyTorch's "
            "convolution does not flip it.",
            changed(_conv2d, w=lambda w: w[:, :, ::-1, ::-1]),
            look="Multiply the window and the kernel as they stand.",
        ),
        Misconception(
            "kernel transposed",
            "Your result is what you get when rows and columns of the kernel are exchanged.",
            changed(_conv2d, w=lambda w: w.transpose(0, 1, 3, 2)),
            look="Rows of the window meet rows of the kernel.",
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding.",
            changed(_conv2d, padding=0),
            look="Surround the image with zeros first.",
        ),
        Misconception(
            "padding on one side",
            "Your result is what you get when zeros are added only behind the last row and column. "
            "Padding surrounds the image on all four sides.",
            _padded_after,
            look="Where does the image begin in your padded array?",
        ),
        Misconception(
            "edge repeated for zeros",
            "Your result is what you get when the border repeats the edge of the image. Here the "
            "padding is zero.",
            changed(_conv2d, x=_replicated, padding=0),
            look="Which mode of padding do you use?",
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1.",
            changed(_conv2d, stride=1),
            look="The stride decides the output's size and the place of each window.",
        ),
        Misconception(
            "window not moved by the stride",
            "Your output has the right size, but its windows lie one pixel apart.",
            _stepwise_only,
            look="A window's first row is the output's row times the stride.",
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without the bias: each filter adds its own b.",
            changed(_conv2d, b=lambda b: 0 * b),
            look="Add b once to every number of a feature map.",
        ),
        Misconception(
            "bias per channel",
            "Your result is what you get when the bias is added once for every input channel. It "
            "is added once, after the channels are summed.",
            changed(_conv2d, b=lambda x, b: b * x.shape[1]),
            look="Does the line that adds b stand inside the loop over the channels?",
        ),
        Misconception(
            "bias per product",
            "Your result is what you get when the bias is added to every product. It is added "
            "once, after the sum.",
            changed(_conv2d, b=lambda w, b: b * w[0].size),
            look="First the sum over the window, then b.",
        ),
        Misconception(
            "first bias for all",
            "Your result is what you get when all filters add the first bias. Each has its own.",
            changed(_conv2d, b=lambda b: np.full_like(b, b[0])),
            look="Which entry of b belongs to which filter?",
        ),
        Misconception(
            "first channel only",
            "Your result is what you get from the first input channel alone: sum over all of them.",
            changed(_conv2d, x=lambda x: x[:, :1], w=lambda w: w[:, :1]),
            look="A window has three axes: channel, row, column.",
        ),
        Misconception(
            "first image only",
            "Your result is that of the first image, for every image of the batch.",
            changed(_conv2d, x=lambda x: np.repeat(x[:1], len(x), axis=0)),
            look="Where do you use the number of the image?",
        ),
        Misconception(
            "mean for sum",
            "Your result is what you get when the products are averaged. A convolution sums them.",
            changed(_conv2d, w=lambda w: w / w[0].size),
            look="Replace the mean by a sum.",
        ),
    ),
)
