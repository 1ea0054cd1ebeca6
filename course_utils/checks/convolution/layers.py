"""The layer: padding and the convolution itself."""

from collections.abc import Callable, Iterator

import numpy as np
from torch.nn import functional

from course_utils.checks.convolution.shared import NO_SHORTCUTS
from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.draws import each, halves
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed

# ------------------------------------------------------------------ pad2d

_NUMPY_MODES = {"zero": "constant", "reflect": "reflect", "replicate": "edge"}


def _pad2d(x: np.ndarray, p: int, mode: str = "zero", **sides: tuple[int, int]) -> np.ndarray:
    """NumPy's own padding; `rows` and `columns` override the padding of these axes."""
    widths = [(0, 0)] * (x.ndim - 2) + [sides.get("rows", (p, p)), sides.get("columns", (p, p))]
    return np.pad(x, widths, mode=_NUMPY_MODES.get(mode, mode))


def _reflecting(instead: str) -> Callable[..., np.ndarray]:
    """Another mode of NumPy's in the place of reflection."""
    return changed(_pad2d, mode=lambda mode: instead if mode == "reflect" else mode)


def _every_axis(x: np.ndarray, p: int, mode: str = "zero") -> np.ndarray:
    if x.ndim == 2:
        raise ValueError("there are no other axes")
    return np.pad(x, p, mode=_NUMPY_MODES[mode])


def _images(mode: str) -> Callable[[np.random.Generator], Iterator[Call]]:
    def draw(rng: np.random.Generator) -> Iterator[Call]:
        for size, p in (((3, 3), 1), ((4, 3), 2), ((3, 5), 2)):
            yield call(rng.integers(1, 20, size) / 2, p, mode)

    return draw


def _leading_axes(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((2, 3, 4), (2, 1, 3, 3), (0, 2, 4, 4)):
        for mode in _NUMPY_MODES:
            # an equal text that is another object, as one read from a file would be
            yield call(rng.integers(1, 20, shape) / 2, 1, "".join(list(mode)))


def _pad_edges(rng: np.random.Generator) -> Iterator[Call]:
    image = rng.integers(1, 20, (4, 6)) / 2
    for mode in _NUMPY_MODES:
        yield call(image.copy(), 0, mode)
        yield call(image.astype(np.float32), 1, mode)
        yield call(rng.integers(1, 256, (3, 4)).astype(np.uint8), 2, mode)
        yield call(image.T[:, ::2], 1, mode)
    yield call(image.copy(), 3, "reflect")
    yield call(image.copy(), 7, "zero")
    yield call(image.copy(), 7, "replicate")


_NINE = np.arange(1.0, 10.0).reshape(3, 3)

pad2d = Exercise(
    name="pad2d",
    points=3,
    oracle=_pad2d,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase(
            "the worked example: 3×3, padding 1",
            tuple(call(_NINE, 1, mode) for mode in _NUMPY_MODES),
        ),
        ValueCase("zero", _images("zero")),
        ValueCase("reflect", _images("reflect")),
        ValueCase("replicate", _images("replicate")),
        ValueCase("batches and channels", _leading_axes),
        ValueCase("edge cases: no padding, wide padding, uint8, float32, views", _pad_edges),
        ErrorCase(
            "ValueError where there is too little to reflect",
            (
                call(_NINE, 3, "reflect"),
                call(np.ones((2, 5)), 2, "reflect"),
                call(_NINE, 9, "".join(list("reflect"))),
            ),
        ),
    ),
    misconceptions=(
        Misconception(
            "edge reflected twice",
            "Your reflection repeats the edge itself. The mirror stands on the edge pixel: the "
            "first padded value is the edge's inner neighbour.",
            _reflecting("symmetric"),
        ),
        Misconception(
            "zeros in every mode",
            "Your padding is zero, whatever the mode.",
            changed(_pad2d, mode="zero"),
        ),
        Misconception(
            "one side only",
            "Your padding is added only behind the last row and column. It belongs on all four "
            "sides.",
            lambda x, p, mode="zero": _pad2d(x, p, mode, rows=(0, p), columns=(0, p)),
        ),
        Misconception(
            "columns only",
            "Only the last axis is padded: rows are missing above and below.",
            lambda x, p, mode="zero": _pad2d(x, p, mode, rows=(0, 0)),
        ),
        Misconception(
            "wrapped around",
            "Your padding comes from the opposite edge, as on a globe. 'reflect' mirrors the image "
            "at its own edge.",
            _reflecting("wrap"),
        ),
        Misconception(
            "every axis padded",
            "Batch and channel axes are padded too. Only the last two axes are rows and columns.",
            _every_axis,
        ),
        Misconception(
            "reflected again and again",
            "There is too little image to reflect here: the padding is as wide as the image or "
            "wider. Refuse it with a ValueError.",
            _pad2d,
        ),
    ),
)


