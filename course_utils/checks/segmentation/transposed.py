"""The transposed convolution. The truth is PyTorch's."""

from collections.abc import Callable, Iterator

import numpy as np
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, halves, nonzero_halves
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then

FAIRLY = 1e-6
"""What single precision allows: a layer may compute in it."""


def _transposed(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """PyTorch's transposed convolution, on arrays."""
    return functional.conv_transpose2d(
        tensor(x), tensor(w), tensor(b), stride=stride, padding=padding
    ).numpy()


def _layer(
    rng: np.random.Generator,
    n: int = 1,
    c_in: int = 1,
    size: tuple[int, int] = (3, 3),
    c_out: int = 1,
    kernel: tuple[int, int] = (3, 3),
    dtype: type = np.float64,
    **settings: int,
) -> Call:
    """Maps, kernels and biases of these sizes; no number but those of maps is zero."""
    arrays = halves(rng, n, c_in, *size), nonzero_halves(rng, c_in, c_out, *kernel)
    return call(
        *(array.astype(dtype) for array in (*arrays, nonzero_halves(rng, c_out))), **settings
    )


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, size=(1, 1))
    yield _layer(rng, c_in=2, size=(2, 3), kernel=(1, 1))
    yield _layer(rng, c_in=2, size=(3, 2), dtype=np.float32, stride=2)
    x, w, b = _layer(rng, c_in=2, size=(6, 6)).args
    yield call(x[:, :, ::2, ::-2], w.transpose(0, 1, 3, 2), b)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        n, c_in, c_out = rng.integers(1, 4, 3).tolist()
        kernel, size = rng.integers(1, 5, 2), rng.integers(1, 5, 2)
        stride = int(rng.integers(1, 4))
        least = int(((size - 1) * stride + kernel).min())
        padding = int(rng.integers(0, min(3, (least + 1) // 2)))
        yield _layer(
            rng,
            n,
            c_in,
            tuple(size.tolist()),
            c_out,
            tuple(kernel.tolist()),
            stride=stride,
            padding=padding,
        )


def _is_the_adjoint(
    student: Callable, x: np.ndarray, w: np.ndarray, y: np.ndarray, stride: int, padding: int
) -> str:
    """⟨y, transposed convolution of x⟩ = ⟨convolution of y, x⟩: the one is the other, turned."""
    back = student(x, w, np.zeros(w.shape[1]), stride, padding)
    forth = functional.conv2d(tensor(y), tensor(w), stride=stride, padding=padding).numpy()
    if np.shape(back) != y.shape:
        return f"the shape is {np.shape(back)}, expected {y.shape}"
    same = agree(np.asarray((y * back).sum()), np.asarray((forth * x).sum()), 1e-5)
    return "" if same else "the products that a convolution takes are not those that you give back"


def _pairs(rng: np.random.Generator) -> Iterator[Call]:
    for size, kernel, stride, padding in (((3, 4), (3, 2), 2, 0), ((4, 3), (3, 3), 1, 1)):
        x, w = halves(rng, 2, 2, *size), halves(rng, 2, 3, *kernel)
        rows, columns = _transposed(x, w, np.zeros(3), stride, padding).shape[2:]
        yield call(x, w, halves(rng, 2, 3, rows, columns), stride, padding)


def _coverage(x: np.ndarray, w: np.ndarray, stride: int, padding: int) -> np.ndarray:
    """How many kernels reach each pixel of the output, `(H', W')`."""
    ones = np.ones((1, 1, *x.shape[2:])), np.ones((1, 1, *w.shape[2:]))
    return _transposed(*ones, np.zeros(1), stride, padding)[0, 0]


def _overwritten(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Of kernels that overlap the last one stays, in reading order."""
    last = 0 * _transposed(x, w, b, stride, padding)
    for place in np.ndindex(x.shape[2:]):
        alone = np.zeros(x.shape[2:])
        alone[place] = 1
        reached = _transposed(alone[None, None], np.ones((1, 1, *w.shape[2:])), np.zeros(1), stride)
        inside = slice(padding, reached.shape[2] - padding), slice(padding, -padding or None)
        own = _transposed(x * alone, w, 0 * b, stride, padding)
        last = np.where(reached[0, 0][inside] > 0, own, last)
    return last + b[:, None, None]


def _bias_with_each(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    found = _transposed(x, w, 0 * b, stride, padding)
    return found + b[:, None, None] * _coverage(x, w, stride, padding)


def _bias_where_reached(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    found = _transposed(x, w, 0 * b, stride, padding)
    return found + b[:, None, None] * (_coverage(x, w, stride, padding) > 0)


def _averaged(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    found = _transposed(x, w, 0 * b, stride, padding)
    return found / _coverage(x, w, stride, padding).clip(1) + b[:, None, None]


def _surrounded(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Zeros around the output, and the bias everywhere."""
    found = tensor(_transposed(x, w, 0 * b, stride))
    return functional.pad(found, (padding,) * 4).numpy() + b[:, None, None]


_TWO_BY_TWO = call(
    np.array([[[[1.0, 2.0], [3.0, 4.0]]]]),
    np.array([[[[1.0, 2.0], [0.0, -1.0]]]]),
    np.array([10.0]),
)

conv_transpose2d = Exercise(
    name="conv_transpose2d",
    points=5,
    oracle=_transposed,
    tolerance=FAIRLY,
    rules=(NUMPY_INDEXING,),
    learned="You can now compute a transposed convolution by hand, and say which output pixels "
    "more kernels reach than others.",
    cases=(
        ValueCase("the worked example: 2×2", _TWO_BY_TWO),
        ValueCase("one channel, kernels that overlap", each(_layer, call(), call(size=(2, 4)))),
        ValueCase(
            "stride: side by side, overlapping, with gaps",
            each(
                _layer,
                call(kernel=(2, 2), stride=2),
                call(stride=2),
                call(kernel=(2, 2), stride=3),
                call(size=(2, 3), kernel=(4, 4), stride=2),
            ),
        ),
        ValueCase(
            "padding",
            each(
                _layer,
                call(padding=1),
                call(size=(3, 4), kernel=(2, 2), padding=1),
                call(stride=2, kernel=(4, 4), padding=1),
            ),
        ),
        ValueCase(
            "rectangular maps and kernels",
            each(
                _layer,
                call(size=(4, 2)),
                call(kernel=(2, 3)),
                call(size=(2, 3), kernel=(1, 4), stride=2),
            ),
        ),
        ValueCase(
            "several channels, kernels and maps",
            each(_layer, call(c_in=3, c_out=2), call(n=3, c_in=2, c_out=4, size=(2, 3))),
        ),
        ValueCase("as many channels out as in", each(_layer, call(c_in=2, c_out=2))),
        ValueCase("edge cases: one pixel, kernel 1×1, float32, views", _edges),
        ValueCase("random layers", _random, weight=3),
        PropertyCase("a convolution turned round", _pairs, law=_is_the_adjoint),
    ),
    misconceptions=(
        Misconception(
            "overlaps overwritten",
            "Your result is what you get when a kernel overwrites what others have put there. "
            "Where kernels overlap, they add up.",
            _overwritten,
            look="Is there a plus in front of your equals sign?",
        ),
        Misconception(
            "overlaps averaged",
            "Your result is what you get when overlapping kernels are averaged. They add up.",
            _averaged,
            look="A pixel that four kernels reach gets four products.",
        ),
        Misconception(
            "kernel flipped",
            "Your result is what you get when the kernel is turned by 180 degrees. Each pixel puts "
            "the kernel down as it stands.",
            changed(_transposed, w=lambda w: w[:, :, ::-1, ::-1]),
            look="Whoever gathers for each output pixel reads the kernel backwards; whoever puts "
            "down does not.",
        ),
        Misconception(
            "kernel transposed",
            "Your result is what you get when rows and columns of the kernel are exchanged.",
            changed(_transposed, w=lambda w: w.transpose(0, 1, 3, 2)),
            look="'Transposed' is the convolution's matrix, not its kernel.",
        ),
        Misconception(
            "channels of the kernel exchanged",
            "Your result is what you get when the output channels come first in `w`. Here the "
            "input channels do.",
            changed(_transposed, w=lambda w: w.transpose(1, 0, 2, 3)),
            look="w has the shape (C_in, C_out, KH, KW).",
        ),
        Misconception(
            "padding ignored",
            "Your result is what you get without padding.",
            changed(_transposed, padding=0),
            look="Cut rows and columns off all four sides in the end.",
        ),
        Misconception(
            "padding added",
            "Your result is what you get when the padding surrounds the output. Here it cuts "
            "pixels off.",
            _surrounded,
            look="The padding makes the output smaller.",
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1.",
            changed(_transposed, stride=1),
            look="A pixel's kernel begins at its row times the stride.",
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without the bias.",
            changed(_transposed, b=lambda b: 0 * b),
            look="Add b once to every pixel of a map.",
        ),
        Misconception(
            "bias with each kernel",
            "Your result is what you get when every kernel that is put down brings the bias along.",
            _bias_with_each,
            look="Add b in the end, behind the loop.",
        ),
        Misconception(
            "bias where a kernel reaches",
            "Your output pixels that no kernel reaches are 0. The bias is added there, too.",
            _bias_where_reached,
            look="Add b in the end, to the whole map.",
        ),
        Misconception(
            "first channel only",
            "Your result is what you get from the first input channel alone: sum over all of them.",
            changed(_transposed, x=lambda x: x[:, :1], w=lambda w: w[:1]),
            look="Every input channel has a kernel for every output channel.",
        ),
        Misconception(
            "first map only",
            "Your result is that of the first image, for every image of the batch.",
            then(_transposed, lambda maps: np.repeat(maps[:1], len(maps), axis=0)),
            look="Where do you use the number of the image?",
        ),
    ),
)
