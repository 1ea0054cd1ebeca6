"""Checks of unit 03-convolution; the truth is PyTorch's."""

from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)

NUMPY_ONLY = Forbid(
    ("torch", "scipy", "numpy.pad", "numpy.convolve", "numpy.correlate"),
    "write it with NumPy's indexing and arithmetic.",
)


# ------------------------------------------------------------------ conv_output_size


def _places(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """PyTorch's own count: the length of what its convolution gives, without computing values."""
    signal = torch.empty(1, 1, n, device="meta")
    kernel = torch.empty(1, 1, k, device="meta")
    try:
        return functional.conv1d(signal, kernel, stride=s, padding=p, dilation=d).shape[-1]
    except RuntimeError as error:
        raise ValueError(f"the kernel does not fit: {error}") from error


def _fitting_sizes(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(40):
        k, p, s, d = (int(value) for value in rng.integers((1, 0, 1, 1), (8, 5, 6, 4)))
        reach = range(0, d * k, d)[-1] + 1
        yield call(max(reach - 2 * p, 1) + int(rng.integers(0, 30)), k, p, s, d)


conv_output_size = Exercise(
    name="conv_output_size",
    points=2,
    oracle=_places,
    rules=(Forbid(("torch", "scipy"), "the formula needs arithmetic only."),),
    cases=(
        ValueCase("the worked example: 7 inputs, kernel 3", (call(7, 3), call(7, 3, s=2))),
        ValueCase("padding", (call(5, 3, p=1, s=2), call(3, 3, p=1, s=2), call(8, 5, p=2))),
        ValueCase(
            "a stride that does not divide: rounded down",
            (call(6, 3, 0, 2), call(8, 3, 0, 2), call(9, 2, 0, 4), call(28, 5, 1, 4)),
        ),
        ValueCase("dilation", (call(9, 3, d=2), call(16, 4, p=2, s=1, d=3), call(11, 3, 1, 2, 4))),
        ValueCase("kernel as large as the input", (call(5, 5), call(3, 3, s=4), call(1, 3, p=1))),
        ValueCase("random sizes", _fitting_sizes, weight=2),
        ErrorCase(
            "ValueError where the kernel does not fit",
            (call(2, 3), call(4, 3, d=2), call(1, 5, p=1), call(3, 4, s=2), call(4, 5, s=3)),
        ),
    ),
    misconceptions=(
        Misconception(
            "ceiling",
            "Your result is what you get when a last, incomplete step is rounded up. A window that "
            "would reach over the edge is not computed: round down.",
            lambda n, k, p=0, s=1, d=1: _places(n + s - 1, k, p, s, d),
        ),
        Misconception(
            "padding once",
            "Your result is what you get when the padding is added once. It is added on both sides "
            "of the input.",
            lambda n, k, p=0, s=1, d=1: _places(n + p, k, 0, s, d),
        ),
        Misconception(
            "the plus one forgotten",
            "Your result is one too small: it counts the steps, not the places. Even a kernel as "
            "large as the input has one place.",
            lambda n, k, p=0, s=1, d=1: _places(n, k, p, s, d) - 1,
        ),
        Misconception(
            "dilation ignored",
            "Your result is what you get without dilation. A dilated kernel reaches further: there "
            "are d − 1 gaps between neighbours.",
            lambda n, k, p=0, s=1, d=1: _places(n, k, p, s, 1),
        ),
        Misconception(
            "dilated kernel d times k",
            "Your result is what you get when a dilated kernel covers d·k inputs. There are gaps "
            "only between its k elements, none after the last one.",
            lambda n, k, p=0, s=1, d=1: _places(n, k * d, p, s),
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1: the stride tells how far the window moves "
            "from one place to the next.",
            lambda n, k, p=0, s=1, d=1: _places(n, k, p, 1, d),
        ),
        Misconception(
            "a float",
            "The size is right, but it is a float. A number of places is a whole number: use "
            "integer division.",
            lambda n, k, p=0, s=1, d=1: float(_places(n, k, p, s, d)),
        ),
        Misconception(
            "no refusal",
            "The kernel is larger than the padded input here: there is no place for it, so say so "
            "with a ValueError instead of returning a number.",
            lambda n, k, p=0, s=1, d=1: _without_refusal(n, k, p, s, d),
        ),
    ),
)


def _without_refusal(n: int, k: int, p: int, s: int, d: int) -> int:
    """The formula continued below its range: shifted there by whole strides, then back."""
    for strides in range(1000):
        try:
            return _places(n + strides * s, k, p, s, d) - strides
        except ValueError:
            continue
    raise ValueError("out of reach")


# ------------------------------------------------------------------ conv2d


def _conv2d(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0):
    """PyTorch's convolution, which is a cross-correlation, on arrays."""
    x, w, b = (torch.from_numpy(np.array(a)) for a in (x, w, b))
    return functional.conv2d(x, w, b, stride=stride, padding=padding).numpy()


def _draw(
    rng: np.random.Generator,
    n: int = 1,
    c_in: int = 1,
    size: tuple[int, int] = (6, 6),
    c_out: int = 1,
    kernel: tuple[int, int] = (3, 3),
    dtype: type = np.float64,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A batch, kernels and biases of these sizes; every bias is far from zero."""
    x = rng.standard_normal((n, c_in, *size)).astype(dtype)
    w = rng.standard_normal((c_out, c_in, *kernel)).astype(dtype)
    b = (rng.standard_normal(c_out) + np.where(np.arange(c_out) % 2, -3, 3)).astype(dtype)
    return x, w, b


def _cs231n() -> Call:
    """Row 3.5 of the course's topics: 5×5×3 with padding 1, two 3×3×3 filters, stride 2."""
    x = [
        [[1, 1, 2, 1, 2], [0, 2, 0, 0, 0], [1, 1, 1, 2, 2], [1, 2, 0, 0, 1], [0, 1, 0, 1, 1]],
        [[1, 1, 1, 2, 1], [2, 2, 1, 1, 2], [2, 2, 2, 2, 2], [2, 0, 1, 0, 2], [1, 1, 1, 1, 1]],
        [[0, 1, 0, 0, 2], [1, 2, 0, 1, 2], [0, 2, 0, 0, 1], [2, 1, 2, 1, 1], [0, 2, 1, 0, 1]],
    ]
    w = [
        [
            [[1, -1, 1], [0, 0, 1], [-1, 0, 0]],
            [[0, 0, -1], [0, 0, -1], [1, 0, 1]],
            [[1, -1, 1], [-1, -1, -1], [-1, 0, 1]],
        ],
        [
            [[0, 1, 1], [1, 0, -1], [-1, 1, 1]],
            [[1, 0, 1], [0, 1, 1], [-1, 1, -1]],
            [[0, 1, 0], [-1, -1, 1], [1, 0, -1]],
        ],
    ]
    x, w = np.array([x], dtype=float), np.array(w, dtype=float)
    return call(x, w, np.array([1.0, 0.0]), stride=2, padding=1)


def _one_channel(rng: np.random.Generator) -> Iterator[Call]:
    for size in ((3, 3), (4, 4), (6, 6)):
        yield call(*_draw(rng, size=size))


def _rectangles(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, size=(4, 7)))
    yield call(*_draw(rng, size=(5, 5), kernel=(2, 3)))
    yield call(*_draw(rng, size=(6, 4), kernel=(1, 4)))


def _padded(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, size=(4, 5)), padding=1)
    yield call(*_draw(rng, size=(3, 3), kernel=(2, 2)), padding=2)


def _strided(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, size=(7, 5)), stride=2)
    yield call(*_draw(rng, size=(6, 8)), stride=2)
    yield call(*_draw(rng, size=(9, 7), kernel=(2, 2)), stride=3)