# ------------------------------------------------------------------ conv2d


def _conv2d(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0):
    """PyTorch's convolution, which is a cross-correlation, on arrays."""
    return functional.conv2d(*map(tensor, (x, w, b)), stride=stride, padding=padding).numpy()


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


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, size=(3, 3))
    yield _layer(rng, n=0, c_in=2, c_out=3)
    yield _layer(rng, c_in=2, size=(4, 4), kernel=(1, 1))
    yield _layer(rng, c_in=2, size=(5, 5), dtype=np.float32, padding=1)
    x, w, b = _layer(rng, c_in=2, size=(10, 10)).args
    yield call(x[:, :, ::2, ::2], w.transpose(0, 1, 3, 2), b)


def _random_layers(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        n, c_in, c_out = (int(rng.integers(1, 4)) for _ in range(3))
        kernel = tuple(rng.integers(1, 4, size=2).tolist())
        size = tuple(int(v) + k for v, k in zip(rng.integers(0, 6, size=2), kernel, strict=True))
        stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
        yield _layer(rng, n, c_in, size, c_out, kernel, stride=stride, padding=padding)


def _shifts_with_input(student, x, w, b) -> str:
    """Moving the input by one row and column moves the output alike (away from the edges)."""
    moved = np.roll(x, (1, 1), axis=(2, 3))
    first, second = student(x, w, b), student(moved, w, b)
    same = np.allclose(second[:, :, 1:, 1:], first[:, :, :-1, :-1], atol=1e-8)
    return "" if same else "the output does not move with the input"


def _padded_after(x, w, b, stride=1, padding=0):
    """Zeros behind the last row and column only."""
    x = functional.pad(tensor(x), (0, padding, 0, padding)).numpy()
    return _conv2d(x, w, b, stride)


def _stepwise_only(x, w, b, stride=1, padding=0):
    """The stride used for the size of the output, but not for the place of the window."""
    dense = _conv2d(x, w, b, 1, padding)
    rows, columns = _conv2d(x, w, b, stride, padding).shape[2:]
    return dense[:, :, :rows, :columns]


conv2d = Exercise(
    name="conv2d",
    points=6,
    oracle=_conv2d,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase("the worked example: three channels, two filters", _cs231n(), weight=2),
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
        ValueCase("edge cases: kernel = image, no image, 1×1, float32, views", _edges),
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
            "convolution does not flip it: multiply the window and the kernel as they stand.",
            changed(_conv2d, w=lambda w: w[:, :, ::-1, ::-1]),
        ),
        Misconception(
            "kernel transposed",
            "Your result is what you get when rows and columns of the kernel are exchanged.",
            changed(_conv2d, w=lambda w: w.transpose(0, 1, 3, 2)),
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding: surround the image with zeros first.",
            changed(_conv2d, padding=0),
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
            changed(_conv2d, stride=1),
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
            changed(_conv2d, b=lambda b: 0 * b),
        ),
        Misconception(
            "bias per channel",
            "Your result is what you get when the bias is added once for every input channel. It "
            "is added once, after the channels are summed.",
            changed(_conv2d, b=lambda x, b: b * x.shape[1]),
        ),
        Misconception(
            "first channel only",
            "Your result is what you get from the first input channel alone: sum over all of them.",
            changed(_conv2d, x=lambda x: x[:, :1], w=lambda w: w[:, :1]),
        ),
        Misconception(
            "mean for sum",
            "Your result is what you get when the products are averaged. A convolution sums them.",
            changed(_conv2d, w=lambda w: w / (w.shape[1] * w.shape[2] * w.shape[3])),
        ),
    ),
)