def _channels(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, c_in=3, c_out=2, size=(4, 4)))
    yield call(*_draw(rng, n=3, c_in=2, c_out=4, size=(5, 4)))


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, size=(3, 3)))
    yield call(*_draw(rng, n=0, c_in=2, c_out=3))
    yield call(*_draw(rng, c_in=2, size=(4, 4), kernel=(1, 1)))
    yield call(*_draw(rng, c_in=2, size=(5, 5), dtype=np.float32), padding=1)
    x, w, b = _draw(rng, c_in=2, size=(10, 10))
    yield call(x[:, :, ::2, ::2], w.transpose(0, 1, 3, 2), b)


def _random_layers(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        n, c_in, c_out = (int(rng.integers(1, 4)) for _ in range(3))
        kernel = tuple(int(v) for v in rng.integers(1, 4, size=2))
        size = tuple(int(v) + k for v, k in zip(rng.integers(0, 6, size=2), kernel, strict=True))
        stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
        drawn = _draw(rng, n, c_in, size, c_out, kernel)
        yield call(*drawn, stride=stride, padding=padding)


def _shifts_with_input(student, x, w, b) -> str:
    """Moving the input by one row and column moves the output alike (away from the edges)."""
    moved = np.roll(x, (1, 1), axis=(2, 3))
    first, second = student(x, w, b), student(moved, w, b)
    same = np.allclose(second[:, :, 1:, 1:], first[:, :, :-1, :-1], atol=1e-8)
    return "" if same else "the output does not move with the input"


def _for_translation(rng: np.random.Generator) -> Iterator[Call]:
    yield call(*_draw(rng, c_in=2, size=(7, 8)))


def _flipped(x, w, b, stride=1, padding=0):
    return _conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding)


def _padded_after(x, w, b, stride=1, padding=0):
    """Zeros behind the last row and column only."""
    x = functional.pad(torch.from_numpy(np.array(x)), (0, padding, 0, padding)).numpy()
    return _conv2d(x, w, b, stride)


def _stepwise_only(x, w, b, stride=1, padding=0):
    """The stride used for the size of the output, but not for the place of the window."""
    dense = _conv2d(x, w, b, 1, padding)
    rows, columns = _conv2d(x, w, b, stride, padding).shape[2:]
    return dense[:, :, :rows, :columns]


def _first_channel(x, w, b, stride=1, padding=0):
    return _conv2d(x[:, :1], w[:, :1], b, stride, padding)


def _bias_per_channel(x, w, b, stride=1, padding=0):
    return _conv2d(x, w, b * x.shape[1], stride, padding)


conv2d = Exercise(
    name="conv2d",
    points=6,
    oracle=_conv2d,
    rules=(NUMPY_ONLY,),
    cases=(
        ValueCase("the worked example: three channels, two filters", (_cs231n(),), weight=2),
        ValueCase("one channel", _one_channel),
        ValueCase("rectangular images and kernels", _rectangles),
        ValueCase("padding", _padded),
        ValueCase("stride, also where it does not divide", _strided),
        ValueCase("several channels, filters and images", _channels),
        ValueCase("edge cases: kernel = image, no image, 1×1, float32, views", _edges),
        ValueCase("random layers", _random_layers, weight=3),
        PropertyCase("the output moves with the input", _for_translation, law=_shifts_with_input),
    ),
    misconceptions=(
        Misconception(
            "kernel flipped",
            "Your result is what you get when the kernel is flipped, as in mathematics. PyTorch's "
            "convolution does not flip it: multiply the window and the kernel as they stand.",
            _flipped,
        ),
        Misconception(
            "kernel transposed",
            "Your result is what you get when rows and columns of the kernel are exchanged.",
            lambda x, w, b, stride=1, padding=0: _conv2d(
                x, w.transpose(0, 1, 3, 2), b, stride, padding
            ),
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding: surround the image with zeros first.",
            lambda x, w, b, stride=1, padding=0: _conv2d(x, w, b, stride),
        ),
        Misconception(
            "padding on one side",
            "Your result is what you get when zeros are added only behind the last row and column. "
            "Padding surrounds the image on all four sides.",
            _padded_after,
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1.",
            lambda x, w, b, stride=1, padding=0: _conv2d(x, w, b, 1, padding),
        ),
        Misconception(
            "window not moved by the stride",
            "Your output has the right size, but its windows lie one pixel apart: the window's "
            "first row is the output's row times the stride.",
            _stepwise_only,
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without the bias: each filter adds its own b.",
            lambda x, w, b, stride=1, padding=0: _conv2d(x, w, 0 * b, stride, padding),
        ),
        Misconception(
            "bias per channel",
            "Your result is what you get when the bias is added once for every input channel. It "
            "is added once, after the channels are summed.",
            _bias_per_channel,
        ),
        Misconception(
            "first channel only",
            "Your result is what you get from the first input channel alone: sum over all of them.",
            _first_channel,
        ),
        Misconception(
            "mean for sum",
            "Your result is what you get when the products are averaged. A convolution sums them.",
            lambda x, w, b, stride=1, padding=0: _conv2d(
                x, w / (w.shape[1] * w.shape[2] * w.shape[3]), b, stride, padding
            ),
        ),
    ),
)
